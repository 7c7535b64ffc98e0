package feed

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// Follower reads a feed for one subscriber. It is not safe for concurrent use and
// needs no closing.
type Follower struct {
	feed     *Feed
	which    Filter
	records  []diplomacy.ID     // those of the filter, and those merged with them
	position diplomacy.TxNumber // the last transaction returned or skipped
	live     bool               // it has reached the present before
}

// After returns the number after which the follower continues: that of the last
// transaction it returned, or of a later one that did not match the filter.
func (f *Follower) After() diplomacy.TxNumber { return f.position }

// Next blocks until a transaction matches the filter and returns its number. It fails
// with the error of the context, or with a *LaggingError.
func (f *Follower) Next(ctx context.Context) (diplomacy.TxNumber, error) {
	number, _, err := f.NextWhile(ctx, func() bool { return true })
	return number, err
}

// NextWhile is like Next for a subscriber whose permissions may change: it calls
// allowed before each read and before it waits, and returns false once that does. By
// then nothing after After has been read.
func (f *Follower) NextWhile(ctx context.Context, allowed func() bool) (number diplomacy.TxNumber, ok bool, err error) {
	for {
		if !allowed() {
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

// stride is the maximum number of transactions read in one snapshot.
const stride = 256

// advance moves to the next transaction that matches, or by one stride.
func (f *Follower) advance(ctx context.Context, last diplomacy.TxNumber) (found bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if f.which.IsZero() {
		f.position++
		return true, nil
	}
	digests := f.feed.digests.open()
	defer digests.close()
	for end := min(last, f.position+stride); f.position < end; {
		d, err := digests.digest(ctx, f.position+1)
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

// identify finds the records that are now merged with those of the filter: what
// touches one of them touches all.
func (f *Follower) identify(ctx context.Context) error {
	if len(f.which.Records) == 0 {
		return nil
	}
	now, err := f.feed.store.Read(ctx, store.View{})
	if err != nil {
		return err
	}
	defer now.Release()
	f.records, err = f.which.identify(ctx, now)
	return err
}
