package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

var holdingRows = rows{"Office.holder": holdingStep{}, "Office.holding": holdingStep{}}

var holdingType = objectType[*model.OfficeHolding]{"OfficeHolding", map[string]objectStep[*model.OfficeHolding]{
	"holder":  toHolders,
	"tenures": toTenures,
}}

// Holding returns who holds an office at the time that the field being resolved asks
// about.
func Holding(ctx context.Context, office *diplomacy.Office) (*model.OfficeHolding, error) {
	return answer[*model.OfficeHolding](ctx, From(ctx).canonicalID(office.ID))
}

// holdingStep fetches who holds offices at a time, in two calls for any number of them.
type holdingStep struct{}

func (holdingStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	own, err := decoded(ctx, o, argumentsOf{field: field.Field}, arguments.ReadTime)
	if err != nil {
		return err
	}
	if missing := o.unanswered(field, of.ids); len(missing) > 0 {
		found, err := o.holdings(ctx, missing, o.Period(own))
		if err != nil {
			return err
		}
		for i, id := range missing {
			o.answers[place{id, field.Field}] = found[i]
		}
	}
	var all []*model.OfficeHolding
	for _, id := range of.ids {
		if holding, ok := o.answers[place{id, field.Field}].(*model.OfficeHolding); ok {
			all = append(all, holding)
		}
	}
	if field.Name == "holder" {
		return toHolders(ctx, o, field, all)
	}
	return holdingType.walk(ctx, o, []ast.SelectionSet{field.Selections}, all)
}

func toHolders(ctx context.Context, o *Operation, field graphql.CollectedField, of []*model.OfficeHolding) error {
	var ids []diplomacy.ID
	for _, holding := range of {
		if len(holding.Links) > 0 {
			ids = append(ids, holding.Links[0].Node)
		}
	}
	return o.loadAndWalk(ctx, ids, field.Selections)
}

func toTenures(ctx context.Context, o *Operation, field graphql.CollectedField, of []*model.OfficeHolding) error {
	var ids []diplomacy.ID
	for _, holding := range of {
		for _, link := range holding.Links {
			ids = append(ids, link.Via)
		}
	}
	return o.loadAndWalk(ctx, ids, field.Selections)
}

// holdings reads who holds offices at a time.
func (o *Operation) holdings(ctx context.Context, offices []diplomacy.ID, at diplomacy.Window) ([]*model.OfficeHolding, error) {
	covering, err := o.tenures(ctx, offices, store.TimeTest{Relation: store.Holds, Window: at, Undated: true}, maxHolders)
	if err != nil {
		return nil, err
	}
	holdings := make([]*model.OfficeHolding, len(offices))
	var open []*model.OfficeHolding
	var of []diplomacy.ID
	for i, page := range covering {
		var undated bool
		if holdings[i], undated = model.NewOfficeHolding(page.Links, at); len(holdings[i].Links) == 0 && !undated {
			open, of = append(open, holdings[i]), append(of, offices[i])
		}
	}
	if len(of) == 0 {
		return holdings, nil
	}
	earlier, err := o.tenures(ctx, of, store.TimeTest{Relation: store.Begun, Window: at}, 1)
	for i, page := range earlier {
		if len(page.Links) > 0 { // it has ended: none covers the time
			open[i].State = "VACANT"
		}
	}
	return holdings, err
}

const maxHolders = 50

// tenures reads the latest tenures in which offices were held, not only designated, and
// whose time possibly passes a test.
func (o *Operation) tenures(ctx context.Context, offices []diplomacy.ID, test store.TimeTest, limit int) ([]store.LinkPage, error) {
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	return reader.Links(ctx, store.LinkQuery{
		Of: offices, Along: []store.Arc{{Kind: diplomacy.HoldsOffice, Direction: store.In}}, Descending: true,
		Where: store.LinkFilter{Ranks: store.NotDeprecated, Roles: model.InOffice, Times: []store.TimeTest{test}},
		Page:  store.Page{Limit: limit},
	})
}
