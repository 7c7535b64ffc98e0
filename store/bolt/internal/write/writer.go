package write

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
	"chancery/store/bolt/internal/overlay"
	"chancery/store/bolt/internal/query"
)

var _ store.Writer = (*Writer)(nil)

// Writer is a store.Writer. As a store.Reader it shows everything, its own changes too.
type Writer struct {
	query.View
	tx      *mvcc.Tx
	now     *overlay.View // the state with the changes of the transaction
	update  *mvcc.Update
	state   layout.State // after the transaction
	base    mvcc.Reader  // the state before the transaction
	summary diplomacy.Transaction
	// touched are the records put, restored or retracted, in the order of the first time.
	touched []diplomacy.ID
	seen    map[diplomacy.ID]bool
	// retracted has the last version of retracted records, on which entries of records
	// retracted after them still depend; retractions are their IDs in order.
	retracted   map[diplomacy.ID]diplomacy.Record
	retractions []diplomacy.ID
	// withheld are withdrawn records that the transaction restricted or brought back.
	withheld []diplomacy.ID
	// present are records known to exist; see exists.
	present map[diplomacy.ID]bool
	// remembered is set with a receipt, which is recorded even without changes.
	remembered bool
	fault      error // it left a change half done, so the transaction cannot be committed

	beforeRecord func() error // see New
}

// New returns a Writer of the transaction that follows the last one; Begin must follow.
// Before each record that a call changes, when nothing of the bbolt transaction is in
// use, the Writer calls beforeRecord, which may move its Tx to another.
func New(tx *mvcc.Tx, by store.Commit, beforeRecord func() error) *Writer {
	w := &Writer{
		View:      query.NewView(overlay.View{Reader: mvcc.Reader{Tx: tx}}, nil),
		tx:        tx,
		summary:   diplomacy.Transaction{Time: by.Time, Author: by.Author, Message: by.Message, Reverts: by.Reverts},
		seen:      map[diplomacy.ID]bool{},
		retracted: map[diplomacy.ID]diplomacy.Record{},
		present:   map[diplomacy.ID]bool{},

		beforeRecord: beforeRecord,
	}
	w.now = w.Overlay()
	return w
}

// Begin reads the last transaction and gives this one its number and time.
func (w *Writer) Begin(now func() time.Time) (err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	last, err := w.tx.State()
	if err != nil {
		return err
	}
	w.tx.FillPages()
	w.state = last.Next(w.summary.Time, now)
	w.now.Known = w.state.Last
	w.update = mvcc.NewUpdate(w.tx, w.now.Known)
	w.base = mvcc.Reader{Tx: w.tx, Known: last.Last, Past: true}
	w.summary.Number, w.summary.Time = w.now.Known, w.state.Time
	return w.writeSummary()
}

// MarkUnsourced implements store.Writer.
func (w *Writer) MarkUnsourced() { w.summary.Unsourced = true }

// newID returns the ID of a new record.
func (w *Writer) newID(kind diplomacy.Kind) diplomacy.ID {
	w.state.Stamp = max(w.state.Stamp+1, diplomacy.StampAt(w.state.Time))
	return diplomacy.MakeID(kind, w.state.Stamp)
}

// change runs a function that changes the graph. Damage to the file may have left a change
// half done, so the transaction cannot be committed after it.
func (w *Writer) change(ctx context.Context, fn func() error) error {
	err := w.Do(ctx, fn)
	if errors.Is(err, store.ErrCorrupt) {
		w.fault = err
	}
	return err
}

// touch adds a record to those that the transaction may have changed.
func (w *Writer) touch(id diplomacy.ID) {
	if !w.seen[id] {
		w.seen[id] = true
		w.touched = append(w.touched, id)
	}
}

// beforeEach must be called before each record that a call changes.
func (w *Writer) beforeEach(ctx context.Context, step int) error {
	if err := w.tx.Meter.Err(); err != nil {
		return err
	}
	if err := mvcc.Interrupted(ctx, step); err != nil {
		return err
	}
	w.tx.Meter.Work(mvcc.WriteWork)
	w.fault = w.beforeRecord()
	return w.fault
}

// Touched returns how many records were put, restored or retracted.
func (w *Writer) Touched() int { return len(w.touched) }

// ChangesRestriction reports whether the transaction changed which records are restricted.
func (w *Writer) ChangesRestriction() bool { return w.update.RestrictionChanged }
