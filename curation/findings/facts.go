package findings

import (
	"maps"
	"slices"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// readFacts reads the statements around the entities and what these name.
func (b *batch) readFacts() error {
	groups := map[diplomacy.Kind][]*neighbourhood{}
	for _, n := range b.around {
		groups[n.id.Kind()] = append(groups[n.id.Kind()], n)
	}
	links := map[diplomacy.ID][]store.Link{}
	var named []diplomacy.ID
	for _, kind := range slices.Sorted(maps.Keys(groups)) {
		arcs := slices.Concat(owned[kind], seen[kind])
		if len(arcs) == 0 {
			continue
		}
		of := make([]diplomacy.ID, len(groups[kind]))
		for i, n := range groups[kind] {
			of[i] = n.id
		}
		err := b.links(of, arcs, store.LinkFilter{}, maxLinks, func(of diplomacy.ID, l store.Link) {
			links[of] = append(links[of], l)
			named = append(named, l.Via, l.Node)
		})
		if err != nil {
			return err
		}
	}
	if err := b.load(named...); err != nil {
		return err
	}
	for _, n := range b.around {
		for _, l := range slices.Backward(links[n.id]) {
			n.add(l)
		}
	}
	return b.loadSidelines()
}

// add adds the statement of a link.
func (n *neighbourhood) add(l store.Link) {
	s, ok := n.records[l.Via].(*diplomacy.Statement)
	if !ok {
		return
	}
	f := &fact{Statement: s, id: s.ID, subject: n.id, object: l.Node}
	rule := diplomacy.RuleOf(s.Predicate)
	if l.Arc.Direction == store.In {
		f.subject, f.object = l.Node, n.id
	}
	switch {
	case rule.Symmetric && l.Node < n.id: // the other end owns it
	case slices.Contains(seen[n.id.Kind()], l.Arc):
		n.held = append(n.held, f)
	default:
		n.facts = append(n.facts, f)
	}
}

// loadSidelines loads for whom and in which capacity subjects acted.
func (b *batch) loadSidelines() error {
	var named []diplomacy.ID
	for _, n := range b.around {
		for _, f := range n.facts {
			named = append(named, f.OnBehalfOf, f.InCapacityOf)
		}
	}
	return b.load(named...)
}

// readEvidence reads the evidence of the entities and of the statements around them.
func (b *batch) readEvidence() error {
	about := map[diplomacy.ID]bool{}
	for _, n := range b.around {
		about[n.id] = true
		for _, f := range slices.Concat(n.facts, n.held) {
			about[f.id] = true
		}
	}
	links := map[diplomacy.ID][]store.Link{}
	var named []diplomacy.ID
	evidence := []store.Arc{{Kind: diplomacy.KindEvidence, Direction: store.Out}}
	err := b.links(slices.Sorted(maps.Keys(about)), evidence, store.LinkFilter{}, maxEvidence, func(of diplomacy.ID, l store.Link) {
		links[of] = append(links[of], l)
		named = append(named, l.Via, l.Node)
	})
	if err != nil {
		return err
	}
	if err := b.load(named...); err != nil {
		return err
	}
	for of, links := range links {
		for _, l := range slices.Backward(links) {
			if e, ok := b.records[l.Via].(*diplomacy.Evidence); ok {
				source, _ := b.records[l.Node].(*diplomacy.Source)
				b.evidence[of] = append(b.evidence[of], support{e, source})
			}
		}
	}
	for _, n := range b.around {
		for _, f := range slices.Concat(n.facts, n.held) {
			f.evidence = b.evidence[f.id]
		}
	}
	return nil
}

// readTimes reads when the events around were recorded.
func (b *batch) readTimes() error {
	numbers := map[diplomacy.TxNumber]bool{}
	for _, n := range b.around {
		if n.id.Kind() == diplomacy.KindEvent {
			numbers[n.entity.Header().From] = true
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	wanted := slices.Sorted(maps.Keys(numbers))
	transactions, err := b.r.Transactions(b.ctx, wanted)
	for i, t := range transactions {
		if t != nil {
			b.times[wanted[i]] = t.Time
		}
	}
	return err
}

// instant returns a time as an instant, rounded up.
func instant(t time.Time) diplomacy.Instant { return diplomacy.Instant(t.Unix() + 1) }

// readSides reads who took part in the events around, and what those belong to.
func (b *batch) readSides() error {
	var acting []diplomacy.ID
	for _, n := range b.around {
		if n.id.Kind() == diplomacy.KindEvent {
			for _, f := range n.facts {
				acting = append(acting, f.subject, f.OnBehalfOf, f.InCapacityOf)
			}
		}
	}
	if err := b.readOwners(acting); err != nil {
		return err
	}
	for _, n := range b.around {
		if n.id.Kind() == diplomacy.KindEvent {
			b.sides[n.id] = b.sidesOf(n.facts)
		}
	}
	return nil
}
