package diplomacy

import "iter"

// Direction is the end from which a record is seen as a link. Its values are
// part of stored keys: only ever added to.
type Direction uint8

// Out is seen from the subject of a statement, In from its object. Behalf is
// seen from the actor on whose behalf something was done, Capacity from the
// office in whose capacity; both lead to the object. ForWhom leads from the
// object to the actor that Behalf is seen from.
const (
	Out Direction = iota
	In
	Behalf
	Capacity
	ForWhom
)

// LinkEnd is one way in which a record is seen as a link: from the record Of,
// in a direction, to the record Node.
type LinkEnd struct {
	Of        ID
	Direction Direction
	Node      ID
}

// LinkEnds yields all ways in which a record is seen as a link by the records
// that it refers to. An entity that refers to another is a link from that one to
// itself, once however many of its fields do so.
func LinkEnds(r Record) iter.Seq[LinkEnd] {
	return func(yield func(LinkEnd) bool) {
		for ref := range References(r) {
			if *ref.ID == 0 || repeats(r, ref) {
				continue
			}
			node := ref.to(r)
			if !yield(LinkEnd{*ref.ID, ref.Seen, node}) ||
				ref.Seen == Behalf && ref.Turned && !yield(LinkEnd{node, ForWhom, *ref.ID}) {
				return
			}
		}
	}
}

// repeats reports whether an earlier field of an entity names the same record.
func repeats(r Record, ref Reference) bool {
	if ref.Toward != "" {
		return false
	}
	for earlier := range References(r) {
		if earlier.Name == ref.Name {
			return false
		}
		if *earlier.ID == *ref.ID {
			return true
		}
	}
	return false
}
