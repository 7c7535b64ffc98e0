package feed

import (
	"context"

	"chancery/diplomacy"
)

// Follower reads a feed for one subscriber. It is for one goroutine at a time, and
// needs no closing.
type Follower struct {
	feed     *Feed
	which    Filter
	position diplomacy.TxNumber // the last one told of, or passed over
	live     bool               // it has reached the present before
}

// After is the number after which the follower goes on: that of the last
// transaction told of, or of a later one that did not pass the filter.
func (f *Follower) After() diplomacy.TxNumber { return f.position }

// Next waits for the next transaction that passes, and gives its number. It is
// ended by its context, and with a *LaggingError.
func (f *Follower) Next(ctx context.Context) (diplomacy.TxNumber, error) {
	for {
		last, later := f.feed.store.Committed()
		if f.position >= last {
			f.live = true
			if err := wait(ctx, later); err != nil {
				return 0, err
			}
			continue
		}
		if f.live && last-f.position > f.feed.maxLag {
			return 0, &LaggingError{f.position, last}
		}
		if found, err := f.advance(ctx, last); found || err != nil {
			return f.position, err
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
		f.position++
		if f.which.passes(d) {
			return true, nil
		}
	}
	return false, nil
}
