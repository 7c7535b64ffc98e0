package fetch

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/graph/relations"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

var checkRows = rows{"Observation.checks": checkStep{}}

// checkType is fetched for the observations that are checked.
var checkType = objectType[diplomacy.ID]{"ObservationCheck", map[string]objectStep[diplomacy.ID]{
	"from": func(ctx context.Context, o *Operation, field graphql.CollectedField, of []diplomacy.ID) error {
		for _, id := range of {
			if err := o.walk(ctx, field.Selections, o.siblings[id]); err != nil {
				return err
			}
		}
		return nil
	},
}}

// Checks compares an observation with the other figures of its reporter and partner.
func (o *Operation) Checks(ctx context.Context, figure *diplomacy.Observation) ([]*model.ObservationCheck, error) {
	id := o.canonicalID(figure.ID)
	if err := o.loadSiblings(ctx, []diplomacy.ID{id}); err != nil {
		return nil, err
	}
	var siblings []*diplomacy.Observation
	for _, other := range o.siblings[id] {
		if sibling, ok := o.records[other].(*diplomacy.Observation); ok {
			siblings = append(siblings, sibling)
		}
	}
	checks := []*model.ObservationCheck{}
	for _, check := range figure.Check(siblings) {
		checks = append(checks, &model.ObservationCheck{Check: check})
	}
	return checks, nil
}

// checkStep loads the figures with which observations are compared.
type checkStep struct{}

func (checkStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	if err := o.loadSiblings(ctx, of.ids); err != nil {
		return err
	}
	return checkType.walk(ctx, o, []ast.SelectionSet{field.Selections}, of.ids)
}

// loadSiblings finds for each observation those of the same reporter and partner that
// begin in the same period, in five calls for any number of observations.
func (o *Operation) loadSiblings(ctx context.Context, figures []diplomacy.ID) error {
	figures = slices.DeleteFunc(slices.Clone(figures), func(id diplomacy.ID) bool { return o.siblings[id] != nil })
	if len(figures) == 0 {
		return nil
	}
	reporters, err := o.figuresSharing(ctx, figures, diplomacy.ReportedBy)
	if err != nil {
		return err
	}
	partners, err := o.figuresSharing(ctx, figures, diplomacy.Partner)
	if err != nil {
		return err
	}
	var all []diplomacy.ID
	for i, figure := range figures {
		siblings := []diplomacy.ID{}
		for id := range reporters[i] {
			if id != figure && partners[i][id] {
				siblings = append(siblings, id)
			}
		}
		slices.Sort(siblings)
		put(&o.siblings, figure, siblings)
		all = append(all, siblings...)
	}
	return o.load(ctx, all)
}

// figuresSharing finds for each observation those with the same object of a predicate.
func (o *Operation) figuresSharing(ctx context.Context, figures []diplomacy.ID, predicate diplomacy.Kind) ([]map[diplomacy.ID]bool, error) {
	positions := relations.StartAt(figures)
	period := store.LinkFilter{Times: []store.TimeTest{{Relation: store.Holds, Window: o.periodOf(figures), Match: diplomacy.Possible, Undated: true}}}
	for _, hop := range []relations.Hop{relations.Out(predicate), relations.In(predicate)} {
		answers, err := o.hop(ctx, hop, positions, store.LinkQuery{Where: period, Page: store.Page{Limit: store.MaxPage}})
		if err != nil {
			return nil, err
		}
		positions = relations.Advance(positions, answers)
	}
	sets := make([]map[diplomacy.ID]bool, len(figures))
	for i := range sets {
		sets[i] = map[diplomacy.ID]bool{}
	}
	for _, p := range positions {
		sets[p.Start][p.At] = true
	}
	return sets, nil
}

// periodOf returns the window from the first to the last moment of observations that
// were loaded.
func (o *Operation) periodOf(figures []diplomacy.ID) diplomacy.Window {
	w := diplomacy.Window{From: diplomacy.Future, To: diplomacy.Past}
	for _, id := range figures {
		if figure, ok := o.records[id].(*diplomacy.Observation); ok {
			period := figure.Period.Window()
			w.From, w.To = min(w.From, period.From), max(w.To, period.To)
		}
	}
	return w
}
