package model

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// List is a connection whose edges carry nothing of their own.
type List[N any] struct {
	edges []*ListEdge[N]
	store.Flags
	count store.Count
}

// ListEdge is an element of a List.
type ListEdge[N any] struct {
	at   store.Cursor
	Node N
}

// Cursor is the edge's place in the list.
func (e *ListEdge[N]) Cursor() string { return encodeCursor(e.at) }

// Edges are the edges of this page.
func (c *List[N]) Edges() []*ListEdge[N] { return c.edges }

// Nodes are the nodes of this page.
func (c *List[N]) Nodes() []N {
	nodes := make([]N, len(c.edges))
	for i, e := range c.edges {
		nodes[i] = e.Node
	}
	return nodes
}

// PageInfo says where the page stands.
func (c *List[N]) PageInfo() *PageInfo {
	info := &PageInfo{HasNextPage: c.Next, HasPreviousPage: c.Previous}
	if n := len(c.edges); n > 0 {
		info.StartCursor, info.EndCursor = c.edges[0].Cursor(), c.edges[n-1].Cursor()
	}
	return info
}

// TotalCount is counted only when it was selected.
func (c *List[N]) TotalCount() int { return c.count.N }

// TotalCountCapped reports whether there are more than TotalCount.
func (c *List[N]) TotalCountCapped() bool { return c.count.Capped }

// Entities answers a field of Query that pages over all entities of a kind.
func Entities[N diplomacy.Entity](ctx context.Context) (*List[N], error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	query, err := o.listArgs(Lists[field.Name], rawArgs(ctx, field))
	if err != nil {
		return nil, err
	}
	page, count, err := o.list(ctx, field, query)
	if err != nil {
		return nil, err
	}
	ids := make([]diplomacy.ID, len(page.Entries))
	for i, entry := range page.Entries {
		ids[i] = entry.ID
	}
	if err := o.aheadNodes(ctx, field, ids); err != nil {
		return nil, err
	}
	list := &List[N]{Flags: page.Flags, count: count}
	for _, entry := range page.Entries {
		node, _ := o.records[entry.ID].(N)
		list.edges = append(list.edges, &ListEdge[N]{entry.Cursor, node})
	}
	return list, nil
}

// list asks the store for the page, and for the count if it was selected.
func (o *Operation) list(ctx context.Context, field graphql.CollectedField, q store.ListQuery) (store.ListPage, store.Count, error) {
	var count store.Count
	reader, err := o.Reader(ctx)
	if err != nil {
		return store.ListPage{}, count, err
	}
	page, err := reader.List(ctx, q)
	if err != nil {
		return page, count, err
	}
	counts := func(f graphql.CollectedField) bool { return f.Name == "totalCount" || f.Name == "totalCountCapped" }
	if slices.ContainsFunc(collect(ctx, field.Selections, field.Definition.Type.Name()), counts) {
		count, err = reader.CountList(ctx, q)
	}
	return page, count, err
}

// aheadNodes loads the nodes of a connection and what is selected of them.
func (o *Operation) aheadNodes(ctx context.Context, field graphql.CollectedField, ids []diplomacy.ID) error {
	wants := o.wants(ctx, field)
	if !wants.nodes {
		return nil
	}
	return o.Ahead(ctx, ids, wants.nodeSelections...)
}

// Ahead loads records and what the selections want of them.
func (o *Operation) Ahead(ctx context.Context, ids []diplomacy.ID, selections ...ast.SelectionSet) error {
	if err := o.load(ctx, ids); err != nil {
		return err
	}
	for _, selection := range selections {
		if err := o.ahead(ctx, selection, ids); err != nil {
			return err
		}
	}
	return nil
}

// AheadAlong loads records, and what is selected of them, where the field being
// resolved leads to them along fields of objects made for it alone, such as
// payloads. Nothing is loaded when they are not selected.
func AheadAlong(ctx context.Context, ids []diplomacy.ID, path ...string) error {
	fields := []graphql.CollectedField{graphql.GetFieldContext(ctx).Field}
	for _, name := range path {
		var next []graphql.CollectedField
		for _, field := range fields {
			for _, f := range collect(ctx, field.Selections, field.Definition.Type.Name()) {
				if f.Name == name {
					next = append(next, f)
				}
			}
		}
		fields = next
	}
	var selections []ast.SelectionSet
	for _, field := range fields {
		selections = append(selections, field.Selections)
	}
	if len(selections) == 0 {
		return nil
	}
	return From(ctx).Ahead(ctx, ids, selections...)
}

// listOrders are the values of NamedOrder and DatedOrder.
var listOrders = map[any]struct {
	order      store.ListOrder
	descending bool
}{
	"NAME":          {store.ByName, false},
	"NAME_DESC":     {store.ByName, true},
	"OLDEST":        {store.ByDate, false},
	"NEWEST":        {store.ByDate, true},
	"RECORDED":      {store.ByID, false},
	"RECORDED_DESC": {store.ByID, true},
}

// listArgs reads the raw arguments of a list. At the operation's time there is
// what had begun by then.
func (o *Operation) listArgs(kind diplomacy.Kind, raw map[string]any) (store.ListQuery, error) {
	page, err := pageArgs(raw)
	if err != nil {
		return store.ListQuery{}, err
	}
	where, _ := raw["where"].(map[string]any)
	filter, err := listFilter(where)
	if err != nil {
		return store.ListQuery{}, err
	}
	asOf, err := o.asOf(raw)
	filter.Times = append(filter.Times, asOf...)
	order := listOrders[raw["orderBy"]]
	return store.ListQuery{Kind: kind, Order: order.order, Descending: order.descending, Where: filter, Page: page}, err
}
