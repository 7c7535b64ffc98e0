package fetch

import (
	"context"
	"fmt"

	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

var impactRows = rows{"Query.impactOf": impactStep{}}

var impactType = objectType[*model.Impact]{"Impact", map[string]objectStep[*model.Impact]{
	"record":   toAll(func(i *model.Impact) []diplomacy.ID { return []diplomacy.ID{i.Impact.Record} }),
	"evidence": toAll(func(i *model.Impact) []diplomacy.ID { return i.Impact.Evidence }),
}}

// ImpactOf returns a page of what a source alone supports.
func ImpactOf(ctx context.Context) (*model.ImpactConnection, error) {
	return answer[*model.ImpactConnection](ctx, 0)
}

// impactStep searches a page of what a source alone supports, forward only.
type impactStep struct{}

func (impactStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	raw := rawArguments(ctx, field.Field)
	page, err := arguments.Forward(raw)
	if err != nil {
		return err
	}
	source, err := o.namedBy(ctx, "source", raw, []diplomacy.Kind{diplomacy.KindSource})
	if err != nil {
		return err
	}
	cursors := paging.NewSeal(fmt.Sprint("impact of ", source))
	after, err := cursors.Open(page.After)
	if err != nil {
		return err
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	found, err := findings.ImpactOf(ctx, reader, source, after, page.Limit)
	if err != nil {
		return err
	}
	list := &model.ImpactConnection{List: model.List[*model.Impact]{Flags: store.Flags{Previous: after != "", Next: found.More}}}
	for _, i := range found.Impacts {
		list.Items = append(list.Items, &model.ListEdge[*model.Impact]{At: cursors.Seal(i.Behind), Node: &model.Impact{Impact: i}})
	}
	if found.More && found.Next != "" {
		list.SearchedTo = cursors.Seal(found.Next)
	}
	o.answers[place{field: field.Field}] = list
	return impactType.walk(ctx, o, nodeSelections(ctx, field), list.Nodes())
}
