package bolt

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

var _ store.Writer = (*writer)(nil)

// writer is a store.Writer. As a reader it is in the state of its transaction,
// in which all current entries hold.
type writer struct {
	view
	db      *DB
	batch   *batch
	state   state  // as it will be
	base    reader // the state before the transaction
	summary diplomacy.Transaction
	moved   map[tableKey]diplomacy.TxNumber
	// touched are the records put or retracted, in the order of the first time.
	touched []diplomacy.ID
	seen    map[diplomacy.ID]bool
	// dropped are the records retracted, on which the entries still depend of
	// what is retracted after them.
	dropped   map[diplomacy.ID]diplomacy.Record
	retracted []diplomacy.ID
	veiled    bool // it changed what is restricted
	// remembered says that it has a receipt, so that it counts without changes.
	remembered bool
	fault      error // of ours, which left a change half done
}

// tableKey is a key of a table.
type tableKey struct {
	table table
	key   string
}

func newWriter(db *DB, by store.Commit) *writer {
	durable, _ := db.Committed()
	b := &buckets{tx: db.batch.tx, pending: &pending{}, decoded: db.decoded.upTo(durable)}
	if db.batch.members > 0 {
		b.journal = &journal{}
	}
	return &writer{
		view:    view{reader: reader{buckets: b, uncounted: map[counterKey]int{}}},
		db:      db,
		batch:   db.batch,
		summary: diplomacy.Transaction{Time: by.Time, Author: by.Author, Message: by.Message, Unsourced: by.Unsourced, Reverts: by.Reverts},
		moved:   map[tableKey]diplomacy.TxNumber{},
		seen:    map[diplomacy.ID]bool{},
		dropped: map[diplomacy.ID]diplomacy.Record{},
	}
}

// begin makes it the transaction that follows the last one.
func (w *writer) begin(now func() time.Time) (err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	last, err := readState(w.bucket(meta))
	if err != nil {
		return err
	}
	w.fillPages()
	w.state = last.next(w.summary.Time, now)
	w.known = w.state.last
	w.base = reader{buckets: w.buckets, known: last.last, past: true}
	w.summary.Number, w.summary.Time = w.known, w.state.time
	return w.summarize()
}

// fillPages leaves less room in the pages of buckets that grow at their end.
func (w *writer) fillPages() {
	for _, n := range []table{records, transactions, changes} {
		w.bucket(n).FillPercent = appended
	}
}

const appended = 0.9

// give makes the id of a new record.
func (w *writer) give(kind diplomacy.Kind) diplomacy.ID {
	w.state.stamp = max(w.state.stamp+1, diplomacy.StampAt(w.state.time))
	return diplomacy.MakeID(kind, w.state.stamp)
}

// change does what changes the graph. An error that is no refusal may have left
// something half done, so that nothing can be committed any more.
func (w *writer) change(ctx context.Context, fn func() error) error {
	_, err := read(ctx, &w.view, func(*reader) (any, error) { return nil, fn() })
	if errors.Is(err, store.ErrCorrupt) {
		w.fault = err
	}
	return err
}

// touch notes that a record was put or retracted.
func (w *writer) touch(id diplomacy.ID) {
	if !w.seen[id] {
		w.seen[id] = true
		w.touched = append(w.touched, id)
	}
}

// finish writes what sums up the transaction. A transaction without changes is
// the zero one.
func (w *writer) finish() (diplomacy.Transaction, error) {
	if w.fault != nil {
		return diplomacy.Transaction{}, w.fault
	}
	if err := w.unreferenced(); err != nil {
		return diplomacy.Transaction{}, err
	}
	for _, id := range w.touched {
		if action := w.action(id); action != "" {
			if err := w.note(id, action); err != nil {
				return diplomacy.Transaction{}, err
			}
		}
	}
	if w.summary.Changes == 0 && !w.remembered {
		return diplomacy.Transaction{}, nil
	}
	if err := w.settleTables(); err != nil {
		return diplomacy.Transaction{}, err
	}
	if err := w.settle(); err != nil {
		return diplomacy.Transaction{}, err
	}
	if err := w.summarize(); err != nil {
		return diplomacy.Transaction{}, err
	}
	return w.summary, w.put(meta, stateKey, w.state.encode())
}

// summarize writes what is known of the transaction: at the beginning for its
// own eyes, at the end for good.
func (w *writer) summarize() error {
	data, err := encodeSealed(&w.summary)
	if err != nil {
		return err
	}
	return w.put(transactions, be(nil, w.known), data)
}

// action is what the transaction did to a record on the whole.
func (w *writer) action(id diplomacy.ID) diplomacy.Term {
	before, since := w.base.get(records, recordKey(id))
	after, now := w.get(records, recordKey(id))
	switch {
	case before == nil && after == nil, since == now:
		return ""
	case before == nil:
		return "CREATED"
	case after == nil:
		return "CLOSED"
	}
	return "CHANGED"
}

// note notes a change.
func (w *writer) note(id diplomacy.ID, action diplomacy.Term) error {
	key := changeKey(w.known, w.summary.Changes)
	w.summary.Changes++
	return w.put(changes, key, append(be(nil, id), diplomacy.Actions.Code(action)))
}
