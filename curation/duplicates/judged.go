package duplicates

import (
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// withoutJudged replaces the entities of pairs by the canonical records of their
// merged groups, and drops pairs on whose groups there is a judgement.
func (s *search) withoutJudged() error {
	ids := map[diplomacy.ID]bool{}
	for p := range s.found {
		ids[p.a], ids[p.b] = true, true
	}
	groups, err := s.groups(slices.Sorted(maps.Keys(ids)))
	if err != nil {
		return err
	}
	judged, err := s.judged(groups)
	if err != nil {
		return err
	}
	found := map[idPair][]sign{}
	for _, p := range slices.SortedFunc(maps.Keys(s.found), comparePairs) {
		q := pairOf(groups[p.a][0], groups[p.b][0])
		if q.a != q.b && !judged[q] {
			found[q] = append(found[q], s.found[p]...)
		}
	}
	for q := range found {
		slices.SortStableFunc(found[q], compareSigns)
		found[q] = slices.CompactFunc(found[q], func(a, b sign) bool { return compareSigns(a, b) == 0 })
	}
	s.found = found
	return nil
}

// groups reads for each entity all that are merged with it, the canonical one first.
func (s *search) groups(ids []diplomacy.ID) (map[diplomacy.ID][]diplomacy.ID, error) {
	same, err := s.r.Same(s.ctx, ids)
	if err != nil {
		return nil, err
	}
	groups := map[diplomacy.ID][]diplomacy.ID{}
	for i, id := range ids {
		group := []diplomacy.ID{}
		for _, r := range same[i] {
			group = append(group, r.Header().ID)
		}
		if len(group) == 0 {
			group = append(group, id)
		}
		groups[id] = group
	}
	return groups, nil
}

// judged reads the pairs of groups between whose members there is a judgement.
func (s *search) judged(groups map[diplomacy.ID][]diplomacy.ID) (map[idPair]bool, error) {
	canonical := map[diplomacy.ID]diplomacy.ID{}
	for _, group := range groups {
		for _, id := range group {
			canonical[id] = group[0]
		}
	}
	judged := map[idPair]bool{}
	err := s.links(slices.Sorted(maps.Keys(canonical)), judging, func(of diplomacy.ID, l store.Link) {
		if other, ok := canonical[l.Node]; ok {
			judged[pairOf(canonical[of], other)] = true
		}
	})
	return judged, err
}

// judging leads from an entity to the judgements about it.
var judging = []store.Arc{{Kind: diplomacy.KindJudgement, Direction: store.Out}}
