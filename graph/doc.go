// Package graph serves a store as GraphQL.
//
// NewHandler validates documents (which are cached), opens one snapshot for each
// operation, and runs the generated executor, which calls resolvers one after another on
// one goroutine. Resolvers only translate: those that lead to other records are generated
// from the table of package relations; package fetch reads ahead in batches.
//
// schema.graphqls is the source of the executor in internal/generated; run go generate
// after changing it or the table.
package graph

//go:generate go run ./internal/generate
