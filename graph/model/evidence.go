package model

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
)

// aboutEvidence leads from a record to the evidence about it.
var aboutEvidence = []store.Arc{{Kind: diplomacy.KindEvidence, Direction: store.Out}}

// aheadEvidence fetches the evidence about records.
func (o *Operation) aheadEvidence(ctx context.Context, selection ast.SelectionSet, ids []diplomacy.ID) error {
	if err := o.loadEvidence(ctx, ids); err != nil {
		return err
	}
	var all []diplomacy.ID
	for _, id := range ids {
		all = append(all, o.evidence[id]...)
	}
	return o.ahead(ctx, selection, all)
}

// loadEvidence finds and loads the evidence about those of the records of which
// it is not at hand, in two calls.
func (o *Operation) loadEvidence(ctx context.Context, ids []diplomacy.ID) error {
	var missing, all []diplomacy.ID
	for _, id := range ids {
		if _, known := o.evidence[id]; !known {
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
	answers, err := reader.Links(ctx, store.LinkQuery{Of: missing, Along: aboutEvidence, Page: store.Page{Limit: store.MaxPage}})
	for i, answer := range answers {
		found := make([]diplomacy.ID, len(answer.Links))
		for j, link := range answer.Links {
			found[j] = link.Via
		}
		o.evidence[missing[i]] = found
		all = append(all, found...)
	}
	if err != nil {
		return err
	}
	return o.load(ctx, all)
}

// EvidenceAbout gives the evidence about a statement or thing, source by source,
// each in the order it was recorded.
func EvidenceAbout(ctx context.Context, id diplomacy.ID) ([]*Evidence, error) {
	o := From(ctx)
	id = o.canonicalID(id)
	if err := o.loadEvidence(ctx, []diplomacy.ID{id}); err != nil {
		return nil, err
	}
	list := make([]*Evidence, 0, len(o.evidence[id]))
	for _, e := range o.evidence[id] {
		if record, ok := o.records[e].(*diplomacy.Evidence); ok {
			list = append(list, &Evidence{record})
		}
	}
	return list, nil
}

// Evidence is the GraphQL type of diplomacy.Evidence.
type Evidence struct{ *diplomacy.Evidence }

// About is the statement or thing it is about.
func (e *Evidence) About(ctx context.Context) (Node, error) {
	record, err := From(ctx).record(ctx, e.Evidence.About)
	return NodeOf(record), err
}

// Source is the source.
func (e *Evidence) Source(ctx context.Context) (*diplomacy.Source, error) {
	return get[*diplomacy.Source](ctx, e.Evidence.Source)
}

// AttributedTo is whom the source names.
func (e *Evidence) AttributedTo(ctx context.Context) (diplomacy.Actor, error) {
	return get[diplomacy.Actor](ctx, e.Evidence.AttributedTo)
}

// Locator is nil when the evidence has none.
func (e *Evidence) Locator() *diplomacy.Locator {
	if e.Evidence.Locator == (diplomacy.Locator{}) {
		return nil
	}
	return &e.Evidence.Locator
}

// Quote is nil when the evidence has none.
func (e *Evidence) Quote() *diplomacy.Quote {
	if e.Evidence.Quote.Exact == "" {
		return nil
	}
	return &e.Evidence.Quote
}

// QuoteState holds the quote against the source's snapshot.
func (e *Evidence) QuoteState(ctx context.Context) (diplomacy.Term, error) {
	_, source, err := e.sides(ctx)
	return e.Evidence.QuoteState(source), err
}

// Stale reports whether what it backs has changed since.
func (e *Evidence) Stale(ctx context.Context) (bool, error) {
	about, _, err := e.sides(ctx)
	return e.Evidence.Stale(about), err
}

// Doubts says what is odd about it.
func (e *Evidence) Doubts(ctx context.Context) ([]diplomacy.Term, error) {
	about, source, err := e.sides(ctx)
	office, _ := From(ctx).records[officeOf(about)].(*diplomacy.Office)
	return e.Evidence.Doubts(about, source, office), err
}

// sides are what it is about and its source, each as it was recorded: of records
// that are held to be the same, evidence was held against one.
func (e *Evidence) sides(ctx context.Context) (about diplomacy.Record, source *diplomacy.Source, err error) {
	o := From(ctx)
	if err := o.aheadDoubts(ctx, []diplomacy.ID{e.ID}); err != nil {
		return nil, nil, err
	}
	source, _ = o.recorded(e.Evidence.Source).(*diplomacy.Source)
	return o.recorded(e.Evidence.About), source, nil
}

// aheadDoubts loads what evidence is held against: what it is about, its
// source, and the office whose title it may assert.
func (o *Operation) aheadDoubts(ctx context.Context, ids []diplomacy.ID) error {
	if err := o.load(ctx, ids); err != nil {
		return err
	}
	about := o.refer(references[diplomacy.KindEvidence]["about"], ids)
	sources := o.refer(references[diplomacy.KindEvidence]["source"], ids)
	if err := o.load(ctx, append(sources, about...)); err != nil {
		return err
	}
	if err := o.loadGroups(ctx, o.merged(append(sources, about...))); err != nil {
		return err
	}
	return o.load(ctx, o.refer(officeOf, about))
}

// officeOf is the office that a statement's title would name; zero where none
// would.
func officeOf(about diplomacy.Record) diplomacy.ID {
	statement, ok := about.(*diplomacy.Statement)
	switch {
	case !ok:
		return 0
	case statement.Predicate == diplomacy.HoldsOffice:
		return statement.Object
	default:
		return statement.InCapacityOf
	}
}

// Transaction is the one that wrote it as it stands.
func (e *Evidence) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return TransactionOf(ctx, e.From)
}

// History is every version there was. Its arguments are read from the document.
func (e *Evidence) History(ctx context.Context, first *int, after *string, last *int, before *string) (*VersionConnection, error) {
	return History(ctx, e.ID)
}
