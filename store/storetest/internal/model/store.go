// Package model is the reference of the suite: a store that is meant to be obviously
// right, in plain maps.
package model

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// Store is a store.Store that is meant to be obviously right: it keeps the
// whole graph as every transaction left it and answers each read by looking at
// every record. It lives in memory and is slow beyond some thousand records.
type Store struct {
	clock   func() time.Time
	writing sync.Mutex // held by the Write that runs
	mu      sync.RWMutex
	past    []moment // past[n] is the graph as transaction n left it; only appended to
	later   chan struct{}
}

// moment is one state of the graph; it does not change once it is of the past.
type moment struct {
	transaction diplomacy.Transaction
	changes     []diplomacy.Change
	records     map[diplomacy.ID]diplomacy.Record
	receipts    map[string]receipt
	withheld    map[diplomacy.ID]bool // withdrawn records that are restricted
	stamp       uint64                // the last that was given to an ID
}

// New makes an empty graph. The clock gives the time of transactions that
// name none.
func New(clock func() time.Time) *Store {
	return &Store{clock: clock, past: []moment{{}}, later: make(chan struct{})}
}

func (m *Store) moments() []moment {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.past
}

// Read gives a view that ends with the transaction asked for.
func (m *Store) Read(ctx context.Context, of store.View) (store.Snapshot, error) {
	known := of.Known
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	past := m.moments()
	last := diplomacy.TxNumber(len(past) - 1)
	if known > last {
		return nil, fmt.Errorf("read as of transaction %d of %d: %w", known, last, store.ErrNotFound)
	}
	if known == 0 {
		known = last
	}
	return &View{past: past[:known+1], present: known == last, of: of, latest: past}, nil
}

// Write appends a moment if fn succeeds and something differs.
func (m *Store) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return diplomacy.Transaction{}, err
	}
	past := m.moments()
	d := newDraft(past, m.next(past[len(past)-1].transaction, by))
	d.of.Meter = by.Meter
	defer d.released.Store(true)
	if err := fn(d); err != nil {
		return diplomacy.Transaction{}, err
	}
	if err := d.finish(ctx); err != nil || d.empty() {
		return diplomacy.Transaction{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.past = append(m.past, *d.now())
	close(m.later)
	m.later = make(chan struct{})
	return d.now().transaction, nil
}

// next numbers and dates the transaction that follows last.
func (m *Store) next(last diplomacy.Transaction, by store.Commit) diplomacy.Transaction {
	at := by.Time
	if at.IsZero() {
		at = m.clock()
	}
	at = at.UTC().Truncate(time.Microsecond)
	if last.Number > 0 && !at.After(last.Time) {
		at = last.Time.Add(time.Microsecond)
	}
	return diplomacy.Transaction{Number: last.Number + 1, Time: at, Author: by.Author, Message: by.Message, Reverts: by.Reverts}
}

// Committed returns the number of the last transaction and a channel that is closed at
// the next one. Close leaves the channel open.
func (m *Store) Committed() (diplomacy.TxNumber, <-chan struct{}) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return diplomacy.TxNumber(len(m.past) - 1), m.later
}

// LastRestriction is the last moment: whether an earlier one would do is not asked.
func (m *Store) LastRestriction() diplomacy.TxNumber {
	last, _ := m.Committed()
	return last
}

// Check holds every record against the rules it was let in by.
func (m *Store) Check(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		past := m.moments()
		d := newDraft(past, diplomacy.Transaction{})
		for id, r := range past[len(past)-1].records {
			if err := ctx.Err(); err != nil {
				yield("", err)
				return
			}
			if problems := d.refuse(r); len(problems) > 0 && !yield(fmt.Sprintf("%s: %v", id, problems), nil) {
				return
			}
		}
	}
}

// Close has nothing to release.
func (m *Store) Close() error { return nil }

// newDraft begins a moment as a copy of the last one.
func newDraft(past []moment, t diplomacy.Transaction) *Draft {
	last := past[len(past)-1]
	records := maps.Clone(last.records)
	if records == nil {
		records = map[diplomacy.ID]diplomacy.Record{}
	}
	withheld := maps.Clone(last.withheld)
	if withheld == nil {
		withheld = map[diplomacy.ID]bool{}
	}
	past = append(slices.Clip(past), moment{transaction: t, records: records, receipts: map[string]receipt{}, withheld: withheld, stamp: last.stamp})
	return &Draft{View: View{past: past, present: true, of: store.Everything(0)}}
}
