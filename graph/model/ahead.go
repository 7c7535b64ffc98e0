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
	for kind, group := range byKind(o.canonical(ids)) {
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
		return o.aheadAbout(ctx, diplomacy.KindEvidence, field.Selections, ids)
	case "titleAsserted":
		return o.aheadAbout(ctx, diplomacy.KindEvidence, nil, ids)
	case "judgements":
		return o.aheadAbout(ctx, diplomacy.KindJudgement, field.Selections, ids)
	case "transaction":
		return o.aheadTransactions(ctx, field.Selections, o.writers(ids))
	case "history":
		return o.aheadHistory(ctx, field, ids)
	case "mergedFrom", "alsoRecordedAs":
		return o.aheadGroups(ctx, field.Selections, ids)
	case "doubts", "stale", "quoteState":
		return o.aheadDoubts(ctx, ids)
	case "holds":
		return o.aheadReference(ctx, dating, nil, ids)
	case "checks":
		return o.aheadChecks(ctx, field.Selections, ids)
	}
	refer, ok := references[kind][field.Name]
	switch {
	case ok && kind == diplomacy.KindJudgement:
		return o.aheadJudged(ctx, refer, field.Selections, ids)
	case ok:
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
// the latest that holds today.
func (o *Operation) relationArgs(ctx context.Context, rel *Relation, field graphql.CollectedField) (linkArgs, error) {
	raw := rawArgs(ctx, field)
	if !isConnection(field) {
		raw["first"] = 1
		if raw["validAt"] == nil && o.at.IsZero() {
			raw["validAt"] = o.Today().String()
		}
	}
	return o.linkArgs(rel, raw)
}

func (o *Operation) keep(field graphql.CollectedField, ids []diplomacy.ID, page *linkPage) {
	for _, id := range ids {
		o.pages[place{id, field.Field}] = page
	}
}

// isConnection tells connections, which are never null, from fields that answer
// with one thing, which may be.
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

// collect gives the fields selected on an object type.
func collect(ctx context.Context, selection ast.SelectionSet, typeName string) []graphql.CollectedField {
	return graphql.CollectFields(graphql.GetOperationContext(ctx), selection, []string{typeName})
}
