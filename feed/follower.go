package feed

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Follower reads a feed for one subscriber. It is for one goroutine at a time, and
// needs no closing.
type Follower struct {
	feed     *Feed
	which    Filter
	records  []diplomacy.ID     // those of the filter, and all that are held to be the same
	position diplomacy.TxNumber // the last one told of, or passed over
	live     bool               // it has reached the present before
}

// After is the number after which the follower goes on: that of the last
// transaction told of, or of a later one that did not pass the filter.
func (f *Follower) After() diplomacy.TxNumber { return f.position }

// Next waits for the next transaction that passes, and gives its number. It is
// ended by its context, and with a *LaggingError.
func (f *Follower) Next(ctx context.Context) (diplomacy.TxNumber, error) {
	number, _, err := f.NextWhile(ctx, func() bool { return true })
	return number, err
}

// NextWhile is Next for who may become another on the way: he is asked whether he is
// the same before anything is looked at, and before there is nothing more to look at.
// Where he is not, he has looked at nothing behind After.
func (f *Follower) NextWhile(ctx context.Context, same func() bool) (number diplomacy.TxNumber, is bool, err error) {
	for {
		if !same() {
			return 0, false, nil
		}
		last, later := f.feed.store.Committed()
		if f.position >= last {
			f.live = true
			if err := wait(ctx, later); err != nil {
				return 0, true, err
			}
			continue
		}
		if f.live && last-f.position > f.feed.maxLag {
			return 0, true, &LaggingError{f.position, last}
		}
		if found, err := f.advance(ctx, last); found || err != nil {
			return f.position, true, err
		}
	}
}

func wait(ctx context.Context, later <-chan struct{}) error {
	select {
	case <-later:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stride is how many transactions are looked at in one snapshot.
const stride = 256

// advance goes on to the next transaction that passes, or for a stride.
func (f *Follower) advance(ctx context.Context, last diplomacy.TxNumber) (found bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if f.which.all() {
		f.position++
		return true, nil
	}
	look := f.feed.digests.open()
	defer look.close()
	for end := min(last, f.position+stride); f.position < end; {
		d, err := look.digest(ctx, f.position+1)
		if err != nil {
			return false, err
		}
		if d.changed(diplomacy.KindJudgement) {
			if err := f.identify(ctx); err != nil {
				return false, err
			}
		}
		f.position++
		if f.which.passes(d, f.records) {
			return true, nil
		}
	}
	return false, nil
}

// identify finds out which records are held now to be those of the filter: what
// touches one of them touches them all.
func (f *Follower) identify(ctx context.Context) error {
	if len(f.which.Records) == 0 {
		return nil
	}
	now, err := f.feed.store.Read(ctx, store.View{})
	if err != nil {
		return err
	}
	defer now.Release()
	groups, err := now.Same(ctx, f.which.Records)
	if err != nil {
		return err
	}
	f.records = slices.Clone(f.which.Records) // some may be gone, but were there once
	for _, group := range groups {
		for _, record := range group {
			f.records = append(f.records, record.Header().ID)
		}
	}
	return nil
}
