package model

import (
	"context"

	"chancery/diplomacy"
)

// EvidenceAbout gives the evidence about a statement or thing, source by source,
// each in the order it was recorded.
func EvidenceAbout(ctx context.Context, id diplomacy.ID) ([]*Evidence, error) {
	o := From(ctx)
	id = o.canonicalID(id)
	here := kindAbout{diplomacy.KindEvidence, id}
	if err := o.loadAbout(ctx, here.kind, []diplomacy.ID{id}); err != nil {
		return nil, err
	}
	list := make([]*Evidence, 0, len(o.about[here]))
	for _, e := range o.about[here] {
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
