package curation

import (
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// withoutJudged makes of the pairs those of groups that are held to be the same, and
// drops what was judged of any of their members.
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
	found := map[pair][]sign{}
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

// groups gives for each entity all that are held to be the same as it, the canonical
// one first.
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

// judged are the pairs of groups of which a judgement is on a member of each.
func (s *search) judged(groups map[diplomacy.ID][]diplomacy.ID) (map[pair]bool, error) {
	canonical := map[diplomacy.ID]diplomacy.ID{}
	for _, group := range groups {
		for _, id := range group {
			canonical[id] = group[0]
		}
	}
	judged := map[pair]bool{}
	err := s.along(slices.Sorted(maps.Keys(canonical)), judging, func(of diplomacy.ID, l store.Link) {
		if other, ok := canonical[l.Node]; ok {
			judged[pairOf(canonical[of], other)] = true
		}
	})
	return judged, err
}

// along gives the links of entities along some arcs, MaxLinks of each at most.
func (s *search) along(ids []diplomacy.ID, arcs []store.Arc, take func(of diplomacy.ID, l store.Link)) error {
	const at = 100 // entities at once, so that their links need not lie in memory together
	for some := range slices.Chunk(ids, at) {
		pages, err := s.r.Links(s.ctx, store.LinkQuery{Of: some, Along: arcs, Descending: true, Page: store.Page{Limit: MaxLinks}})
		if err != nil {
			return err
		}
		for i, page := range pages {
			for _, l := range page.Links {
				take(some[i], l)
			}
		}
	}
	return nil
}
