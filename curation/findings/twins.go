package findings

import (
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// vaguest is the longest range of a date whose event is compared: of any two events
// dated by a year it would be true that they may be the same.
const vaguest = 31 * day

// twinsOf are the facets in which twins agree, where both have them.
var twinsOf = []diplomacy.Facet{diplomacy.FacetKind, diplomacy.FacetMedium, diplomacy.FacetFormat}

// readTwins finds for each event those that may be the same: of one kind, at about the
// same day, with a side in common; then it reads the sides of those.
func (b *batch) readTwins() error {
	var events []dated
	actors, events0 := map[diplomacy.ID][]diplomacy.ID{}, map[diplomacy.ID]*diplomacy.Event{}
	for _, n := range b.around {
		e, ok := n.entity.(*diplomacy.Event)
		if !ok || !comparable(e.Facets(), e.Date.Span()) || len(b.sides[n.id]) < 2 {
			continue
		}
		window := e.Date.Window()
		events = append(events, dated{n.id, diplomacy.Window{From: window.From - day, To: window.To + day}})
		events0[n.id] = e
		for _, f := range n.facts {
			if f.Predicate == diplomacy.ParticipatedIn {
				actors[n.id] = append(actors[n.id], f.subject, b.canonical(f.OnBehalfOf), b.canonical(f.InCapacityOf))
			}
		}
	}
	for _, group := range byYear(events) {
		if err := b.readTwinsWithin(group, actors, events0); err != nil {
			return err
		}
	}
	return b.readSidesOfTwins()
}

// comparable reports whether an event with some facets and time may have twins.
func comparable(f diplomacy.Facets, s diplomacy.Span) bool {
	return f[diplomacy.FacetStatus] != "CANCELLED" && s.StartMin > diplomacy.Past && s.StartMax-s.StartMin <= vaguest
}

// readTwinsWithin finds the twins of events of about one year by way of the actors who
// took part in those.
func (b *batch) readTwinsWithin(group span, actors map[diplomacy.ID][]diplomacy.ID, events map[diplomacy.ID]*diplomacy.Event) error {
	took := map[diplomacy.ID][]diplomacy.ID{} // events by actor
	for _, id := range group.ids {
		for _, actor := range actors[id] {
			if actor != 0 {
				took[actor] = append(took[actor], id)
			}
		}
	}
	arcs := []store.Arc{
		{Kind: diplomacy.ParticipatedIn, Direction: store.Out},
		{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf},
		{Kind: diplomacy.ParticipatedIn, Direction: store.Capacity},
	}
	where := store.LinkFilter{Times: []store.TimeTest{{Relation: store.Within, Window: group.window, Match: diplomacy.Possible}}}
	found := map[pair]bool{}
	err := b.links(slices.Sorted(maps.Keys(took)), arcs, where, maxLinks, func(actor diplomacy.ID, l store.Link) {
		for _, id := range took[actor] {
			if id != l.Node && comparable(l.Facets, l.Span) && alike(events[id], l) {
				found[pair{id, l.Node}] = true
			}
		}
	})
	for p := range found {
		b.twins[p.a] = append(b.twins[p.a], p.b)
	}
	return err
}

// alike reports whether an event may be the one that a participation leads to. A
// bilateral meeting on the eve of a multilateral one is another event.
func alike(e *diplomacy.Event, l store.Link) bool {
	own := e.Facets()
	for _, facet := range twinsOf {
		if a, b := own[facet], l.Facets[facet]; a != b && a != "" && b != "" {
			return false
		}
	}
	s := e.Date.Span()
	return s.StartMin < l.Span.StartMax+day && l.Span.StartMin < s.StartMax+day
}

// readSidesOfTwins reads who took part in the twins.
func (b *batch) readSidesOfTwins() error {
	unread := map[diplomacy.ID]bool{}
	for _, twins := range b.twins {
		for _, id := range twins {
			_, known := b.sides[id]
			unread[id] = !known
		}
	}
	maxTwins(unread)
	links, named := map[diplomacy.ID][]store.Link{}, slices.Collect(maps.Keys(unread))
	err := b.links(slices.Sorted(maps.Keys(unread)), []store.Arc{{Kind: diplomacy.ParticipatedIn, Direction: store.In}}, store.LinkFilter{}, maxLinks, func(of diplomacy.ID, l store.Link) {
		links[of] = append(links[of], l)
		named = append(named, l.Via, l.Node)
	})
	if err != nil {
		return err
	}
	if err := b.load(named...); err != nil {
		return err
	}
	return b.sidesOfLinks(links)
}

// maxTwins drops what is known, and all but some of what is not.
func maxTwins(unread map[diplomacy.ID]bool) {
	const most = 1_000
	maps.DeleteFunc(unread, func(_ diplomacy.ID, is bool) bool { return !is })
	for i, id := range slices.Sorted(maps.Keys(unread)) {
		if i >= most {
			delete(unread, id)
		}
	}
}

// sidesOfLinks finds the sides of events from the participations in them.
func (b *batch) sidesOfLinks(links map[diplomacy.ID][]store.Link) error {
	facts, named := map[diplomacy.ID][]*fact{}, []diplomacy.ID{}
	for of, links := range links {
		for _, l := range links {
			if s, ok := b.records[l.Via].(*diplomacy.Statement); ok {
				facts[of] = append(facts[of], &fact{Statement: s, id: s.ID, subject: l.Node, object: of})
				named = append(named, l.Node, s.OnBehalfOf, s.InCapacityOf)
			}
		}
	}
	if err := b.load(named...); err != nil {
		return err
	}
	if err := b.readOwners(named); err != nil {
		return err
	}
	for of := range links {
		b.sides[of] = b.sidesOf(facts[of])
	}
	return nil
}
