// Package bolt keeps a graph in one bbolt file.
//
// # Layout
//
// All integers are big-endian. Six tables know the past: what a key held is
// never overwritten, it is moved to the table's closed twin. So a read of the
// present touches current entries only, and any past state can be read from
// both together.
//
//	current:  key            → since(8) payload
//	closed:   key since(8)   → until(8) payload
//
// An entry holds at transaction n when since <= n < until.
//
//	records   kind(1) stamp(7)
//	          → checksum(4) revision(4) CBOR of the record
//	links     entity(8) kind(1) direction(1) start(8) node(8) via(8)
//	          → facts: span, role, rank and the node's facets, as codes
//	lists     kind(1) order(1) sort key, id(8) → facts of the entity
//	keys      's' kind(1) slug 0, or 'i' scheme 0 value 0 → id(8)
//	identity  's' SAME or 'x' DIFFERENT, entity(8) other(8) judgement(8) → nothing
//	restricted
//	          'r' kind(1) stamp(7), or 'l' entity(8) kind(1) direction(1) via(8)
//	          → nothing
//
// Everything but the first is computed from records by one pure function,
// entriesOf; one place writes, and Check computes it all again and compares.
// Start is the earliest start with its sign bit flipped, so that it sorts. The
// sort key of a list is the folded name and a zero byte, the start, or nothing.
//
// Five more buckets:
//
//	meta          "state" → checksum(4) "chancery" format(4) and where to go on:
//	              last transaction(8) its time(8) last id's stamp(8)
//	counters      the first ten bytes of the keys of links, or a kind(1) → how
//	              many current entries of links, or entities, there are (8); after
//	              'l' or 'r' how many of these are restricted
//	transactions  number(8) → checksum(4) CBOR of the transaction
//	changes       number(8) position(4) → record(8) action(1)
//	receipts      key → checksum(4), also over the key, number(8) receipt
//
// # Writing
//
// Writes take turns. Those that wait for each other share one transaction of
// bbolt, and so one wait for the disk; each has a journal, by which what it did
// is taken back if it fails without harm to the others (batch.go).
//
// # Views
//
// Who is the same is found by walking over the identity table, which holds
// nothing but verdicts; what is restricted now, by looking into the current half
// of the other, whatever state is read. Where the first has no SAME, or the
// second is empty, there is no lens, and nothing is asked about either.
//
// The links of a group are those of its members, walked side by side. Whether a
// statement is the first of those that say the same is found by leaping through
// the links of the smaller of its ends' groups to members of the other: a group
// of n costs n seeks, not n times that of the other end.
//
// # Goroutines
//
// A snapshot is a bbolt read transaction. In one, bbolt 1.5 opens buckets and
// moves cursors by reading memory alone (it counts cursors, atomically), and
// every call has cursors of its own; so calls run side by side, and a lock keeps
// only Release from pulling the memory away under them.
//
// # Damage
//
// What has a checksum is refused by whoever reads it; for the rest there is
// Check. bbolt panics at damaged pages, which becomes store.ErrCorrupt; a tree
// that is none is found by Open.
//
// Inside the function given to Write, read through its Writer: a Write within a
// Write waits until its context ends.
package bolt
