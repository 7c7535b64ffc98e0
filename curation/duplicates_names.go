package curation

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

func comparePairs(p, q pair) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) }

func compareSigns(a, b sign) int {
	return cmp.Or(cmp.Compare(DuplicateReasons.Code(a.kind), DuplicateReasons.Code(b.kind)), cmp.Compare(fmt.Sprintf(a.format, a.args...), fmt.Sprintf(b.format, b.args...)))
}

// namesakes finds persons of one name, by any of their names, whose tenures may
// overlap.
func (s *search) namesakes() error {
	byName := map[string][]diplomacy.ID{}
	for page, err := range s.entities(diplomacy.KindPerson) {
		if err != nil {
			return err
		}
		for _, e := range page {
			folded := map[string]bool{}
			for _, n := range e.Base().Names {
				folded[store.FoldName(n.Value)] = true
			}
			for name := range folded {
				if len(byName[name]) < MaxAlike {
					byName[name] = append(byName[name], e.Base().ID)
				}
			}
		}
	}
	maps.DeleteFunc(byName, func(_ string, ids []diplomacy.ID) bool { return len(ids) < 2 })
	tenures, err := s.tenures(byName)
	if err != nil {
		return err
	}
	told := map[pair]bool{}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		ids := byName[name]
		for i, a := range ids {
			for _, b := range ids[:i] {
				if p := pairOf(a, b); !told[p] {
					told[p] = s.compareTenures(p, name, tenures)
				}
			}
		}
	}
	return nil
}

// tenure is a time in an office, and in the service of whom.
type tenure struct {
	office diplomacy.ID
	of     []diplomacy.ID // the states, or else bodies, whose office it is
	span   diplomacy.Span
}

// tenures are those of all persons who share a name.
func (s *search) tenures(byName map[string][]diplomacy.ID) (map[diplomacy.ID][]tenure, error) {
	persons, offices := map[diplomacy.ID]bool{}, map[diplomacy.ID]bool{}
	for _, ids := range byName {
		for _, id := range ids {
			persons[id] = true
		}
	}
	tenures := map[diplomacy.ID][]tenure{}
	err := s.along(slices.Sorted(maps.Keys(persons)), []store.Arc{{Kind: diplomacy.HoldsOffice, Direction: store.Out}}, func(of diplomacy.ID, l store.Link) {
		tenures[of] = append(tenures[of], tenure{office: l.Node, span: l.Span})
		offices[l.Node] = true
	})
	if err != nil {
		return nil, err
	}
	owners, err := s.owners(slices.Sorted(maps.Keys(offices)))
	for _, of := range tenures {
		for i := range of {
			of[i].of = owners[of[i].office]
		}
	}
	return tenures, err
}

// owners are the states or bodies in whose service offices and organizations are: of
// a state's ministry the state.
func (s *search) owners(ids []diplomacy.ID) (map[diplomacy.ID][]diplomacy.ID, error) {
	owners := map[diplomacy.ID][]diplomacy.ID{}
	bodies := map[diplomacy.ID]bool{}
	for _, id := range ids {
		bodies[id] = id.Kind() == diplomacy.KindOrganization
	}
	err := s.along(ids, []store.Arc{{Kind: diplomacy.OfficeOf, Direction: store.Out}}, func(of diplomacy.ID, l store.Link) {
		owners[of] = append(owners[of], l.Node)
		bodies[l.Node] = l.Node.Kind() == diplomacy.KindOrganization
	})
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(bodies, func(_ diplomacy.ID, is bool) bool { return !is })
	states := map[diplomacy.ID]diplomacy.ID{}
	err = s.along(slices.Sorted(maps.Keys(bodies)), []store.Arc{{Kind: diplomacy.BodyOf, Direction: store.Out}}, func(of diplomacy.ID, l store.Link) {
		states[of] = l.Node // of several the earliest, which comes last
	})
	for body, state := range states {
		owners[body] = []diplomacy.ID{state}
	}
	for _, of := range owners {
		for i, id := range of {
			of[i] = cmp.Or(states[id], id)
		}
	}
	return owners, err
}

// compareTenures adds a reason if two persons held one office, or else offices of one
// state, at times that may overlap; one reason for a pair is enough.
func (s *search) compareTenures(p pair, name string, tenures map[diplomacy.ID][]tenure) bool {
	for _, one := range []bool{true, false} {
		for _, a := range tenures[p.a] {
			for _, b := range tenures[p.b] {
				overlap := a.span.StartMin < b.span.EndMax && b.span.StartMin < a.span.EndMax
				switch owner := shared(a.of, b.of); {
				case !overlap:
				case one && a.office == b.office:
					s.add(p.a, p.b, "SAME_NAME_OVERLAPPING_TENURES", "both are called %s and held %s at times that may overlap", diplomacy.Shorten(name), a.office)
					return true
				case !one && owner != 0:
					s.add(p.a, p.b, "SAME_NAME_OVERLAPPING_TENURES", "both are called %s and held offices of %s at times that may overlap", diplomacy.Shorten(name), owner)
					return true
				}
			}
		}
	}
	return false
}

// shared is the first that is of both; zero for none.
func shared(a, b []diplomacy.ID) diplomacy.ID {
	for _, id := range a {
		if slices.Contains(b, id) {
			return id
		}
	}
	return 0
}
