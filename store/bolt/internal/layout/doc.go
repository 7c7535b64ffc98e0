// Package layout defines the bytes of the file: which buckets there are, the keys
// and values in them, and which entries a record has. It computes and touches no
// file. It imports store and diplomacy, for what it encodes, and corrupt for damage.
//
// All integers are big-endian. Seven tables keep all versions: an entry is never
// overwritten, but moved to a second bucket of closed entries. So a read of the present
// touches current entries only, and any past state can be read from both together.
//
//	current:  key            → since(8) payload
//	closed:   key since(8)   → until(8) payload
//
// An entry is visible at transaction n when since <= n < until.
//
//	records   kind(1) stamp(7)
//	          → checksum(4) revision(4) CBOR of the record
//	links     entity(8) kind(1) direction(1) start(8) node(8) via(8)
//	          → facts: span, role, rank and the node's facets, as codes
//	lists     kind(1) order(1) sort key, id(8) → facts of the entity
//	names     kind(1) folded name 0 id(8) → facts of the entity, folded main name if
//	          another
//	keys      's' kind(1) slug 0, or 'i' scheme 0 value 0 → id(8)
//	identity  's' SAME or 'x' DIFFERENT, entity(8) other(8) judgement(8) → nothing
//	restricted
//	          'r' kind(1) stamp(7), or 'l' entity(8) kind(1) direction(1) via(8)
//	          → nothing
//
// All tables but the first follow from the records by one pure function, EntriesOf: a
// write replaces the entries of the old version by those of the new one, and a check
// computes them again and compares. Start is the earliest start with its sign bit
// flipped, so that it sorts. The sort key of a list is the folded name and a zero byte,
// the start, or nothing.
//
// Five more buckets:
//
//	meta          "state" → checksum(4) "chancery" format(4) last transaction(8)
//	              its time(8) stamp of the last ID(8);
//	              "deprecated" → the last transaction in the counters behind 'd' (8)
//	counters      the first ten bytes of the keys of links, or a kind(1) → how
//	              many current entries of links, or entities, there are (8); after
//	              'l' or 'r' how many of these are restricted, after 'd' deprecated
//	              after 'w' the length of the longest span, after 's' of the longest that
//	              is not restricted → checksum(4), also over the key, seconds(8); both
//	              cover closed entries too
//	transactions  number(8) → checksum(4) CBOR of the transaction
//	changes       number(8) position(4) → record(8) action(1)
//	receipts      key → checksum(4), also over the key, number(8) receipt
package layout
