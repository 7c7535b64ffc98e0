package curation

import (
	"cmp"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

const (
	day = diplomacy.Instant(24 * 60 * 60)
	// vaguest is the longest that a date may leave open for its event to be
	// compared: any two of one year may be the same.
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
	var pairs []pair
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		pairs = append(pairs, near(byKind[kind])...)
	}
	return s.compareSides(pairs)
}

// near pairs events that may have begun within a day of each other, unless they were
// by different means, or of different formats: a meeting of two on the eve of one of
// many is not that one.
func near(events []*diplomacy.Event) []pair {
	slices.SortFunc(events, func(a, b *diplomacy.Event) int {
		return cmp.Or(cmp.Compare(a.Date.Span().StartMin, b.Date.Span().StartMin), cmp.Compare(a.ID, b.ID))
	})
	var pairs []pair
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

// agree reports whether two terms may be of one thing: one that is not known agrees
// with any.
func agree(a, b diplomacy.Term) bool { return a == b || a == "" || b == "" }

func (s *search) compareSides(pairs []pair) error {
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

// related are the pairs that somebody told apart already, as an event and its part.
func (s *search) related(events []diplomacy.ID) (map[pair]bool, error) {
	related := map[pair]bool{}
	var arcs []store.Arc
	for _, p := range []diplomacy.Kind{diplomacy.SubeventOf, diplomacy.OnMarginsOf, diplomacy.FollowsUp, diplomacy.ResultedIn} {
		arcs = append(arcs, store.Arc{Kind: p, Direction: store.Out})
	}
	err := s.along(events, arcs, func(of diplomacy.ID, l store.Link) { related[pairOf(of, l.Node)] = true })
	return related, err
}

// sides are whom events were between: states, where it is known for which state
// somebody took part, or else those who did.
func (s *search) sides(events []diplomacy.ID) (map[diplomacy.ID][]diplomacy.ID, error) {
	part := map[diplomacy.ID][]store.Link{}
	err := s.along(events, []store.Arc{{Kind: diplomacy.ParticipatedIn, Direction: store.In}}, func(of diplomacy.ID, l store.Link) {
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

// participations are the statements of links, and all bodies and offices that may tell
// for which state somebody took part.
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

// sideOf is for whom somebody took part.
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

// intersection are those of both, which are sorted.
func intersection(a, b []diplomacy.ID) []diplomacy.ID {
	var both []diplomacy.ID
	for _, id := range a {
		if _, found := slices.BinarySearch(b, id); found {
			both = append(both, id)
		}
	}
	return both
}
