// Package model holds the Go types behind the GraphQL schema and the one
// mechanism by which they are filled.
//
// A relation is a field of the schema that leads from one record to others; the
// table Relations says for each which arcs of the store it follows. When a
// resolver asks for one, the Operation fetches it and looks ahead: it walks the
// selection below level by level and fetches each level in a few batched calls,
// whatever the number of rows. Resolvers further down find their answers ready.
//
// An Operation belongs to one GraphQL operation, which runs on one goroutine:
// nothing here is safe for concurrent use, and nothing needs to be.
package model
