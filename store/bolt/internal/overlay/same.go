package overlay

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// SameSet holds an entity with all that are judged the same, directly or by way of others.
// The Verdict of each is the judgement that connects it to an entity nearer to the first,
// which is Other; that of the first is zero.
type SameSet map[diplomacy.ID]Verdict

// Same returns the entities that are the same as one, by all judgements except one, zero
// for no exception. It walks over the judgements breadth first.
func (r *View) Same(id, except diplomacy.ID) (SameSet, error) {
	set := SameSet{id: Verdict{}}
	for queue := []diplomacy.ID{id}; len(queue) > 0; queue = queue[1:] {
		if err := r.Meter.Err(); err != nil {
			return nil, err
		}
		found, err := r.Verdicts(layout.VerdictSame, queue[0])
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			if _, known := set[v.Other]; !known && v.Via != except {
				set[v.Other] = Verdict{queue[0], v.Via}
				queue = append(queue, v.Other)
			}
		}
	}
	return set, nil
}

// Chain returns the judgements that connect the first entity to another.
func (s SameSet) Chain(to diplomacy.ID) (chain []diplomacy.ID) {
	for v := s[to]; v.Via != 0; v = s[v.Other] {
		chain = append(chain, v.Via)
	}
	slices.Reverse(chain)
	return chain
}

// IDs returns the entities in ascending order.
func (s SameSet) IDs() []diplomacy.ID {
	ids := make([]diplomacy.ID, 0, len(s))
	for id := range s {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
