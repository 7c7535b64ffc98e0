package model

import (
	"context"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

// Ministers answers who holds or held offices of a state. Its way is that of
// State.ministers, with the kinds of office asked for.
func Ministers(ctx context.Context) (*TenureConnection, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	raw := rawArgs(ctx, field)
	state, err := o.find(ctx, diplomacy.KindState, raw["of"])
	if err != nil {
		return nil, err
	}
	if state == 0 {
		return nil, badInput("of: there is no such state")
	}
	rel := paths(Path{in(diplomacy.OfficeOf).like(terms(raw["portfolio"])...), in(diplomacy.HoldsOffice)})
	if err := o.aheadRelation(ctx, rel, field, []diplomacy.ID{state}); err != nil {
		return nil, err
	}
	page := o.pages[place{state, field.Field}]
	if page.err != nil {
		return nil, page.err
	}
	connection := &TenureConnection{}
	connection.bind(page)
	return connection, nil
}
