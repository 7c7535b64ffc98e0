package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/paging"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// selection is what a field selects of a connection and its edges, or of the one
// node that it leads to.
type selection struct {
	total      bool
	nodes      bool                     // the nodes themselves
	via        bool                     // all statements on the way
	statements bool                     // the statements that make the links
	match      bool                     // how certainly edges match a question about a time
	ofNodes    []ast.SelectionSet       // below the nodes
	ofLinks    []ast.SelectionSet       // below the statements
	ofEdges    []graphql.CollectedField // fields that edges have from the statement
}

// linkNodes are the connections whose nodes are the statements or evidence that make
// the links.
var linkNodes = map[string]bool{"TenureConnection": true, "EvidenceConnection": true}

// selectionOf reads what a field selects.
func selectionOf(ctx context.Context, field graphql.CollectedField) *selection {
	name := field.Definition.Type.Name()
	s := &selection{}
	node := s.node
	if linkNodes[name] {
		node = s.statement
	}
	if !isConnection(field) {
		node(field.Selections)
		return s
	}
	for _, f := range collect(ctx, field.Selections, name) {
		switch f.Name {
		case "nodes":
			node(f.Selections)
		case "edges":
			s.edges(collect(ctx, f.Selections, f.Definition.Type.Name()), node)
		case "totalCount", "totalCountCapped":
			s.total = true
		}
	}
	return s
}

// isConnection tells connections, which are never null, from fields that lead to one
// entity, which may be.
func isConnection(field graphql.CollectedField) bool {
	return field.Definition != nil && field.Definition.Type.NonNull
}

// nodeSelections returns what is selected of the nodes of a connection.
func nodeSelections(ctx context.Context, field graphql.CollectedField) []ast.SelectionSet {
	return selectionOf(ctx, field).ofNodes
}

func (s *selection) node(below ast.SelectionSet) {
	s.nodes = true
	s.ofNodes = append(s.ofNodes, below)
}

func (s *selection) statement(below ast.SelectionSet) {
	s.statements = true
	s.ofLinks = append(s.ofLinks, below)
}

// edges reads what is selected of edges. Their own fields are fields of the
// statement that makes the link.
func (s *selection) edges(fields []graphql.CollectedField, node func(below ast.SelectionSet)) {
	for _, f := range fields {
		switch f.Name {
		case "__typename", "cursor", "involvement":
		case "match":
			s.match = true
		case "node":
			node(f.Selections)
		case "via":
			s.via = true
			s.statement(f.Selections)
		case "statement":
			s.statement(f.Selections)
		default:
			s.statements = true
			s.ofEdges = append(s.ofEdges, f)
		}
	}
}

// walkLinks loads the nodes and statements that are selected, in one call, and
// fetches what is selected below them.
func (o *Operation) walkLinks(ctx context.Context, selected *selection, pages []*paging.Links) error {
	var nodes, statements, load []diplomacy.ID
	for _, page := range pages {
		for i := range page.Links {
			link := &page.Links[i]
			nodes, statements = append(nodes, link.Node), append(statements, link.Via)
			if selected.via {
				statements = append(statements, link.Before...)
			}
		}
	}
	if selected.nodes {
		load = append(load, nodes...)
	}
	if selected.statements {
		load = append(load, statements...)
	}
	if err := o.load(ctx, load); err != nil {
		return err
	}
	for _, below := range selected.ofNodes {
		if err := o.walk(ctx, below, nodes); err != nil {
			return err
		}
	}
	for _, below := range selected.ofLinks {
		if err := o.walk(ctx, below, statements); err != nil {
			return err
		}
	}
	for _, field := range selected.ofEdges {
		for _, of := range byKind(statements) {
			if err := o.step(ctx, field, of); err != nil {
				return err
			}
		}
	}
	return nil
}
