package model

import (
	"context"
	"slices"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// ahead fetches what a selection wants of records that are at hand already,
// and then what is wanted of what was fetched, level by level. A fault of the
// store ends it; a user's error is kept for the field that made it.
func (o *Operation) ahead(ctx context.Context, selection ast.SelectionSet, ids []diplomacy.ID) error {
	if len(selection) == 0 {
		return nil
	}
	for kind, group := range byKind(ids) {
		fields := graphql.CollectFields(graphql.GetOperationContext(ctx), selection, satisfies[kind])
		for _, field := range fields {
			if err := o.aheadField(ctx, kind, field, group); err != nil {
				return err
			}
		}
	}
	return nil
}

func byKind(ids []diplomacy.ID) map[diplomacy.Kind][]diplomacy.ID {
	groups := map[diplomacy.Kind][]diplomacy.ID{}
	seen := make(map[diplomacy.ID]struct{}, len(ids))
	for _, id := range ids {
		if _, again := seen[id]; id != 0 && !again {
			seen[id] = struct{}{}
			groups[id.Kind()] = append(groups[id.Kind()], id)
		}
	}
	return groups
}

// aheadField fetches one field for records of one kind.
func (o *Operation) aheadField(ctx context.Context, kind diplomacy.Kind, field graphql.CollectedField, ids []diplomacy.ID) error {
	if rel, ok := Relations[kind.String()+"."+field.Name]; ok {
		return o.aheadRelation(ctx, rel, field, ids)
	}
	switch field.Name {
	case "evidence":
		return o.aheadEvidence(ctx, field.Selections, ids)
	case "titleAsserted":
		return o.aheadEvidence(ctx, nil, ids)
	case "transaction":
		return o.aheadTransactions(ctx, ids)
	case "doubts", "stale", "quoteState":
		return o.aheadDoubts(ctx, ids)
	case "checks":
		return o.aheadChecks(ctx, field.Selections, ids)
	}
	if refer, ok := references[kind][field.Name]; ok {
		return o.aheadReference(ctx, refer, field.Selections, ids)
	}
	return nil
}

// aheadRelation fetches a relation's page for each of the ids, and what is
// selected below it.
func (o *Operation) aheadRelation(ctx context.Context, rel *Relation, field graphql.CollectedField, ids []diplomacy.ID) error {
	args, err := o.relationArgs(ctx, rel, field)
	if err != nil {
		o.keep(field, ids, &linkPage{err: err})
		return nil
	}
	pages, err := o.fetch(ctx, rel, field, ids, args)
	if isUserError(err) {
		o.keep(field, ids, &linkPage{err: err})
		return nil
	}
	if err != nil {
		return err
	}
	if err := o.aheadCount(ctx, rel, field, ids, args, pages); err != nil {
		return err
	}
	return o.aheadLinks(ctx, field, pages)
}

// fetch gives the pages of a field. One field can stand in many places, by way
// of a fragment, with different things merged into its selection: a page that
// is there already is kept, with what was counted for it.
func (o *Operation) fetch(ctx context.Context, rel *Relation, field graphql.CollectedField, ids []diplomacy.ID, args linkArgs) ([]*linkPage, error) {
	missing := slices.DeleteFunc(slices.Clone(ids), func(id diplomacy.ID) bool { return o.pages[place{id, field.Field}] != nil })
	if len(missing) > 0 {
		fetched, err := o.follow(ctx, rel, missing, args)
		if err != nil {
			return nil, err
		}
		for i, id := range missing {
			o.pages[place{id, field.Field}] = fetched[i]
		}
	}
	pages := make([]*linkPage, len(ids))
	for i, id := range ids {
		pages[i] = o.pages[place{id, field.Field}]
	}
	return pages, nil
}

// relationArgs reads the arguments; a field that answers with one thing takes
// the latest that holds now.
func (o *Operation) relationArgs(ctx context.Context, rel *Relation, field graphql.CollectedField) (linkArgs, error) {
	raw := rawArgs(ctx, field)
	if !isConnection(field) {
		raw["first"] = 1
		if raw["validAt"] == nil && o.at.IsZero() {
			raw["validAt"] = o.now.String()
		}
	}
	return o.linkArgs(rel, raw)
}

func (o *Operation) keep(field graphql.CollectedField, ids []diplomacy.ID, page *linkPage) {
	for _, id := range ids {
		o.pages[place{id, field.Field}] = page
	}
}

func isConnection(field graphql.CollectedField) bool {
	return field.Definition != nil && field.Definition.Type.NonNull
}

// aheadCount counts when the selection wants totals.
func (o *Operation) aheadCount(ctx context.Context, rel *Relation, field graphql.CollectedField, ids []diplomacy.ID, args linkArgs, pages []*linkPage) error {
	for _, f := range collect(ctx, field.Selections, field.Definition.Type.Name()) {
		if f.Name == "totalCount" || f.Name == "totalCountCapped" {
			return o.countLinks(ctx, rel, ids, args, pages)
		}
	}
	return nil
}

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

// collect gives the fields selected on an object type.
func collect(ctx context.Context, selection ast.SelectionSet, typeName string) []graphql.CollectedField {
	return graphql.CollectFields(graphql.GetOperationContext(ctx), selection, []string{typeName})
}
