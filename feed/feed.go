// Package feed follows what is committed to a store, transaction by transaction.
//
// There is one path for what is there already and for what comes: a Follower
// knows the number of the last transaction it told of, asks the store for the last
// that is committed, and waits only when the two are the same. Nothing is queued
// for it, so there is no seam between replay and the present at which a
// transaction could fall out or come twice, and a follower that nobody reads from
// costs nothing but itself.
//
// What a transaction touched is found out once and shared by all who ask.
package feed

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// Feed lets many follow one store. Its methods may be called by many goroutines.
type Feed struct {
	store   store.Store
	maxLag  diplomacy.TxNumber
	digests *digests
}

// Options of a Feed; the zero value is the documented default.
type Options struct {
	// MaxLag is by how many transactions a follower that had reached the present
	// may fall behind it. Default: 1,000.
	MaxLag int
	// Memory is about how many ids to keep of what transactions touched; each
	// takes eight bytes. Default: 1,000,000.
	Memory int
}

// New makes a feed of all that the store shows: of a guarded store, what its
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

// AheadError is asked of a feed for what is beyond the present.
type AheadError struct{ After, Last diplomacy.TxNumber }

// Error says what there is.
func (e *AheadError) Error() string {
	return fmt.Sprintf("transaction %d is not there yet; the last is %d", e.After, e.Last)
}

// LaggingError ends a follower that fell too far behind. A new one that begins
// after After misses nothing.
type LaggingError struct{ After, Last diplomacy.TxNumber }

// Error says how far.
func (e *LaggingError) Error() string {
	return fmt.Sprintf("behind by %d transactions; follow again after %d", e.Last-e.After, e.After)
}

// Follow begins after a transaction; 0 is before the first. ErrForbidden if the
// store may not be read, an *AheadError if there is no such transaction yet.
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

// FollowNew begins after the last transaction there is.
func (f *Feed) FollowNew(ctx context.Context, which Filter) (*Follower, error) {
	last, _ := f.store.Committed()
	return f.Follow(ctx, last, which)
}
