package model

import (
	"chancery/diplomacy"
	"chancery/store"
)

// List is a connection whose edges carry nothing but their nodes.
type List[N any] struct {
	Items []*ListEdge[N] // of this page
	store.Flags
	Count store.Count // of all pages; zero unless it was selected
}

// ListEdge is an element of a List.
type ListEdge[N any] struct {
	At    store.Cursor
	Node  N
	Match diplomacy.Match // how certainly it passes the tests of its date; empty without such tests
}

// Cursor returns the edge's cursor.
func (e *ListEdge[N]) Cursor() string { return EncodeCursor(e.At) }

// Edges returns the edges of this page.
func (c *List[N]) Edges() []*ListEdge[N] { return c.Items }

// Nodes returns the nodes of this page.
func (c *List[N]) Nodes() []N {
	nodes := make([]N, len(c.Items))
	for i, e := range c.Items {
		nodes[i] = e.Node
	}
	return nodes
}

// PageInfo returns the cursors of the page and whether there is more.
func (c *List[N]) PageInfo() *PageInfo {
	return pageInfo(c.Flags, len(c.Items), func(i int) store.Cursor { return c.Items[i].At })
}

// TotalCount returns the number of elements of all pages, if it was selected.
func (c *List[N]) TotalCount() int { return c.Count.N }

// TotalCountCapped reports whether there are more than TotalCount.
func (c *List[N]) TotalCountCapped() bool { return c.Count.Capped }
