package model

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// List makes the whole list and cuts the page out of it.
func (v *View) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	if err := v.usable(ctx); err != nil {
		return store.ListPage{}, err
	}
	order := OrderOfList(q)
	part, flags, err := cut(v.list(q), entryPlace, order, q.Page)
	for i := range part {
		part[i].Cursor = order.cursor(entryPlace(part[i]))
	}
	return store.ListPage{Entries: part, Flags: flags}, err
}

// entryPlace is where an entry stands: its Cursor until it leaves the model.
func entryPlace(e store.Entry) place { return place(e.Cursor) }

// CountList counts the whole list.
func (v *View) CountList(ctx context.Context, q store.ListQuery) (store.Count, error) {
	if err := v.usable(ctx); err != nil {
		return store.Count{}, err
	}
	return v.count(len(v.list(q)), q.Where.IsZero()), nil
}

// list is the whole list in its order.
func (v *View) list(q store.ListQuery) []store.Entry {
	var entries []store.Entry
	for id, r := range v.scene().records {
		if e, ok := r.(diplomacy.Entity); ok && v.canonical(id) == id && e.Kind() == q.Kind && listed(e, q.Where) {
			entries = append(entries, store.Entry{ID: id, Cursor: store.Cursor(placeInList(e, q.Order))})
		}
	}
	order := OrderOfList(q)
	slices.SortFunc(entries, func(a, b store.Entry) int { return order.compare(entryPlace(a), entryPlace(b)) })
	return entries
}

// listed holds an entity against a filter.
func listed(e diplomacy.Entity, f store.ListFilter) bool {
	for _, not := range f.Not {
		if listed(e, not) {
			return false
		}
	}
	for _, ids := range f.Among {
		if !slices.Contains(ids, e.Header().ID) {
			return false
		}
	}
	either := len(f.Or) == 0
	for _, or := range f.Or {
		either = either || listed(e, or)
	}
	identified := len(f.Schemes) == 0
	for _, i := range e.Base().Identifiers {
		identified = identified || slices.Contains(f.Schemes, i.Scheme)
	}
	return either && identified &&
		hasFacets(e.Facets(), f.Facets) &&
		hasTime(e.Dated().Span(), f.Times, false) &&
		hasTime(diplomacy.Existence(e), f.Existed, true) &&
		f.Name.Passes(e.Base().Names)
}

// passes holds a link against a filter.
func passes(l store.Link, f store.LinkFilter) bool {
	rule := diplomacy.RuleOf(l.Arc.Kind)
	return oneOf(l.Node, f.Nodes) &&
		oneOf(l.Node.Kind(), f.Kinds) &&
		oneOf(l.Role, f.Roles) &&
		oneOf(l.Rank, f.Ranks) &&
		hasFacets(l.Facets, f.Facets) &&
		hasTime(l.Span, f.Times, rule != nil && rule.Lasting)
}

func oneOf[E comparable](value E, wanted []E) bool {
	return len(wanted) == 0 || slices.Contains(wanted, value)
}

func hasFacets(facets diplomacy.Facets, tests []store.FacetTest) bool {
	for _, t := range tests {
		if !slices.Contains(t.Terms, facets[t.Facet]) {
			return false
		}
	}
	return true
}

func hasTime(s diplomacy.Span, tests []store.TimeTest, lasting bool) bool {
	for _, t := range tests {
		if !t.Passes(s, lasting) {
			return false
		}
	}
	return true
}
