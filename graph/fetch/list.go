package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/relations"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// listRows returns a row for each field of Query that lists all entities of a kind.
func listRows() rows {
	all := rows{}
	for field, kind := range relations.Lists {
		all["Query."+field] = listStep{kind}
	}
	return all
}

// List returns the page that a list field of Query selects.
func List[N diplomacy.Entity](ctx context.Context) (*model.List[N], error) {
	page, err := answer[*listPage](ctx, 0)
	if err != nil {
		return nil, err
	}
	records := From(ctx).records
	list := &model.List[N]{Flags: page.Flags, Count: page.count, Items: make([]*model.ListEdge[N], len(page.Entries))}
	for i, entry := range page.Entries {
		node, _ := records[entry.ID].(N)
		list.Items[i] = &model.ListEdge[N]{At: entry.Cursor, Node: node}
		if record, ok := records[entry.ID].(diplomacy.Entity); ok {
			list.Items[i].Match = store.MatchOf(page.times, record.Dated().Span(), false)
		}
	}
	return list, nil
}

// listPage is the answer of a list.
type listPage struct {
	store.ListPage
	count store.Count
	times []store.TimeTest
}

// listStep fetches a page of all entities of a kind.
type listStep struct{ kind diplomacy.Kind }

func (s listStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	events := func(path string, given map[string]any) ([][]diplomacy.ID, error) { return o.eventsOf(ctx, path, given) }
	query, err := arguments.ReadList(s.kind, rawArguments(ctx, field.Field), o.at, events)
	if err != nil {
		return err
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	page := &listPage{times: query.Where.Times}
	if page.ListPage, err = reader.List(ctx, query); err != nil {
		return err
	}
	selected := selectionOf(ctx, field)
	if selected.total {
		if page.count, err = reader.CountList(ctx, query); err != nil {
			return err
		}
	}
	o.answers[place{field: field.Field}] = page
	if !selected.nodes && !selected.match {
		return nil
	}
	ids := make([]diplomacy.ID, len(page.Entries))
	for i, entry := range page.Entries {
		ids[i] = entry.ID
	}
	return o.loadAndWalk(ctx, ids, selected.ofNodes...)
}
