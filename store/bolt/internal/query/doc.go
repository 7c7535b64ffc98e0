// Package query answers the questions of store.Reader: records by id and key, pages and
// counts of links and of lists, versions, transactions and their changes.
//
// A page is a walk that merges several scans, each over one part of a table, in the
// order of its keys; filters look at the facts beside a key, so no record is read for
// a link that is not shown. A cursor is the key at which a page ends, with a checksum
// of the list that it belongs to.
//
// A View may be used by many goroutines. In a read transaction, bbolt 1.5 opens buckets
// and moves cursors by reading memory alone (it counts cursors, atomically), and every
// call has cursors of its own; so calls run side by side, and a lock keeps only the end
// of the transaction from unmapping the memory under them.
//
// It imports overlay for what a view shows, mvcc to read the tables, layout for their
// keys and corrupt for damage.
package query
