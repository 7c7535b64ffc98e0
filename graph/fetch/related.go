package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// first returns how many elements of a list without pages a field asks for. A field
// without the argument needs the whole list.
func (o *Operation) first(ctx context.Context, field *ast.Field) (int, error) {
	if field.Definition.Arguments.ForName("first") == nil {
		return store.MaxPage, nil
	}
	return decoded(ctx, o, argumentsOf{field: field}, arguments.First)
}

// firstOfCurrent is first for the field that is being resolved.
func (o *Operation) firstOfCurrent(ctx context.Context) (int, error) {
	return o.first(ctx, graphql.GetFieldContext(ctx).Field.Field)
}

// relatedTo fetches the first evidence or judgements (the kind) about records in two
// calls, and returns all of them.
func (o *Operation) relatedTo(ctx context.Context, kind diplomacy.Kind, first int, ids []diplomacy.ID) ([]diplomacy.ID, error) {
	if err := o.loadRelated(ctx, kind, first, ids); err != nil {
		return nil, err
	}
	var all []diplomacy.ID
	for _, id := range ids {
		found := o.related[relatedTo{kind, id}].ids
		all = append(all, found[:min(first, len(found))]...)
	}
	return all, nil
}

func (o *Operation) loadRelated(ctx context.Context, kind diplomacy.Kind, first int, ids []diplomacy.ID) error {
	var missing, all []diplomacy.ID
	for _, id := range ids {
		if known, ok := o.related[relatedTo{kind, id}]; !ok || !known.has(first) {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	along := []store.Arc{{Kind: kind, Direction: store.Out}}
	answers, err := reader.Links(ctx, store.LinkQuery{Of: missing, Along: along, Page: store.Page{Limit: first}})
	for i, answer := range answers {
		found := make([]diplomacy.ID, len(answer.Links))
		for j, link := range answer.Links {
			found[j] = link.Via
		}
		put(&o.related, relatedTo{kind, missing[i]}, relatedList{found, first})
		all = append(all, found...)
	}
	if err != nil {
		return err
	}
	return o.load(ctx, all)
}

// relatedRecords returns the evidence or judgements about one record, as many as the
// current field asks for.
func relatedRecords[R diplomacy.Record](ctx context.Context, o *Operation, kind diplomacy.Kind, about diplomacy.ID) ([]R, error) {
	first, err := o.firstOfCurrent(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := o.relatedTo(ctx, kind, first, []diplomacy.ID{o.canonicalID(about)})
	if err != nil {
		return nil, err
	}
	records := make([]R, 0, len(ids))
	for _, id := range ids {
		if record, ok := o.records[id].(R); ok {
			records = append(records, record)
		}
	}
	return records, nil
}
