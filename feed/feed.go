// Package feed lets subscribers follow the transactions committed to a store.
//
// Replay and new transactions take the same path: a Follower knows the number of the
// last transaction that it returned, asks the store for the last committed one, and
// waits only if the two are equal. Nothing is queued, so that no transaction can be
// lost or repeated between replay and the present, and an idle follower costs no more
// than its own memory.
//
// Which records a transaction touched is read once and shared by all followers.
package feed

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// Feed serves many followers of one store. Its methods are safe for concurrent use.
type Feed struct {
	store   store.Store
	maxLag  diplomacy.TxNumber
	digests *digests
}

// Options of a Feed; the zero value is the documented default.
type Options struct {
	// MaxLag is the number of transactions by which a follower may fall behind once
	// it has reached the present. Default: 1,000.
	MaxLag int
	// Memory is the approximate number of IDs of touched records to cache; each takes
	// eight bytes. Default: 1,000,000.
	Memory int
}

// New returns a feed of everything that the store shows: of a guarded store, what its
// principal may see.
func New(s store.Store, options Options) *Feed {
	if options.MaxLag == 0 {
		options.MaxLag = 1_000
	}
	if options.Memory == 0 {
		options.Memory = 1_000_000
	}
	return &Feed{store: s, maxLag: diplomacy.TxNumber(options.MaxLag), digests: newDigests(s, options.Memory)}
}

// AheadError is returned for a request to follow after a transaction that does not
// exist yet.
type AheadError struct{ After, Last diplomacy.TxNumber }

// Error names the transaction and the last one.
func (e *AheadError) Error() string {
	return fmt.Sprintf("transaction %d does not exist yet; the last is %d", e.After, e.Last)
}

// LaggingError ends a follower that fell behind by more than Options.MaxLag. A new
// follower that begins after After misses nothing.
type LaggingError struct{ After, Last diplomacy.TxNumber }

// Error says how far the follower is behind and where to resume.
func (e *LaggingError) Error() string {
	return fmt.Sprintf("behind by %d transactions; follow again after %d", e.Last-e.After, e.After)
}

// Follow returns a follower that begins after a transaction; 0 is before the first.
// It returns store.ErrForbidden if the store may not be read, and an *AheadError if
// there is no such transaction yet.
func (f *Feed) Follow(ctx context.Context, after diplomacy.TxNumber, which Filter) (*Follower, error) {
	now, err := f.store.Read(ctx, store.View{})
	if err != nil {
		return nil, err
	}
	now.Release()
	if last, _ := f.store.Committed(); after > last {
		return nil, &AheadError{after, last}
	}
	follower := &Follower{feed: f, which: which, position: after}
	return follower, follower.identify(ctx)
}

// FollowNew returns a follower that begins after the last committed transaction.
func (f *Feed) FollowNew(ctx context.Context, which Filter) (*Follower, error) {
	last, _ := f.store.Committed()
	return f.Follow(ctx, last, which)
}
