package feed_test

import (
	"context"
	"errors"
	"flag"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/feed"
	"chancery/store"
)

// long is the flag of package storetest.
func long() bool { return flag.Lookup("long").Value.String() == "true" }

// tally is a store of which it is counted how often changes are read.
type tally struct {
	store.Store
	reads, open atomic.Int64
	slow        time.Duration
}

func (s *tally) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	s.open.Add(1)
	return tallied{snapshot, s}, err
}

type tallied struct {
	store.Snapshot
	of *tally
}

func (s tallied) Release() {
	s.of.open.Add(-1)
	s.Snapshot.Release()
}

func (s tallied) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	s.of.reads.Add(1)
	time.Sleep(s.of.slow)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.Snapshot.Changes(ctx, number, after, limit)
}

// TestDigestIsReadOnceForAllFollowers: what a transaction touched is read once, however many ask.
func TestDigestIsReadOnceForAllFollowers(t *testing.T) {
	const followers, transactions = 200, 30
	s := &tally{Store: openStore(t), slow: time.Millisecond}
	last := putTopics(t, s, transactions)
	f := feed.New(s, feed.Options{})
	var readers sync.WaitGroup
	for range followers {
		readers.Go(func() {
			follow(t, f, 0, feed.Filter{Entities: []diplomacy.Kind{diplomacy.KindTopic}}, last)
		})
	}
	readers.Wait()
	if got := s.reads.Load(); got != transactions {
		t.Errorf("changes were read %d times, of %d transactions", got, transactions)
	}
	if got := s.open.Load(); got != 0 {
		t.Errorf("%d snapshots were not released", got)
	}
}

// TestCancelledDigestIsMadeByAnotherFollower cancels the one that makes a digest while
// another waits for it.
func TestCancelledDigestIsMadeByAnotherFollower(t *testing.T) {
	s := &tally{Store: openStore(t), slow: 30 * time.Millisecond}
	last := putTopics(t, s, 2)
	f := feed.New(s, feed.Options{})
	topics := feed.Filter{Entities: []diplomacy.Kind{diplomacy.KindTopic}}
	ctx, cancel := context.WithCancel(t.Context())
	first, err := f.Follow(ctx, 0, topics)
	if err != nil {
		t.Fatal(err)
	}
	gaveUp := make(chan error)
	go func() {
		_, err := first.Next(ctx)
		gaveUp <- err
	}()
	time.AfterFunc(10*time.Millisecond, cancel)
	time.Sleep(5 * time.Millisecond)
	if got := follow(t, f, 0, topics, last); !slices.Equal(got, []diplomacy.TxNumber{1}) {
		t.Errorf("the other got %v", got)
	}
	if err := <-gaveUp; !errors.Is(err, context.Canceled) {
		t.Errorf("the first ended with %v", err)
	}
}

// endless is a store of transactions that make a topic each; only the numbers are
// kept.
type endless struct {
	store.Store
	last diplomacy.TxNumber
}

func (s endless) Committed() (diplomacy.TxNumber, <-chan struct{}) { return s.last, nil }

func (s endless) LastRestriction() diplomacy.TxNumber { return 0 }

func (s endless) Read(context.Context, store.View) (store.Snapshot, error) { return page{}, nil }

type page struct{ store.Snapshot }

func (page) Release() {}

func (page) Revision() diplomacy.TxNumber { return 0 }

func (page) Same(_ context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	return make([][]diplomacy.Record, len(ids)), nil
}

func (page) Changes(_ context.Context, number diplomacy.TxNumber, _, _ int) ([]diplomacy.Change, error) {
	return []diplomacy.Change{{Record: diplomacy.MakeID(diplomacy.KindTopic, uint64(number)), Action: "CREATED"}}, nil
}

// TestDigestCacheIsBounded replays a long past for the sake of its last transaction.
func TestDigestCacheIsBounded(t *testing.T) {
	last := diplomacy.TxNumber(100_000)
	if long() {
		last = 1_000_000
	}
	const memory = 100_000 // ids
	f := feed.New(endless{last: last}, feed.Options{Memory: memory})
	rare := feed.Filter{Records: []diplomacy.ID{diplomacy.MakeID(diplomacy.KindTopic, uint64(last))}}
	before := heap()
	follower, err := f.Follow(t.Context(), 0, rare)
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if number, err := follower.Next(t.Context()); err != nil || number != last {
		t.Fatalf("got %d, %v", number, err)
	}
	grown := int64(heap()) - int64(before)
	t.Logf("%d transactions in %v; %d kB more in memory", last, time.Since(begun), grown/1024)
	if grown > 2*8*memory {
		t.Errorf("%d bytes are kept, for %d ids", grown, memory)
	}
	runtime.KeepAlive(f)
}

// TestReplayCanBeCancelled cancels it on the way.
func TestReplayCanBeCancelled(t *testing.T) {
	f := feed.New(endless{last: 1 << 40}, feed.Options{})
	follower, err := f.Follow(t.Context(), 0, feed.Filter{Records: []diplomacy.ID{1}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var at time.Time
	time.AfterFunc(20*time.Millisecond, func() { at = time.Now(); cancel() })
	if _, err := follower.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if took := time.Since(at); took > time.Second {
		t.Errorf("it took %v to give up", took)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
