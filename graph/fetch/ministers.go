package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/graph/relations"

	"github.com/99designs/gqlgen/graphql"
)

var ministerRows = rows{"Query.ministers": ministersStep{}}

// Ministers returns the tenures of the offices of a state.
func Ministers(ctx context.Context) (*model.TenureConnection, error) {
	page, err := answer[*paging.Links](ctx, 0)
	if err != nil {
		return nil, err
	}
	connection := &model.TenureConnection{}
	connection.SetPage(&page.LinkPage)
	return connection, nil
}

// ministersStep follows the relation State.ministers from the state that the argument
// identifies.
type ministersStep struct{}

func (ministersStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	raw := rawArguments(ctx, field.Field)
	of, err := arguments.ReadBy(diplomacy.KindState, "of", raw["of"])
	if err != nil {
		return err
	}
	found, err := o.find(ctx, []arguments.Entity{of})
	if err != nil {
		return err
	}
	state := found[0]
	if state == 0 {
		return &model.UserError{Code: model.CodeNotFound, Message: "of: there is no such state"}
	}
	step := relationStep{relations.Table["State.ministers"]}
	if err := step.fetch(ctx, o, field, subjects{ids: []diplomacy.ID{state}}); err != nil {
		return err
	}
	o.answers[place{field: field.Field}] = o.answers[place{state, field.Field}]
	return nil
}
