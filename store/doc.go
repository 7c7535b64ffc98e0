// Package store is the contract between the graph and whatever keeps it. It
// speaks of records, links and lists; never of keys or of GraphQL.
//
// An engine (store/bolt is one) implements Store; store/storetest holds the one
// suite that every engine passes. The comments here are the specification.
//
// What holds everywhere:
//
//   - Look-ups take slices and answer in slices of the same length and order; a
//     missing record is a nil element, never an error.
//   - Links and lists are totally ordered and paged by Cursor; there are no
//     offsets. A cursor stays good when records come and go around it.
//   - A method gives up with the context's error soon after its context ends.
//   - What a Reader returns is shared and must not be changed; it stays good
//     after the snapshot is released.
package store
