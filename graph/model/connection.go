package model

import (
	"context"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

// PageInfo is Relay's.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       string
}

// Links is a connection whose edges carry the statement that makes the link: N
// is the type of the node, S that of the statement.
type Links[N diplomacy.Record, S Linking] struct{ page *linkPage }

// bind gives a connection its page.
func (c *Links[N, S]) bind(p *linkPage) { c.page = p }

// Edges are the edges of this page.
func (c *Links[N, S]) Edges() []*LinkEdge[N, S] {
	edges := make([]*LinkEdge[N, S], len(c.page.links))
	for i := range edges {
		edges[i] = &LinkEdge[N, S]{c.page.op, &c.page.links[i]}
	}
	return edges
}

// Nodes are the nodes of this page.
func (c *Links[N, S]) Nodes() []N {
	nodes := make([]N, len(c.page.links))
	for i := range nodes {
		nodes[i], _ = c.page.op.records[c.page.links[i].Node].(N)
	}
	return nodes
}

// PageInfo says where the page stands.
func (c *Links[N, S]) PageInfo() *PageInfo {
	info := &PageInfo{HasNextPage: c.page.Next, HasPreviousPage: c.page.Previous}
	if n := len(c.page.links); n > 0 {
		info.StartCursor = encodeCursor(c.page.links[0].Cursor)
		info.EndCursor = encodeCursor(c.page.links[n-1].Cursor)
	}
	return info
}

// TotalCount is counted only when it was selected.
func (c *Links[N, S]) TotalCount() int { return c.page.count.N }

// TotalCountCapped reports whether there are more than TotalCount.
func (c *Links[N, S]) TotalCountCapped() bool { return c.page.count.Capped }

// linkPageOf finds what was fetched ahead for the field being resolved, or
// fetches it for this one parent.
func linkPageOf(ctx context.Context, parent diplomacy.ID) (*linkPage, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	parent = o.canonicalID(parent)
	here := place{parent, field.Field}
	if _, ready := o.pages[here]; !ready {
		if err := o.aheadField(ctx, parent.Kind(), field, []diplomacy.ID{parent}); err != nil {
			return nil, err
		}
	}
	page := o.pages[here]
	return page, page.err
}

// Relate answers a relation's field with its connection.
func Relate[C any, P interface {
	*C
	bind(*linkPage)
}](ctx context.Context, parent diplomacy.Entity) (P, error) {
	page, err := linkPageOf(ctx, parent.Header().ID)
	if err != nil {
		return nil, err
	}
	connection := P(new(C))
	connection.bind(page)
	return connection, nil
}

// One answers a relation's field that leads to one thing; nil when there is
// none.
func One[N diplomacy.Entity](ctx context.Context, parent diplomacy.Entity) (N, error) {
	var none N
	page, err := linkPageOf(ctx, parent.Header().ID)
	if err != nil || len(page.links) == 0 {
		return none, err
	}
	return get[N](ctx, page.links[0].Node)
}

// StatementLinks is a connection whose nodes are the statements themselves.
type StatementLinks[S Linking] struct{ Links[diplomacy.Record, S] }

// Edges are the edges of this page.
func (c *StatementLinks[S]) Edges() []*StatementEdge[S] {
	edges := make([]*StatementEdge[S], len(c.page.links))
	for i := range edges {
		edges[i] = &StatementEdge[S]{LinkEdge[diplomacy.Record, S]{c.page.op, &c.page.links[i]}}
	}
	return edges
}

// Nodes are the statements of this page.
func (c *StatementLinks[S]) Nodes() []S {
	nodes := make([]S, 0, len(c.page.links))
	for _, edge := range c.Edges() {
		nodes = append(nodes, edge.Node())
	}
	return nodes
}
