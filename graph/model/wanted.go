package model

import (
	"context"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// aheadLinks loads the nodes and statements that the selection of a connection
// wants, in one call, and goes on below them.
func (o *Operation) aheadLinks(ctx context.Context, field graphql.CollectedField, pages []*linkPage) error {
	wants := o.wants(ctx, field)
	var nodes, statements, load []diplomacy.ID
	for _, page := range pages {
		for i := range page.links {
			link := &page.links[i]
			nodes, statements = append(nodes, link.Node), append(statements, link.Via)
			if wants.via {
				statements = append(statements, link.before...)
			}
		}
	}
	if wants.nodes {
		load = append(load, nodes...)
	}
	if wants.statements {
		load = append(load, statements...)
	}
	if err := o.load(ctx, load); err != nil {
		return err
	}
	return o.below(ctx, wants, nodes, statements)
}

// wanted is what a connection's selection asks of its links.
type wanted struct {
	viaIsNode              bool
	nodes, statements, via bool
	nodeSelections         []ast.SelectionSet
	statementSelections    []ast.SelectionSet
	edgeFields             []graphql.CollectedField // read from the statement
}

// viaIsNode are the connections whose nodes are the links themselves.
var viaIsNode = map[string]bool{"TenureConnection": true, "EvidenceConnection": true}

// wants reads the selection of a connection, or of a field that answers with
// the node itself.
func (o *Operation) wants(ctx context.Context, field graphql.CollectedField) *wanted {
	name := field.Definition.Type.Name()
	w := &wanted{viaIsNode: viaIsNode[name]}
	if !isConnection(field) {
		w.node(field.Selections)
		return w
	}
	for _, f := range collect(ctx, field.Selections, name) {
		switch f.Name {
		case "nodes":
			w.node(f.Selections)
		case "edges":
			w.edge(collect(ctx, f.Selections, f.Definition.Type.Name()))
		}
	}
	return w
}

func (w *wanted) node(selection ast.SelectionSet) {
	if w.viaIsNode {
		w.statement(selection)
		return
	}
	w.nodes = true
	w.nodeSelections = append(w.nodeSelections, selection)
}

func (w *wanted) statement(selection ast.SelectionSet) {
	w.statements = true
	w.statementSelections = append(w.statementSelections, selection)
}

func (w *wanted) edge(fields []graphql.CollectedField) {
	for _, f := range fields {
		switch f.Name {
		case "__typename", "cursor":
		case "node":
			w.node(f.Selections)
		case "via":
			w.via = true
			w.statement(f.Selections)
		case "statement":
			w.statement(f.Selections)
		default:
			w.statements = true
			w.edgeFields = append(w.edgeFields, f)
		}
	}
}

// below goes on with what was loaded.
func (o *Operation) below(ctx context.Context, w *wanted, nodes, statements []diplomacy.ID) error {
	for _, selection := range w.nodeSelections {
		if err := o.ahead(ctx, selection, nodes); err != nil {
			return err
		}
	}
	for _, selection := range w.statementSelections {
		if err := o.ahead(ctx, selection, statements); err != nil {
			return err
		}
	}
	for _, field := range w.edgeFields {
		for kind, group := range byKind(statements) {
			if err := o.aheadField(ctx, kind, field, group); err != nil {
				return err
			}
		}
	}
	return nil
}
