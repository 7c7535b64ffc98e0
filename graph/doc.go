// Package graph serves the store as GraphQL.
//
// The way of a query: the handler reads and validates the document (both are
// cached), opens one operation with one snapshot, and the generated executor
// asks resolvers field by field on one goroutine. Resolvers only translate:
// those that lead to other records are generated from the table of relations in
// package model, which fetches ahead in batches.
//
// schema.graphqls is the source of the executor in internal/generated; run
// go generate after changing it or the table.
package graph

//go:generate go run ./internal/generate
