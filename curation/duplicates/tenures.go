package duplicates

import (
	"cmp"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// sameNames finds persons who share any of their names and whose tenures may
// overlap.
func (s *search) sameNames() error {
	byName, spelled := map[string][]diplomacy.ID{}, map[string]string{} // by folded name
	for page, err := range s.entities(diplomacy.KindPerson) {
		if err != nil {
			return err
		}
		for _, e := range page {
			folded := map[string]string{}
			for _, n := range e.Base().Names {
				folded[store.FoldName(n.Value)] = n.Value
			}
			for name, value := range folded {
				spelled[name] = value
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
	compared := map[idPair]bool{}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		ids := byName[name]
		for i, a := range ids {
			for _, b := range ids[:i] {
				if p := pairOf(a, b); !compared[p] {
					compared[p] = s.compareTenures(p, spelled[name], tenures)
				}
			}
		}
	}
	return nil
}

// tenure is a time in an office.
type tenure struct {
	office diplomacy.ID
	of     []diplomacy.ID // the states, or otherwise organizations, that the office belongs to
	span   diplomacy.Span
}

// tenures reads the tenures of all persons who share a name.
func (s *search) tenures(byName map[string][]diplomacy.ID) (map[diplomacy.ID][]tenure, error) {
	persons, offices := map[diplomacy.ID]bool{}, map[diplomacy.ID]bool{}
	for _, ids := range byName {
		for _, id := range ids {
			persons[id] = true
		}
	}
	tenures := map[diplomacy.ID][]tenure{}
	err := s.links(slices.Sorted(maps.Keys(persons)), []store.Arc{{Kind: diplomacy.HoldsOffice, Direction: store.Out}}, func(of diplomacy.ID, l store.Link) {
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

// owners reads the states or organizations that offices and organizations belong to:
// a ministry, and an office of it, to its state.
func (s *search) owners(ids []diplomacy.ID) (map[diplomacy.ID][]diplomacy.ID, error) {
	owners := map[diplomacy.ID][]diplomacy.ID{}
	bodies := map[diplomacy.ID]bool{}
	for _, id := range ids {
		bodies[id] = id.Kind() == diplomacy.KindOrganization
	}
	err := s.links(ids, []store.Arc{{Kind: diplomacy.OfficeOf, Direction: store.Out}}, func(of diplomacy.ID, l store.Link) {
		owners[of] = append(owners[of], l.Node)
		bodies[l.Node] = l.Node.Kind() == diplomacy.KindOrganization
	})
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(bodies, func(_ diplomacy.ID, is bool) bool { return !is })
	states := map[diplomacy.ID]diplomacy.ID{}
	err = s.links(slices.Sorted(maps.Keys(bodies)), []store.Arc{{Kind: diplomacy.BodyOf, Direction: store.Out}}, func(of diplomacy.ID, l store.Link) {
		states[of] = l.Node // the earliest one of several, which comes last
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

// compareTenures adds a reason if two persons held one office, or otherwise offices of
// one state, at times that may overlap. It reports whether it did: one reason for a
// pair is enough.
func (s *search) compareTenures(p idPair, name string, tenures map[diplomacy.ID][]tenure) bool {
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

// shared returns the first id that is in both; zero for none.
func shared(a, b []diplomacy.ID) diplomacy.ID {
	for _, id := range a {
		if slices.Contains(b, id) {
			return id
		}
	}
	return 0
}
