package storetest

import (
	"sync"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// clock is a time that stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2020, 4, 27, 12, 0, 0, 0, time.UTC)} }

// Now is the time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// move puts the clock on, or back.
func (c *clock) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// bed is what a test of the suite works on: a store of its own, found sound
// and closed at its end.
type bed struct {
	*testing.T
	store store.Store
	clock *clock
}

func newBed(t *testing.T, open Opener) *bed {
	b := &bed{T: t, clock: newClock()}
	b.store = open(t, b.clock.Now)
	t.Cleanup(func() {
		defer func() { must(t, b.store.Close(), "close") }()
		if !t.Failed() {
			sound(t, b.store)
		}
	})
	return b
}

// sound ends the test unless Check finds nothing.
func sound(t tester, s store.Store) {
	t.Helper()
	for finding, err := range s.Check(background) {
		must(t, err, "check")
		t.Fatalf("check finds: %s", finding)
	}
}

// write moves the clock by a second and writes.
func (b *bed) write(fn func(store.Writer) error) (diplomacy.Transaction, error) {
	b.clock.move(time.Second)
	return b.store.Write(background, store.Commit{Author: "curator"}, fn)
}

// tryPut puts copies, so that the test may go on changing its records, and
// gives the records their ids.
func (b *bed) tryPut(records ...diplomacy.Record) (diplomacy.Transaction, error) {
	var copies []diplomacy.Record
	t, err := b.write(func(w store.Writer) error {
		copies = clones(records)
		return w.Put(background, copies...)
	})
	if err == nil {
		for i, r := range records {
			r.Header().ID = copies[i].Header().ID
		}
	}
	return t, err
}

func (b *bed) put(records ...diplomacy.Record) diplomacy.Transaction {
	b.Helper()
	t, err := b.tryPut(records...)
	must(b, err, "put")
	return t
}

func (b *bed) retract(ids ...diplomacy.ID) diplomacy.Transaction {
	b.Helper()
	t, err := b.write(func(w store.Writer) error { return w.Retract(background, ids...) })
	must(b, err, "retract")
	return t
}

// now looks at the present until the test ends.
func (b *bed) now() look { return b.at(0) }

// at looks at the graph as a transaction left it.
func (b *bed) at(known diplomacy.TxNumber) look {
	b.Helper()
	snapshot, err := b.store.Read(background, store.Everything(known))
	must(b, err, "read")
	b.Cleanup(snapshot.Release)
	return look{b, snapshot}
}
