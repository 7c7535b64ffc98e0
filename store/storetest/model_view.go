package storetest

import (
	"context"
	"slices"

	"chancery/diplomacy"
)

// scene is what a view shows of its last moment.
type scene struct {
	records map[diplomacy.ID]diplomacy.Record // those that are not hidden
	first   map[diplomacy.ID]diplomacy.ID     // of those that are one with others, the smallest
}

// scene is made once for a snapshot, and each time anew for a draft.
func (v *view) scene() *scene {
	if v.latest == nil {
		return v.newScene()
	}
	v.once.Do(func() { v.seen = v.newScene() })
	return v.seen
}

func (v *view) newScene() *scene {
	s := &scene{map[diplomacy.ID]diplomacy.Record{}, map[diplomacy.ID]diplomacy.ID{}}
	for id, r := range v.now().records {
		if !v.hidden(id) {
			s.records[id] = r
		}
	}
	s.joinEntities()
	s.joinStatements()
	return s
}

// joinEntities gives both entities of a judgement the smaller of their firsts,
// until all of them have it.
func (s *scene) joinEntities() {
	for changed := true; changed; {
		changed = false
		for _, r := range s.records {
			j, ok := r.(*diplomacy.Judgement)
			if !ok || j.Verdict != "SAME" {
				continue
			}
			first := min(s.firstOf(j.A), s.firstOf(j.B))
			for _, id := range []diplomacy.ID{j.A, j.B} {
				if s.firstOf(id) != first || s.first[id] == 0 {
					s.first[id], changed = first, true
				}
			}
		}
	}
}

// joinStatements joins those that say the same of first entities.
func (s *scene) joinStatements() {
	byValue := map[diplomacy.Statement][]diplomacy.ID{}
	for id, r := range s.records {
		statement, ok := r.(*diplomacy.Statement)
		if !ok || s.first[statement.Subject]+s.first[statement.Object]+s.first[statement.OnBehalfOf]+s.first[statement.InCapacityOf] == 0 {
			continue
		}
		value := statement.Value()
		for _, end := range []*diplomacy.ID{&value.Subject, &value.Object, &value.OnBehalfOf, &value.InCapacityOf} {
			*end = s.firstOf(*end)
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
func (v *view) answering(id diplomacy.ID) diplomacy.ID {
	if v.hidden(id) {
		return 0
	}
	return v.canonical(id)
}

func (v *view) canonical(id diplomacy.ID) diplomacy.ID {
	if v.of.Apart {
		return id
	}
	return v.scene().firstOf(id)
}

// Same looks for all that have the same first.
func (v *view) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
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
