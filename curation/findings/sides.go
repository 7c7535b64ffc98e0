package findings

import (
	"cmp"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// readOwners reads to which states, or else organizations and councils, offices and
// bodies belong: an office of a ministry to the ministry's state.
func (b *batch) readOwners(of []diplomacy.ID) error {
	direct := map[diplomacy.ID][]diplomacy.ID{}
	wanted := map[diplomacy.ID]bool{}
	for _, id := range of {
		id = b.canonical(id)
		if kind := id.Kind(); b.owners[id] == nil && (kind == diplomacy.KindOffice || kind == diplomacy.KindOrganization) {
			wanted[id] = true
		}
	}
	bodies := maps.Clone(wanted)
	err := b.links(slices.Sorted(maps.Keys(wanted)), []store.Arc{{Kind: diplomacy.OfficeOf, Direction: store.Out}}, store.LinkFilter{}, maxLinks, func(of diplomacy.ID, l store.Link) {
		direct[of] = append(direct[of], l.Node)
		bodies[l.Node] = true
	})
	if err != nil {
		return err
	}
	states := map[diplomacy.ID]diplomacy.ID{}
	maps.DeleteFunc(bodies, func(id diplomacy.ID, _ bool) bool { return id.Kind() != diplomacy.KindOrganization })
	err = b.links(slices.Sorted(maps.Keys(bodies)), []store.Arc{{Kind: diplomacy.BodyOf, Direction: store.Out}}, store.LinkFilter{}, maxLinks, func(of diplomacy.ID, l store.Link) {
		states[of] = l.Node // the earliest one of several, which comes last
	})
	for id := range wanted {
		b.owners[id] = []diplomacy.ID{}
		for _, owner := range direct[id] {
			b.owners[id] = append(b.owners[id], cmp.Or(states[owner], owner))
		}
		if state := states[id]; state != 0 {
			b.owners[id] = []diplomacy.ID{state}
		}
	}
	return err
}

// sidesOf returns the sides of an event: states, where it is known for which state a
// participant took part, otherwise the participants; ascending.
func (b *batch) sidesOf(facts []*fact) []diplomacy.ID {
	var sides []diplomacy.ID
	for _, f := range facts {
		if f.Predicate == diplomacy.ParticipatedIn && f.Rank != "DEPRECATED" {
			sides = append(sides, b.sideOf(f))
		}
	}
	slices.Sort(sides)
	return slices.Compact(sides)
}

// sideOf returns the side for which a participant took part.
func (b *batch) sideOf(f *fact) diplomacy.ID {
	for _, id := range []diplomacy.ID{b.canonical(f.OnBehalfOf), b.canonical(f.InCapacityOf), f.subject} {
		switch owners := b.owners[id]; {
		case len(owners) > 0:
			return owners[0]
		case id.Kind() == diplomacy.KindState:
			return id
		}
	}
	return cmp.Or(b.canonical(f.OnBehalfOf), f.subject)
}

// readIssuers reads who issued the sources of events: states, where the issuer belongs
// to one.
func (b *batch) readIssuers() error {
	sources := map[diplomacy.ID]bool{}
	for _, n := range b.around {
		for _, s := range n.sources() {
			sources[s] = n.id.Kind() == diplomacy.KindEvent || sources[s]
		}
	}
	maps.DeleteFunc(sources, func(_ diplomacy.ID, ofEvent bool) bool { return !ofEvent })
	var issuers []diplomacy.ID
	err := b.links(slices.Sorted(maps.Keys(sources)), []store.Arc{{Kind: diplomacy.IssuedBy, Direction: store.Out}}, store.LinkFilter{}, maxEvidence, func(of diplomacy.ID, l store.Link) {
		b.issuers[of] = append(b.issuers[of], l.Node)
		issuers = append(issuers, l.Node)
	})
	if err != nil {
		return err
	}
	if err := b.readOwners(issuers); err != nil {
		return err
	}
	for _, issuers := range b.issuers {
		for i, id := range issuers {
			if owners := b.owners[id]; len(owners) > 0 {
				issuers[i] = owners[0]
			}
		}
	}
	return b.load(slices.Concat(slices.Collect(maps.Values(b.sides))...)...)
}

// sources returns the sources of the entity and of its statements, each once.
func (n *neighbourhood) sources() []diplomacy.ID {
	var sources []diplomacy.ID
	for _, s := range n.evidence[n.id] {
		sources = append(sources, n.canonical(s.Source))
	}
	for _, f := range n.facts {
		for _, s := range f.evidence {
			sources = append(sources, n.canonical(s.Source))
		}
	}
	slices.Sort(sources)
	return slices.Compact(sources)
}
