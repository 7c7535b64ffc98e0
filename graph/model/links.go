package model

import (
	"chancery/diplomacy"
	"chancery/store"
)

// Records holds fetched records by id; of merged records also under the ids of
// those that were merged. A record that is not there is nil.
type Records map[diplomacy.ID]diplomacy.Record

// LinkPage is a page of links that was fetched for one record.
type LinkPage struct {
	Links []Link
	store.Flags
	Count   store.Count      // of all pages; zero unless it was selected
	Records Records          // contains the nodes and statements that were selected
	Times   []store.TimeTest // which the links pass
}

// Link is a link with the statements that lead to it.
type Link struct {
	store.Link
	Before []diplomacy.ID // the statements on the way, nearest first; nil for a direct link
	// Involvement says how the node is involved, where the relation has several ways.
	Involvement []diplomacy.Term
}

// Links is a connection whose edges carry the statement that makes the link: N
// is the type of the node, S that of the statement.
type Links[N diplomacy.Record, S Linking] struct{ page *LinkPage }

// SetPage gives the connection its page.
func (c *Links[N, S]) SetPage(p *LinkPage) { c.page = p }

// Edges returns the edges of this page.
func (c *Links[N, S]) Edges() []*LinkEdge[N, S] {
	edges := make([]*LinkEdge[N, S], len(c.page.Links))
	for i := range edges {
		edges[i] = &LinkEdge[N, S]{c.page, &c.page.Links[i]}
	}
	return edges
}

// Nodes returns the nodes of this page.
func (c *Links[N, S]) Nodes() []N {
	nodes := make([]N, len(c.page.Links))
	for i := range nodes {
		nodes[i], _ = c.page.Records[c.page.Links[i].Node].(N)
	}
	return nodes
}

// PageInfo returns the cursors of the page and whether there is more.
func (c *Links[N, S]) PageInfo() *PageInfo {
	return pageInfo(c.page.Flags, len(c.page.Links), func(i int) store.Cursor { return c.page.Links[i].Cursor })
}

// TotalCount returns the number of links of all pages, if it was selected.
func (c *Links[N, S]) TotalCount() int { return c.page.Count.N }

// TotalCountCapped reports whether there are more than TotalCount.
func (c *Links[N, S]) TotalCountCapped() bool { return c.page.Count.Capped }

// StatementLinks is a connection whose nodes are the statements themselves.
type StatementLinks[S Linking] struct{ Links[diplomacy.Record, S] }

// Edges returns the edges of this page.
func (c *StatementLinks[S]) Edges() []*StatementEdge[S] {
	edges := make([]*StatementEdge[S], len(c.page.Links))
	for i := range edges {
		edges[i] = &StatementEdge[S]{LinkEdge[diplomacy.Record, S]{c.page, &c.page.Links[i]}}
	}
	return edges
}

// Nodes returns the statements of this page.
func (c *StatementLinks[S]) Nodes() []S {
	nodes := make([]S, 0, len(c.page.Links))
	for _, edge := range c.Edges() {
		nodes = append(nodes, edge.Node())
	}
	return nodes
}
