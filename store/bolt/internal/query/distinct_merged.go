package query

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// mergedNodes finds, for Distinct, links to merged nodes: these are in different groups,
// of each of which elements leaves the first.
type mergedNodes struct {
	*linkWalk
	first map[nodeAtStart]diplomacy.ID // the node, as stored, to which the first link leads
}

// nodeAtStart is a canonical node and a start, of which Distinct shows one link.
type nodeAtStart struct {
	node  diplomacy.ID
	start uint64
}

// repeated reports whether a link to a node merged with that of a scan, at the same start,
// comes earlier in the list.
func (r *mergedNodes) repeated(s *scan) (bool, error) {
	node := s.Node()
	same, err := r.resolver.Merged(node)
	if len(same) < 2 || err != nil {
		return false, err
	}
	key := nodeAtStart{same[0], layout.Uint64(s.Rest)}
	first, known := r.first[key]
	if !known {
		if first, err = r.earliest(bytes.Clone(s.Rest[:8]), same); err != nil {
			return false, err
		}
		r.first[key] = first
	}
	return first != node, nil
}

// earliest returns the node of the first link at a start that passes and leads to one of
// some nodes.
func (r *mergedNodes) earliest(start []byte, nodes []diplomacy.ID) (first diplomacy.ID, err error) {
	for i := range r.scans {
		s := r.scans[i].another(&r.view.Reader)
		for range s.Among(start, nodes) {
			node := s.Node()
			if first != 0 && (node < first) == r.descending {
				continue
			}
			passed, err := r.visit(&s)
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
