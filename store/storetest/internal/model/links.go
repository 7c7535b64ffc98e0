package model

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Links makes for each id the whole list and cuts the page out of it.
func (v *View) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	pages := make([]store.LinkPage, len(q.Of))
	order := OrderOfLinks(q)
	for i, id := range q.Of {
		if err := v.usable(ctx); err != nil {
			return nil, err
		}
		part, flags, err := cut(v.links(id, q), linkPlace, order, q.Page)
		if err != nil {
			return nil, err
		}
		for j := range part {
			part[j].Cursor = order.cursor(linkPlace(part[j]))
		}
		pages[i] = store.LinkPage{Links: part, Flags: flags}
	}
	return pages, nil
}

// CountLinks counts the whole lists.
func (v *View) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	counts := make([]store.Count, len(q.Of))
	w := q.Where
	filters := len(w.Nodes) + len(w.Kinds) + len(w.Facets) + len(w.Roles) + len(w.Times)
	if !slices.Equal(w.Ranks, store.NotDeprecated) {
		filters += len(w.Ranks)
	}
	for i, id := range q.Of {
		if err := v.usable(ctx); err != nil {
			return nil, err
		}
		counts[i] = v.count(len(v.links(id, q)), filters == 0 && len(q.Along) == 1 && !q.Distinct)
	}
	return counts, nil
}

// count caps what no counter counts.
func (v *View) count(n int, counter bool) store.Count {
	if n > store.CountCap && !(counter && v.present) {
		return store.Count{N: store.CountCap, Capped: true}
	}
	return store.Count{N: n}
}

// linkPlace is where a link stands: its Cursor until it leaves the model.
func linkPlace(l store.Link) place { return place(l.Cursor) }

// links is the whole list for one id, in its order.
func (v *View) links(of diplomacy.ID, q store.LinkQuery) []store.Link {
	var links []store.Link
	q.Where.Nodes = slices.Clone(q.Where.Nodes)
	for i, node := range q.Where.Nodes {
		q.Where.Nodes[i] = v.canonical(node)
	}
	of = v.answering(of)
	for id, r := range v.scene().records {
		if of == 0 || id.Kind().IsStatement() && v.canonical(id) != id {
			continue
		}
		for _, e := range v.seenFrom(of, r) {
			if l := v.link(r, e); slices.Contains(q.Along, l.Arc) && passes(l, q.Where) {
				links = append(links, l)
			}
		}
	}
	order := OrderOfLinks(q)
	slices.SortFunc(links, func(a, b store.Link) int { return order.compare(linkPlace(a), linkPlace(b)) })
	if q.Distinct {
		links = distinctOf(links)
	}
	return links
}

// distinctOf leaves the first of the links to a node at a time.
func distinctOf(links []store.Link) []store.Link {
	type repeat struct {
		node  diplomacy.ID
		start diplomacy.Instant
	}
	met := map[repeat]bool{}
	return slices.DeleteFunc(links, func(l store.Link) bool {
		r := repeat{l.Node, l.Span.StartMin}
		defer func() { met[r] = true }()
		return met[r]
	})
}

// seenFrom are the ways in which a record is seen from an entity or those that
// are one with it. What leads from one of them to another along an arc that is
// the same from both is seen from the smaller only.
func (v *View) seenFrom(of diplomacy.ID, r diplomacy.Record) []diplomacy.LinkEnd {
	all := slices.Collect(diplomacy.LinkEnds(r))
	return slices.DeleteFunc(slices.Clone(all), func(e diplomacy.LinkEnd) bool {
		back := diplomacy.LinkEnd{Of: e.Node, Direction: e.Direction, Node: e.Of}
		twice := v.canonical(e.Node) == of && slices.Contains(all, back)
		return v.canonical(e.Of) != of || twice && e.Of > e.Node
	})
}

func (v *View) link(r diplomacy.Record, e diplomacy.LinkEnd) store.Link {
	l := store.Link{
		Via: r.Header().ID, Node: e.Node,
		Arc:  store.Arc{Kind: r.Kind(), Direction: e.Direction},
		Span: diplomacy.Time{}.Span(), // not known
	}
	switch s := r.(type) {
	case *diplomacy.Evidence:
		l.Role = s.Part
	case *diplomacy.Judgement:
		l.Role = s.Verdict
	case *diplomacy.Statement:
		l.Role, l.Rank = s.Role, s.Rank
		subject, object := v.entity(s.Subject), v.entity(s.Object)
		if subject != nil && object != nil { // either may just have been retracted
			l.Span = s.Dated(subject, object).Span()
		}
	}
	l.Cursor = store.Cursor(placeOfLink(l)) // as it was stored
	l.Node = v.canonical(e.Node)
	if node := v.entity(l.Node); node != nil {
		l.Facets = node.Facets()
	}
	return l
}

func (v *View) entity(id diplomacy.ID) diplomacy.Entity {
	e, _ := v.now().records[id].(diplomacy.Entity)
	return e
}
