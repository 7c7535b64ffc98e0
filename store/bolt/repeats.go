package bolt

import (
	"bytes"

	"chancery/diplomacy"
)

// repeats finds, for Distinct, the links to nodes that are one: they lie apart,
// each with the links to its own node, of which elements leaves the first.
type repeats struct {
	*linkWalk
	first map[repeat]diplomacy.ID // the node, as stored, to which the first link leads
}

// repeat is a node and a start of which Distinct leaves one link.
type repeat struct {
	node  diplomacy.ID
	start uint64
}

// preceded reports whether a link to the node under the strand, or to one that is
// the same, comes earlier in the list.
func (r *repeats) preceded(s *strand) (bool, error) {
	node := number[diplomacy.ID](s.rest[8:])
	same, err := r.lens.all(node)
	if len(same) < 2 || err != nil {
		return false, err
	}
	what := repeat{same[0], number[uint64](s.rest)}
	first, known := r.first[what]
	if !known {
		if first, err = r.earliest(bytes.Clone(s.rest[:8]), same); err != nil {
			return false, err
		}
		r.first[what] = first
	}
	return first != node, nil
}

// earliest is the node of the first link at a start that passes and leads to one
// of some nodes.
func (r *repeats) earliest(start []byte, nodes []diplomacy.ID) (first diplomacy.ID, err error) {
	for i := range r.strands {
		strand := r.reader.another(&r.strands[i], links)
		for s := range strand.among(start, nodes) {
			node := number[diplomacy.ID](s.rest[8:])
			if first != 0 && (node < first) == r.descending {
				continue
			}
			passed, err := r.passes(s)
			if err != nil {
				return 0, err
			}
			if passed {
				first = node
			}
		}
	}
	return first, nil
}
