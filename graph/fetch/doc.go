// Package fetch reads from the store what a GraphQL operation needs, in calls whose
// number depends on the document and never on the number of records.
//
// Each field of the schema that leads to other records has a step, in a table by
// "Type.field" beside the functions that answer it. A step fetches its field for all
// records of a level at once; the walker then runs the steps of the fields selected
// below, level by level. The resolver of such a field finds the answer ready. The
// walker knows steps by their interface alone.
//
// An Operation belongs to one GraphQL operation, which runs on one goroutine:
// nothing here is safe for concurrent use.
package fetch
