// Package model holds the Go types that gqlgen binds to the types of the GraphQL
// schema: scalars, connections and their edges, statements, evidence, judgements
// and versions. Entities are bound to package diplomacy directly.
//
// The types are plain: what they show was fetched before they were made. Fields
// that lead to other records get them from the Fetcher of their context, which
// is the operation of package fetch.
package model
