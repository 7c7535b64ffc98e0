package model

import (
	"context"

	"chancery/diplomacy"
)

// Evidence is the GraphQL type of diplomacy.Evidence.
type Evidence struct{ *diplomacy.Evidence }

// EvidenceContext holds the records that evidence is checked against, each as it
// was recorded: of merged records, evidence was compared with one. Any of them
// is nil if it is not there.
type EvidenceContext struct {
	About  diplomacy.Record
	Source *diplomacy.Source
	Office *diplomacy.Office // whose title the evidence may assert
}

// About returns the statement or entity that the evidence is about.
func (e *Evidence) About(ctx context.Context) (Node, error) {
	about, err := FetcherFrom(ctx).Record(ctx, e.Evidence.About)
	return NodeOf(about), err
}

// Source returns the source.
func (e *Evidence) Source(ctx context.Context) (*diplomacy.Source, error) {
	return record[*diplomacy.Source](ctx, e.Evidence.Source)
}

// AttributedTo returns the actor to whom the source attributes it; nil if it
// names none.
func (e *Evidence) AttributedTo(ctx context.Context) (diplomacy.Actor, error) {
	return record[diplomacy.Actor](ctx, e.Evidence.AttributedTo)
}

// Locator returns the place in the source; nil if none is recorded.
func (e *Evidence) Locator() *diplomacy.Locator {
	if e.Evidence.Locator == (diplomacy.Locator{}) {
		return nil
	}
	return &e.Evidence.Locator
}

// Quote returns the quotation; nil if none is recorded.
func (e *Evidence) Quote() *diplomacy.Quote {
	if e.Evidence.Quote.Exact == "" {
		return nil
	}
	return &e.Evidence.Quote
}

// QuoteState reports whether the source's snapshot contains the quote.
func (e *Evidence) QuoteState(ctx context.Context) (diplomacy.Term, error) {
	of, err := FetcherFrom(ctx).EvidenceContext(ctx, e.Evidence)
	return e.Evidence.QuoteState(of.Source), err
}

// Stale reports whether the value that the evidence backs has changed since.
func (e *Evidence) Stale(ctx context.Context) (bool, error) {
	of, err := FetcherFrom(ctx).EvidenceContext(ctx, e.Evidence)
	return e.Evidence.Stale(of.About), err
}

// Doubts lists what is implausible about the evidence.
func (e *Evidence) Doubts(ctx context.Context) ([]diplomacy.Term, error) {
	of, err := FetcherFrom(ctx).EvidenceContext(ctx, e.Evidence)
	return e.Evidence.Doubts(of.About, of.Source, of.Office), err
}

// Transaction returns the transaction that wrote this version.
func (e *Evidence) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return FetcherFrom(ctx).Transaction(ctx, e.From)
}

// History returns a page of its versions. Package fetch decodes the arguments; gqlgen binds by their names.
func (e *Evidence) History(ctx context.Context, first *int, after *string, last *int, before *string) (*VersionConnection, error) {
	return FetcherFrom(ctx).History(ctx, e.ID)
}

// titleAsserted returns the title in the evidence about a statement; empty if
// none is recorded.
func titleAsserted(ctx context.Context, statement diplomacy.ID) (string, error) {
	evidence, err := FetcherFrom(ctx).Evidence(ctx, statement)
	for _, e := range evidence {
		if e.Part == "TITLE" {
			return e.Asserted, err
		}
	}
	return "", err
}
