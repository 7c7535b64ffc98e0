package model

import (
	"context"
	"maps"
	"slices"

	"chancery/diplomacy"
)

// scene is what a view shows of its last moment.
type scene struct {
	records map[diplomacy.ID]diplomacy.Record // those that are not hidden
	first   map[diplomacy.ID]diplomacy.ID     // of those that are one with others, the smallest
}

// scene is made once for a snapshot, and each time for a draft.
func (v *View) scene() *scene {
	if v.latest == nil {
		return v.newScene()
	}
	v.once.Do(func() { v.seen = v.newScene() })
	return v.seen
}

func (v *View) newScene() *scene {
	s := &scene{records: map[diplomacy.ID]diplomacy.Record{}}
	for id, r := range v.now().records {
		if !v.hides(id) {
			s.records[id] = r
		}
	}
	s.first = joined(judgementsIn(s.records))
	s.joinStatements()
	return s
}

// joined gives the smallest id of each group that judgements make.
func joined(judgements []*diplomacy.Judgement) map[diplomacy.ID]diplomacy.ID {
	same := map[diplomacy.ID][]diplomacy.ID{}
	for _, j := range judgements {
		if j.Verdict == "SAME" {
			same[j.A], same[j.B] = append(same[j.A], j.B), append(same[j.B], j.A)
		}
	}
	first := map[diplomacy.ID]diplomacy.ID{}
	for _, id := range slices.Sorted(maps.Keys(same)) {
		spread(id, id, same, first)
	}
	return first
}

// spread gives the first to an entity and all that are the same, unless it has
// one.
func spread(id, from diplomacy.ID, same map[diplomacy.ID][]diplomacy.ID, first map[diplomacy.ID]diplomacy.ID) {
	if first[id] != 0 {
		return
	}
	first[id] = from
	for _, other := range same[id] {
		spread(other, from, same, first)
	}
}

func judgementsIn(records map[diplomacy.ID]diplomacy.Record) []*diplomacy.Judgement {
	var all []*diplomacy.Judgement
	for _, r := range records {
		if j, ok := r.(*diplomacy.Judgement); ok {
			all = append(all, j)
		}
	}
	return all
}

// joinStatements joins those that say the same of first entities.
func (s *scene) joinStatements() {
	byValue := map[diplomacy.Statement][]diplomacy.ID{}
	for id, r := range s.records {
		statement, ok := r.(*diplomacy.Statement)
		if !ok {
			continue
		}
		value := statement.Value()
		joins := false
		for ref := range diplomacy.References(&value) {
			joins = joins || s.first[*ref.ID] != 0
			*ref.ID = s.firstOf(*ref.ID)
		}
		if !joins {
			continue
		}
		value.Normalize()
		value.Rank = ""
		byValue[value] = append(byValue[value], id)
	}
	for _, ids := range byValue {
		for _, id := range ids {
			s.first[id] = slices.Min(ids)
		}
	}
}

func (s *scene) firstOf(id diplomacy.ID) diplomacy.ID {
	if first := s.first[id]; first != 0 {
		return first
	}
	return id
}

// answering is the id of the record that answers for one; zero for what is
// hidden.
func (v *View) answering(id diplomacy.ID) diplomacy.ID {
	if v.hides(id) {
		return 0
	}
	return v.canonical(id)
}

func (v *View) canonical(id diplomacy.ID) diplomacy.ID {
	if v.of.Apart {
		return id
	}
	return v.scene().firstOf(id)
}

// Same looks for all that have the same first.
func (v *View) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	s, groups := v.scene(), make([][]diplomacy.Record, len(ids))
	for i, id := range ids {
		if err := v.usable(ctx); err != nil {
			return nil, err
		}
		for other, r := range s.records {
			if s.records[id] != nil && s.firstOf(other) == s.firstOf(id) {
				groups[i] = append(groups[i], r)
			}
		}
		slices.SortFunc(groups[i], func(a, b diplomacy.Record) int {
			if a.Header().ID < b.Header().ID {
				return -1
			}
			return 1
		})
	}
	return groups, nil
}

// Ids are those of all records that there ever were.
func (v *View) Ids() []diplomacy.ID {
	var ids []diplomacy.ID
	for _, moment := range v.past {
		for _, change := range moment.changes {
			if change.Action == "CREATED" {
				ids = append(ids, change.Record)
			}
		}
	}
	return ids
}
