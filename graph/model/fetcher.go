package model

import (
	"context"

	"chancery/diplomacy"
)

// Fetcher fetches the records to which fields of this package's types lead. The
// operation of package fetch implements it: most of what it returns was read
// ahead.
type Fetcher interface {
	// Record returns the record with an id, or the canonical record into which
	// that was merged; nil if there is none.
	Record(ctx context.Context, id diplomacy.ID) (diplomacy.Record, error)
	// Recorded returns the record with an id as it was recorded, even if it was
	// merged into another; nil if there is none.
	Recorded(ctx context.Context, id diplomacy.ID) (diplomacy.Record, error)
	// SameAs returns the other records that are judged or recorded to be the same
	// as the one with an id, as many as the current field asks for.
	SameAs(ctx context.Context, id diplomacy.ID) ([]diplomacy.Record, error)
	// Restricted reports whether a source or statement, and all records merged with it,
	// are restricted.
	Restricted(ctx context.Context, r diplomacy.Record) (bool, error)
	// Evidence returns the evidence about a statement or entity, by source, each
	// in the order in which it was recorded, as much as the current field asks for.
	Evidence(ctx context.Context, about diplomacy.ID) ([]*Evidence, error)
	// EvidenceContext returns the records that evidence is checked against.
	EvidenceContext(ctx context.Context, e *diplomacy.Evidence) (EvidenceContext, error)
	// History returns the page of a record's versions that the current field asks
	// for.
	History(ctx context.Context, id diplomacy.ID) (*VersionConnection, error)
	// Transaction returns a transaction by its number; nil if there is none.
	Transaction(ctx context.Context, number diplomacy.TxNumber) (*diplomacy.Transaction, error)
	// Period returns the time that a field asks about: its own argument, else the
	// operation's time, else today.
	Period(own diplomacy.Time) diplomacy.Window
}

type fetcherKey struct{}

// WithFetcher returns a context from which fields fetch records.
func WithFetcher(ctx context.Context, f Fetcher) context.Context {
	return context.WithValue(ctx, fetcherKey{}, f)
}

// FetcherFrom returns the fetcher of a resolver's context; it panics if there is
// none.
func FetcherFrom(ctx context.Context) Fetcher { return ctx.Value(fetcherKey{}).(Fetcher) }

// record returns a record of a known type; the zero R if there is none.
func record[R diplomacy.Record](ctx context.Context, id diplomacy.ID) (R, error) {
	found, err := FetcherFrom(ctx).Record(ctx, id)
	typed, _ := found.(R)
	return typed, err
}
