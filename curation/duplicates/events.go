package duplicates

import (
	"cmp"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

const (
	day = diplomacy.Instant(24 * 60 * 60)
	// vaguest is the longest range of a date whose event is compared: of any two
	// events dated by a year it would be true that they may be the same.
	vaguest = 31 * day
)

// sameEvents finds events of one kind that may have begun within a day of each other,
// and in which the same sides took part.
func (s *search) sameEvents() error {
	byKind := map[diplomacy.Term][]*diplomacy.Event{}
	for page, err := range s.entities(diplomacy.KindEvent) {
		if err != nil {
			return err
		}
		for _, e := range page {
			event, ok := e.(*diplomacy.Event)
			if span := e.Dated().Span(); ok && !event.Date.IsZero() && span.StartMin > diplomacy.Past && span.StartMax-span.StartMin <= vaguest {
				byKind[event.Type] = append(byKind[event.Type], event)
			}
		}
	}
	var pairs []idPair
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		pairs = append(pairs, near(byKind[kind])...)
	}
	return s.compareSides(pairs)
}

// near pairs events that may have begun within a day of each other, unless their media
// or formats differ: a bilateral meeting on the eve of a multilateral one is another
// event.
func near(events []*diplomacy.Event) []idPair {
	slices.SortFunc(events, func(a, b *diplomacy.Event) int {
		return cmp.Or(cmp.Compare(a.Date.Span().StartMin, b.Date.Span().StartMin), cmp.Compare(a.ID, b.ID))
	})
	var pairs []idPair
	for i, a := range events {
		for _, b := range events[i+1 : min(len(events), i+1+MaxAlike)] {
			if b.Date.Span().StartMin >= a.Date.Span().StartMax+day {
				break
			}
			if agree(a.Medium, b.Medium) && agree(a.Format, b.Format) {
				pairs = append(pairs, pairOf(a.ID, b.ID))
			}
		}
	}
	return pairs
}

// agree reports whether two terms may describe one event: an unknown term agrees with
// any.
func agree(a, b diplomacy.Term) bool { return a == b || a == "" || b == "" }

func (s *search) compareSides(pairs []idPair) error {
	ids := map[diplomacy.ID]bool{}
	for _, p := range pairs {
		ids[p.a], ids[p.b] = true, true
	}
	events := slices.Sorted(maps.Keys(ids))
	sides, err := s.sides(events)
	if err != nil {
		return err
	}
	related, err := s.related(events)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		a, b := sides[p.a], sides[p.b]
		if common := intersection(a, b); len(common) >= 2 && len(common) == min(len(a), len(b)) && !related[p] {
			s.add(p.a, p.b, "SAME_EVENT", "both are of one kind, at about the same time, between %s and %s", common[0], common[1])
		}
	}
	return nil
}

// related reads the pairs that a statement already tells apart, as an event and its
// part.
func (s *search) related(events []diplomacy.ID) (map[idPair]bool, error) {
	related := map[idPair]bool{}
	var arcs []store.Arc
	for _, p := range []diplomacy.Kind{diplomacy.SubeventOf, diplomacy.OnMarginsOf, diplomacy.FollowsUp, diplomacy.ResultedIn} {
		arcs = append(arcs, store.Arc{Kind: p, Direction: store.Out})
	}
	err := s.links(events, arcs, func(of diplomacy.ID, l store.Link) { related[pairOf(of, l.Node)] = true })
	return related, err
}

// sides reads the parties of events: states, where it is known for which state a
// participant took part, otherwise the participants.
func (s *search) sides(events []diplomacy.ID) (map[diplomacy.ID][]diplomacy.ID, error) {
	part := map[diplomacy.ID][]store.Link{}
	err := s.links(events, []store.Arc{{Kind: diplomacy.ParticipatedIn, Direction: store.In}}, func(of diplomacy.ID, l store.Link) {
		part[of] = append(part[of], l)
	})
	if err != nil {
		return nil, err
	}
	statements, actors, err := s.participations(part)
	if err != nil {
		return nil, err
	}
	owners, err := s.owners(actors)
	if err != nil {
		return nil, err
	}
	sides := map[diplomacy.ID][]diplomacy.ID{}
	for event, links := range part {
		for _, l := range links {
			sides[event] = append(sides[event], sideOf(l, statements[l.Via], owners))
		}
		slices.Sort(sides[event])
		sides[event] = slices.Compact(sides[event])
	}
	return sides, nil
}

// participations reads the statements of links, and collects all actors and offices
// that may show for which state a participant took part.
func (s *search) participations(part map[diplomacy.ID][]store.Link) (map[diplomacy.ID]*diplomacy.Statement, []diplomacy.ID, error) {
	var vias []diplomacy.ID
	for _, links := range part {
		for _, l := range links {
			vias = append(vias, l.Via)
		}
	}
	records, err := s.r.Records(s.ctx, vias)
	if err != nil {
		return nil, nil, err
	}
	statements, actors := map[diplomacy.ID]*diplomacy.Statement{}, map[diplomacy.ID]bool{}
	for i, r := range records {
		if p, ok := r.(*diplomacy.Statement); ok {
			statements[vias[i]] = p
			actors[p.Subject], actors[p.OnBehalfOf], actors[p.InCapacityOf] = true, true, true
		}
	}
	delete(actors, 0)
	return statements, slices.Sorted(maps.Keys(actors)), nil
}

// sideOf returns the party for which a participant took part.
func sideOf(l store.Link, p *diplomacy.Statement, owners map[diplomacy.ID][]diplomacy.ID) diplomacy.ID {
	if p == nil {
		return l.Node
	}
	for _, id := range []diplomacy.ID{p.OnBehalfOf, p.InCapacityOf, l.Node} {
		switch of := owners[id]; {
		case len(of) > 0:
			return of[0]
		case id.Kind() == diplomacy.KindState:
			return id
		}
	}
	return cmp.Or(p.OnBehalfOf, l.Node)
}

// intersection returns the ids in both of two sorted lists.
func intersection(a, b []diplomacy.ID) []diplomacy.ID {
	var both []diplomacy.ID
	for _, id := range a {
		if _, found := slices.BinarySearch(b, id); found {
			both = append(both, id)
		}
	}
	return both
}
