package feed_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/feed"
	"chancery/store"
)

// peek follows until the follower stands at the last transaction.
func peek(t testing.TB, f *feed.Feed, after diplomacy.TxNumber, which feed.Filter, last diplomacy.TxNumber) iter.Seq2[diplomacy.TxNumber, error] {
	return func(yield func(diplomacy.TxNumber, error) bool) {
		follower, err := f.Follow(t.Context(), after, which)
		if err != nil {
			yield(0, err)
			return
		}
		for follower.After() < last {
			// When it waits, it has looked at all there is.
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			number, err := follower.Next(ctx)
			cancel()
			if errors.Is(err, context.DeadlineExceeded) && follower.After() == last {
				return
			}
			if !yield(number, err) || err != nil {
				return
			}
		}
	}
}

// TestFollowersMissAndRepeatNothing commits all the time while followers begin anywhere, with and without
// a filter, some of them slow. Each is to see all numbers in order.
func TestFollowersMissAndRepeatNothing(t *testing.T) {
	const followers, each = 60, 60
	s := openStore(t)
	first := putTopics(t, s, 50)
	f := feed.New(s, feed.Options{})
	var done atomic.Bool
	var writer, readers sync.WaitGroup
	writer.Go(func() {
		for i := 0; !done.Load(); i++ {
			put(t, s, topic(fmt.Sprintf("busy-%d", i)))
		}
	})
	for i := range followers {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		which := feed.Filter{}
		if i%2 == 0 {
			which.Entities = []diplomacy.Kind{diplomacy.KindTopic} // which all are
		}
		readers.Go(func() {
			time.Sleep(time.Duration(random.IntN(50)) * time.Millisecond)
			now, _ := s.Committed()
			after := now - diplomacy.TxNumber(random.IntN(int(first)))
			follower, err := f.Follow(t.Context(), after, which)
			for want := after + 1; want <= after+each && err == nil; want++ {
				var got diplomacy.TxNumber
				if got, err = follower.Next(t.Context()); err == nil && got != want {
					t.Errorf("follower %d after %d: got %d, want %d", i, after, got, want)
					return
				}
				if random.IntN(10) == 0 {
					time.Sleep(time.Duration(random.IntN(3)) * time.Millisecond)
				}
			}
			if err != nil {
				t.Errorf("follower %d: %v", i, err)
			}
		})
	}
	readers.Wait()
	done.Store(true)
	writer.Wait()
}

func TestFollowNewSkipsEarlierTransactions(t *testing.T) {
	s := openStore(t)
	last := putTopics(t, s, 3)
	follower, err := feed.New(s, feed.Options{}).FollowNew(t.Context(), feed.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan diplomacy.TxNumber)
	go func() {
		number, _ := follower.Next(t.Context())
		got <- number
	}()
	select {
	case number := <-got:
		t.Fatalf("got %d, which was there before", number)
	case <-time.After(20 * time.Millisecond):
	}
	putTopics(t, s, 1)
	if number := <-got; number != last+1 {
		t.Errorf("got %d, want %d", number, last+1)
	}
}

func TestFollowingEndsWithItsContext(t *testing.T) {
	follower, err := feed.New(openStore(t), feed.Options{}).FollowNew(t.Context(), feed.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if number, err := follower.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %d, %v", number, err)
	}
}

func TestFollowRejectsFutureTransactionsAndForbiddenStores(t *testing.T) {
	s := openStore(t)
	last := putTopics(t, s, 2)
	f := feed.New(s, feed.Options{})
	ahead := (*feed.AheadError)(nil)
	if _, err := f.Follow(t.Context(), last+1, feed.Filter{}); !errors.As(err, &ahead) || ahead.Last != last {
		t.Errorf("after what is not there: %v", err)
	}
	if _, err := f.Follow(t.Context(), last, feed.Filter{}); err != nil {
		t.Errorf("after the last: %v", err)
	}
	anonymous := feed.New(access.Guard(s, access.Principal{}), feed.Options{})
	if _, err := anonymous.FollowNew(t.Context(), feed.Filter{}); !errors.Is(err, store.ErrForbidden) {
		t.Errorf("anonymous: %v, want ErrForbidden", err)
	}
}

// TestLaggingFollowerIsEnded: a follower that has reached the present may fall behind by MaxLag
// only; one that replays may be any distance behind.
func TestLaggingFollowerIsEnded(t *testing.T) {
	const most = 5
	s := openStore(t)
	putTopics(t, s, 4*most)
	f := feed.New(s, feed.Options{MaxLag: most})
	follower, err := f.Follow(t.Context(), 0, feed.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for range 4 * most {
		if _, err := follower.Next(t.Context()); err != nil {
			t.Fatalf("while replaying: %v", err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := follower.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("at the present: %v", err)
	}
	putTopics(t, s, most)
	if _, err := follower.Next(t.Context()); err != nil {
		t.Errorf("just behind: %v", err)
	}
	putTopics(t, s, 2)
	lagging := (*feed.LaggingError)(nil)
	if _, err := follower.Next(t.Context()); !errors.As(err, &lagging) || lagging.After != 4*most+1 || lagging.Last != 5*most+2 {
		t.Errorf("too far behind: %v", err)
	}
}
