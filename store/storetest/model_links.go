package storetest

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Links makes for each id the whole list and cuts the page out of it.
func (v *view) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	pages := make([]store.LinkPage, len(q.Of))
	order := orderOfLinks(q)
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
func (v *view) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	counts := make([]store.Count, len(q.Of))
	w := q.Where
	filters := len(w.Nodes) + len(w.Kinds) + len(w.Facets) + len(w.Roles) + len(w.Ranks) + len(w.Times)
	for i, id := range q.Of {
		if err := v.usable(ctx); err != nil {
			return nil, err
		}
		counts[i] = v.count(len(v.links(id, q)), filters == 0 && len(q.Along) == 1 && !q.Distinct)
	}
	return counts, nil
}

// count caps what no counter counts.
func (v *view) count(n int, counter bool) store.Count {
	if n > store.CountCap && !(counter && v.present) {
		return store.Count{N: store.CountCap, Capped: true}
	}
	return store.Count{N: n}
}

// linkPlace is where a link stands: its Cursor until it leaves the model.
func linkPlace(l store.Link) place { return place(l.Cursor) }

// links is the whole list for one id, in its order.
func (v *view) links(of diplomacy.ID, q store.LinkQuery) []store.Link {
	var links []store.Link
	q.Where.Nodes = slices.Clone(q.Where.Nodes)
	for i, node := range q.Where.Nodes {
		q.Where.Nodes[i] = v.canonical(node)
	}
	of = v.answering(of)
	for id, r := range v.scene().records {
		if of == 0 || v.canonical(id) != id {
			continue
		}
		for _, e := range v.seenFrom(of, r) {
			if l := v.link(r, e); slices.Contains(q.Along, l.Arc) && passes(l, q.Where) {
				links = append(links, l)
			}
		}
	}
	order := orderOfLinks(q)
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
func (v *view) seenFrom(of diplomacy.ID, r diplomacy.Record) []end {
	all := endsOf(r)
	return slices.DeleteFunc(endsOf(r), func(e end) bool {
		back := end{e.direction, e.node, e.seenFrom}
		twice := v.canonical(e.node) == of && slices.Contains(all, back)
		return e.seenFrom == 0 || v.canonical(e.seenFrom) != of || twice && e.seenFrom > e.node
	})
}

// end is one of the ways in which a record is seen as a link.
type end struct {
	direction      store.Direction
	seenFrom, node diplomacy.ID
}

func endsOf(r diplomacy.Record) []end {
	switch r := r.(type) {
	case *diplomacy.Statement:
		back := store.In
		if diplomacy.RuleOf(r.Predicate).Symmetric {
			back = store.Out
		}
		return []end{
			{store.Out, r.Subject, r.Object}, {back, r.Object, r.Subject},
			{store.Behalf, r.OnBehalfOf, r.Object}, {store.Capacity, r.InCapacityOf, r.Object},
			{store.ForWhom, forWhom(r), r.OnBehalfOf},
		}
	case *diplomacy.Evidence:
		return []end{
			{store.Out, r.About, r.Source}, {store.In, r.Source, r.About},
			{store.Behalf, r.AttributedTo, r.About},
		}
	case *diplomacy.Judgement:
		return []end{{store.Out, r.A, r.B}, {store.Out, r.B, r.A}}
	}
	return nil
}

// forWhom is the entity from which the actor behind a statement is seen, if
// there is one.
func forWhom(s *diplomacy.Statement) diplomacy.ID {
	if s.OnBehalfOf == 0 {
		return 0
	}
	return s.Object
}

func (v *view) link(r diplomacy.Record, e end) store.Link {
	l := store.Link{
		Via: r.Header().ID, Node: e.node,
		Arc:  store.Arc{Kind: r.Kind(), Direction: e.direction},
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
	l.Node = v.canonical(e.node)
	if node := v.entity(l.Node); node != nil {
		l.Facets = node.Facets()
	}
	return l
}

func (v *view) entity(id diplomacy.ID) diplomacy.Entity {
	e, _ := v.now().records[id].(diplomacy.Entity)
	return e
}
