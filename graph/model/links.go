package model

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// linkPage is the answer of a relation for one parent: a page of links, or the
// user error that its field will report.
type linkPage struct {
	op    *Operation
	links []pathLink
	store.Flags
	count   store.Count
	counted bool
	err     error
}

// pathLink is a link with the statements that lead to it.
type pathLink struct {
	store.Link
	before []diplomacy.ID
}

// follow fetches a page of a relation for each of the parents. The number of
// store calls depends on the relation alone.
func (o *Operation) follow(ctx context.Context, rel *Relation, parents []diplomacy.ID, args linkArgs) ([]*linkPage, error) {
	pages := make([]*linkPage, len(parents))
	for i := range pages {
		pages[i] = &linkPage{op: o}
	}
	for _, path := range rel.Paths {
		if err := o.followPath(ctx, rel, path, parents, args, pages); err != nil {
			return nil, err
		}
	}
	if rel.direct() {
		return pages, nil
	}
	for _, page := range pages {
		if err := page.join(rel, args); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// walker is where a path stands: for which parent, at which entity, and how it
// came there.
type walker struct {
	parent int
	at     diplomacy.ID
	via    []diplomacy.ID
}

func (o *Operation) followPath(ctx context.Context, rel *Relation, path Path, parents []diplomacy.ID, args linkArgs, pages []*linkPage) error {
	walkers, err := o.approach(ctx, path, parents, args)
	if err != nil {
		return err
	}
	query := store.LinkQuery{Descending: args.descending, Where: args.where, Page: args.page, Distinct: rel.Distinct}
	if rel.Once {
		query.Page = store.Page{Limit: store.MaxPage} // joined and paged in join
	}
	answers, err := o.hop(ctx, path[len(path)-1], walkers, query)
	for i, answer := range answers {
		pages[walkers[i].parent].add(answer, walkers[i].via)
	}
	return err
}

// approach walks all hops of a path but the last.
func (o *Operation) approach(ctx context.Context, path Path, parents []diplomacy.ID, args linkArgs) ([]walker, error) {
	walkers := make([]walker, len(parents))
	for i, parent := range parents {
		walkers[i] = walker{parent: i, at: parent}
	}
	for _, hop := range path[:len(path)-1] {
		answers, err := o.hop(ctx, hop, walkers, store.LinkQuery{Where: store.LinkFilter{Times: args.asOf}, Page: store.Page{Limit: store.MaxPage}})
		if err != nil {
			return nil, err
		}
		walkers = advance(walkers, answers)
	}
	return walkers, nil
}

// hop asks the store for one step of all walkers.
func (o *Operation) hop(ctx context.Context, h Hop, walkers []walker, q store.LinkQuery) ([]store.LinkPage, error) {
	if len(walkers) == 0 {
		return nil, nil
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range walkers {
		q.Of = append(q.Of, w.at)
	}
	q.Along = h.Along
	q.Where = both(h.filter(), q.Where)
	return reader.Links(ctx, q)
}

// advance moves the walkers over the links they found. Where several links lead
// to one place, the walk goes on by the first: what lies beyond is there once.
func advance(walkers []walker, answers []store.LinkPage) []walker {
	type stand struct {
		parent int
		at     diplomacy.ID
	}
	var next []walker
	seen := map[stand]bool{}
	for i, answer := range answers {
		for _, link := range answer.Links {
			here := stand{walkers[i].parent, link.Node}
			if seen[here] {
				continue
			}
			seen[here] = true
			via := append(slices.Clone(walkers[i].via), link.Via)
			next = append(next, walker{walkers[i].parent, link.Node, via})
		}
	}
	return next
}

// both joins the filter of a hop with that of the user.
func both(hop, user store.LinkFilter) store.LinkFilter {
	user.Facets = append(slices.Clone(hop.Facets), user.Facets...)
	switch {
	case user.Kinds == nil:
		user.Kinds = hop.Kinds
	case hop.Kinds != nil:
		user.Kinds = slices.DeleteFunc(slices.Clone(user.Kinds), func(k diplomacy.Kind) bool { return !slices.Contains(hop.Kinds, k) })
	}
	return user
}

func (p *linkPage) add(answer store.LinkPage, via []diplomacy.ID) {
	p.links = slices.Grow(p.links, len(answer.Links))
	for _, link := range answer.Links {
		p.links = append(p.links, pathLink{link, via})
	}
	p.Previous = p.Previous || answer.Previous
	p.Next = p.Next || answer.Next
}
