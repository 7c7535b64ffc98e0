package duplicates

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"chancery/diplomacy"
)

// sign is a Reason whose text still has ids in the place of names.
type sign struct {
	kind   diplomacy.Term
	format string
	args   []any
}

// reason puts the names of entities in the place of their ids.
func (s sign) reason(entities map[diplomacy.ID]diplomacy.Entity) Reason {
	args := slices.Clone(s.args)
	for i, arg := range args {
		if id, ok := arg.(diplomacy.ID); ok && entities[id] != nil {
			args[i] = entities[id].Base().Label("en", diplomacy.Window{}).Value
		}
	}
	return Reason{s.kind, fmt.Sprintf(s.format, args...)}
}

func compareSigns(a, b sign) int {
	return cmp.Or(cmp.Compare(ReasonKinds.Code(a.kind), ReasonKinds.Code(b.kind)),
		cmp.Compare(fmt.Sprintf(a.format, a.args...), fmt.Sprintf(b.format, b.args...)))
}

// mentioned looks up all entities that the pairs and their signs mention.
func (s *search) mentioned() (map[diplomacy.ID]diplomacy.Entity, error) {
	ids := map[diplomacy.ID]bool{}
	for p, signs := range s.found {
		ids[p.a], ids[p.b] = true, true
		for _, sign := range signs {
			for _, arg := range sign.args {
				if id, ok := arg.(diplomacy.ID); ok {
					ids[id] = true
				}
			}
		}
	}
	wanted := slices.Sorted(maps.Keys(ids))
	records, err := s.r.Records(s.ctx, wanted)
	entities := map[diplomacy.ID]diplomacy.Entity{}
	for i, r := range records {
		if e, ok := r.(diplomacy.Entity); ok {
			entities[wanted[i]] = e
		}
	}
	return entities, err
}
