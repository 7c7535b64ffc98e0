package model

import (
	"context"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
)

// ObservationCheck is the GraphQL type of diplomacy.Check.
type ObservationCheck struct{ diplomacy.Check }

// Formula is the equation in words.
func (c *ObservationCheck) Formula() string {
	var b strings.Builder
	b.WriteString(string(c.Identity.Total) + " = ")
	for i, term := range c.Identity.Plus {
		if i > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(string(term))
	}
	for _, term := range c.Identity.Minus {
		b.WriteString(" − " + string(term))
	}
	return b.String()
}

// ChecksOf holds a figure against the other figures of its reporter and
// partner.
func ChecksOf(ctx context.Context, figure *diplomacy.Observation) ([]*ObservationCheck, error) {
	o := From(ctx)
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
	checks := []*ObservationCheck{}
	for _, check := range figure.Check(siblings) {
		checks = append(checks, &ObservationCheck{check})
	}
	return checks, nil
}

// aheadChecks loads the siblings of figures, and what is selected of them.
func (o *Operation) aheadChecks(ctx context.Context, selection ast.SelectionSet, ids []diplomacy.ID) error {
	if err := o.loadSiblings(ctx, ids); err != nil {
		return err
	}
	for _, f := range collect(ctx, selection, "ObservationCheck") {
		if f.Name != "from" {
			continue
		}
		for _, id := range ids {
			if err := o.ahead(ctx, f.Selections, o.siblings[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

// loadSiblings finds for each figure those of the same reporter and partner
// that begin in the same span of time, in five store calls for any number of
// figures.
func (o *Operation) loadSiblings(ctx context.Context, figures []diplomacy.ID) error {
	figures = slices.DeleteFunc(slices.Clone(figures), func(id diplomacy.ID) bool {
		_, known := o.siblings[id]
		return known
	})
	if len(figures) == 0 {
		return nil
	}
	ends := map[diplomacy.Kind][]map[diplomacy.ID]bool{}
	for _, predicate := range []diplomacy.Kind{diplomacy.ReportedBy, diplomacy.Partner} {
		sets, err := o.figuresSharing(ctx, figures, predicate)
		if err != nil {
			return err
		}
		ends[predicate] = sets
	}
	var all []diplomacy.ID
	for i, figure := range figures {
		o.siblings[figure] = []diplomacy.ID{}
		for id := range ends[diplomacy.ReportedBy][i] {
			if id != figure && ends[diplomacy.Partner][i][id] {
				o.siblings[figure] = append(o.siblings[figure], id)
			}
		}
		slices.Sort(o.siblings[figure])
		all = append(all, o.siblings[figure]...)
	}
	return o.load(ctx, all)
}

// figuresSharing finds for each figure those that share its end of a predicate.
func (o *Operation) figuresSharing(ctx context.Context, figures []diplomacy.ID, predicate diplomacy.Kind) ([]map[diplomacy.ID]bool, error) {
	walkers := make([]walker, len(figures))
	for i, figure := range figures {
		walkers[i] = walker{parent: i, at: figure}
	}
	period := store.LinkFilter{Times: []store.TimeTest{{Relation: store.Holds, Window: o.spanned(figures), Match: diplomacy.Possible}}}
	sets := make([]map[diplomacy.ID]bool, len(figures))
	for i := range sets {
		sets[i] = map[diplomacy.ID]bool{}
	}
	for _, h := range []Hop{out(predicate), in(predicate)} {
		answers, err := o.hop(ctx, h, walkers, store.LinkQuery{Where: period, Page: store.Page{Limit: store.MaxPage}})
		if err != nil {
			return nil, err
		}
		walkers = advance(walkers, answers)
	}
	for _, w := range walkers {
		sets[w.parent][w.at] = true
	}
	return sets, nil
}

// spanned is the window from the first to the last moment of figures at hand.
func (o *Operation) spanned(figures []diplomacy.ID) diplomacy.Window {
	w := diplomacy.Window{From: diplomacy.Future, To: diplomacy.Past}
	for _, id := range figures {
		if figure, ok := o.records[id].(*diplomacy.Observation); ok {
			period := figure.Period.Window()
			w.From, w.To = min(w.From, period.From), max(w.To, period.To)
		}
	}
	return w
}
