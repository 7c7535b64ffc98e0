// Package testbed is what trials work with: a fresh store, records of all kinds, and
// comparisons that fail in words.
package testbed

import (
	"sync"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// Clock is a time that stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at noon of one day.
func NewClock() *Clock { return &Clock{now: time.Date(2020, 4, 27, 12, 0, 0, 0, time.UTC)} }

// Now is the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move puts the clock on, or back.
func (c *Clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// Bed is what a trial works with: a store of its own, checked and closed at its end.
type Bed struct {
	*testing.T
	Store   store.Store
	Clock   *Clock
	options Options
}

// NewBed opens a store for a trial.
func NewBed(t *testing.T, open Opener, o Options) *Bed {
	b := &Bed{T: t, Clock: NewClock(), options: o}
	engine := open(t, b.Clock.Now)
	if engine == nil {
		t.Fatal("the engine opens no store")
	}
	b.Store = Checked{engine}
	t.Cleanup(func() {
		defer func() { Must(t, b.Store.Close(), "close") }()
		if _, missing := o.Missing[SelfInspection]; !missing && !t.Failed() && !t.Skipped() {
			defer FailOnPanic(t)
			CheckSound(t, b.Store)
		}
	})
	return b
}

// needs skips the rest of the trial if the engine lacks a capability.
func (b *Bed) needs(capabilities ...Capability) {
	b.Helper()
	b.options.SkipWithout(b.T, capabilities...)
}

// GoIn runs a function in a goroutine of a group, where a panic is a failure of the
// trial, which waits for it also when it fails before.
func (b *Bed) GoIn(group *sync.WaitGroup, run func()) {
	b.Cleanup(group.Wait)
	group.Go(func() {
		defer FailOnPanic(b)
		run()
	})
}

// CheckSound ends the test unless Check finds nothing.
func CheckSound(t Tester, s store.Store) {
	t.Helper()
	for finding, err := range s.Check(Background) {
		Must(t, err, "check")
		t.Fatalf("check finds: %s", finding)
	}
}

// Write moves the clock by a second and writes.
func (b *Bed) Write(fn func(store.Writer) error) (diplomacy.Transaction, error) {
	b.Clock.Move(time.Second)
	return b.Store.Write(Background, store.Commit{Author: "curator"}, fn)
}

// TryPut puts copies, so that the test may go on changing its records, and
// gives the records their ids.
func (b *Bed) TryPut(records ...diplomacy.Record) (diplomacy.Transaction, error) {
	var copies []diplomacy.Record
	t, err := b.Write(func(w store.Writer) error {
		copies = Clones(records)
		return w.Put(Background, copies...)
	})
	if err == nil {
		for i, r := range records {
			r.Header().ID = copies[i].Header().ID
		}
	}
	return t, err
}

// Put puts copies of records and gives the records their ids; an error ends the trial.
func (b *Bed) Put(records ...diplomacy.Record) diplomacy.Transaction {
	b.Helper()
	t, err := b.TryPut(records...)
	Must(b, err, "put")
	return t
}

// Retract closes records; an error ends the trial.
func (b *Bed) Retract(ids ...diplomacy.ID) diplomacy.Transaction {
	b.Helper()
	t, err := b.Write(func(w store.Writer) error { return w.Retract(Background, ids...) })
	Must(b, err, "retract")
	return t
}

// Now looks at the present until the test ends.
func (b *Bed) Now() MustReader { return b.At(0) }

// At looks at the graph as a transaction left it.
func (b *Bed) At(known diplomacy.TxNumber) MustReader {
	b.Helper()
	if known != 0 {
		b.needs(Past)
	}
	snapshot, err := b.Store.Read(Background, store.Everything(known))
	Must(b, err, "read")
	b.Cleanup(snapshot.Release)
	return MustReader{b, snapshot}
}

// Restore restores records; an error ends the trial.
func (b *Bed) Restore(known diplomacy.TxNumber, ids ...diplomacy.ID) diplomacy.Transaction {
	b.Helper()
	t, err := b.Write(func(w store.Writer) error { return w.Restore(Background, known, ids...) })
	Must(b, err, "restore")
	return t
}
