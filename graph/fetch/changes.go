package fetch

import (
	"chancery/graph/paging"
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
)

var changeType = objectType[*model.Change]{"Change", map[string]objectStep[*model.Change]{
	"record": toRecords(func(c *model.Change) diplomacy.Record { return c.New }),
	"before": toRecords(func(c *model.Change) diplomacy.Record { return c.Old }),
}}

// Changes returns a page of what a transaction did. It is fetched when the field is
// resolved.
func Changes(ctx context.Context, t *diplomacy.Transaction) (*model.ChangeConnection, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	page, err := decoded(ctx, o, argumentsOf{field: field.Field}, arguments.Page)
	if err != nil {
		return nil, err
	}
	cursors := paging.NewSeal(fmt.Sprint("changes of ", t.Number))
	part, err := cursors.Span(page, t.Changes)
	if err != nil {
		return nil, err
	}
	changes, err := o.changes(ctx, t.Number, part)
	if err != nil {
		return nil, err
	}
	list := &model.ChangeConnection{Flags: part.Flags}
	for i, change := range changes {
		list.Items = append(list.Items, &model.ListEdge[*model.Change]{At: cursors.Numbered(t.Changes - part.From - i), Node: change})
	}
	return list, changeType.walk(ctx, o, nodeSelections(ctx, field), changes)
}

// changes fetches a part of what a transaction did, with the versions of the records
// before and after, in two calls.
func (o *Operation) changes(ctx context.Context, number diplomacy.TxNumber, part paging.Span) ([]*model.Change, error) {
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	found, err := reader.Changes(ctx, number, part.From, part.To-part.From)
	if err != nil {
		return nil, err
	}
	ids := make([]diplomacy.ID, len(found))
	for i, change := range found {
		ids[i] = change.Record
	}
	versions, err := reader.Versions(ctx, ids, number+1, 2)
	if err != nil {
		return nil, err
	}
	changes := make([]*model.Change, len(found))
	for i, change := range found {
		changes[i] = &model.Change{Change: change}
		for _, version := range versions[i] {
			switch number {
			case version.Header().From:
				changes[i].New = version
			case version.Header().Until:
				changes[i].Old = version
			}
		}
	}
	return changes, nil
}
