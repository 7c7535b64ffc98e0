package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

var historyRows = rows{
	"Thing.history":     historyStep{},
	"Statement.history": historyStep{},
	"Evidence.history":  historyStep{},
	"Judgement.history": historyStep{},
}

var versionType = objectType[*model.Version]{"Version", map[string]objectStep[*model.Version]{
	"record":      toRecords(func(v *model.Version) diplomacy.Record { return v.Written }),
	"transaction": toTransactions(func(v *model.Version) diplomacy.TxNumber { return v.Written.Header().From }),
	"closedBy":    toTransactions(func(v *model.Version) diplomacy.TxNumber { return v.Written.Header().Until }),
}}

// History returns the page of a record's versions that the field being resolved asks
// for, the newest first.
func (o *Operation) History(ctx context.Context, id diplomacy.ID) (*model.VersionConnection, error) {
	return answer[*model.VersionConnection](ctx, id)
}

// historyStep fetches a page of the versions of each record, under its own id.
type historyStep struct{}

func (historyStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	page, err := decoded(ctx, o, argumentsOf{field: field.Field}, arguments.Page)
	if err != nil {
		return err
	}
	if err := o.loadHistories(ctx, field, o.unanswered(field, of.ownIDs()), page); err != nil {
		return err
	}
	var shown []*model.Version
	for _, id := range of.ownIDs() {
		if list, ok := o.answers[place{id, field.Field}].(*model.VersionConnection); ok {
			shown = append(shown, list.Nodes()...)
		}
	}
	return versionType.walk(ctx, o, nodeSelections(ctx, field), shown)
}

// loadHistories fetches a page of the versions of each record. Its newest version
// tells how many there are; mostly the page lies among the newest, which are fetched
// for all records in one call, or two.
func (o *Operation) loadHistories(ctx context.Context, field graphql.CollectedField, ids []diplomacy.ID, page store.Page) error {
	for limit := page.Limit + 1; len(ids) > 0; {
		reader, err := o.Reader(ctx)
		if err != nil {
			return err
		}
		found, err := reader.Versions(ctx, ids, 0, limit)
		if err != nil {
			return err
		}
		var deeper []diplomacy.ID
		depth := 0
		for i, id := range ids {
			v, err := newVersionPage(id, found[i], limit, page)
			switch {
			case err != nil:
				o.answers[place{id, field.Field}] = err
				continue
			case v.complete():
			case v.needed() <= store.MaxPage:
				deeper, depth = append(deeper, id), max(depth, v.needed())
				continue
			default:
				if err := v.seek(ctx, reader); err != nil {
					return err
				}
			}
			o.answers[place{id, field.Field}] = v.connection()
		}
		ids, limit = deeper, depth
	}
	return nil
}
