package write

import (
	"cmp"
	"context"
	"runtime/debug"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
)

// Finish completes the transaction, unless its meter is exhausted or the context has
// ended, and returns its summary.
// That of a transaction without changes or receipt is zero.
func (w *Writer) Finish(ctx context.Context) (done diplomacy.Transaction, err error) {
	if err := cmp.Or(w.tx.Meter.Err(), ctx.Err()); err != nil {
		return done, err
	}
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	return w.complete()
}

// complete checks references, and writes the changes, pending entries, counters, the
// summary and the state.
func (w *Writer) complete() (diplomacy.Transaction, error) {
	if w.fault != nil {
		return diplomacy.Transaction{}, w.fault
	}
	if err := w.checkUnreferenced(); err != nil {
		return diplomacy.Transaction{}, err
	}
	for _, id := range w.touched {
		if action := w.action(id); action != "" {
			if err := w.writeChange(id, action); err != nil {
				return diplomacy.Transaction{}, err
			}
		}
	}
	if w.summary.Changes == 0 && !w.remembered && !w.summary.Restricts {
		return diplomacy.Transaction{}, nil
	}
	if err := w.tx.ApplyPending(); err != nil {
		return diplomacy.Transaction{}, err
	}
	if err := w.completeLongest(); err != nil {
		return diplomacy.Transaction{}, err
	}
	if err := w.tx.ApplyCounters(); err != nil {
		return diplomacy.Transaction{}, err
	}
	if err := w.writeSummary(); err != nil {
		return diplomacy.Transaction{}, err
	}
	if err := w.tx.Put(layout.Meta, layout.DeprecatedKey, layout.AppendUint64(nil, w.state.Last)); err != nil {
		return diplomacy.Transaction{}, err
	}
	return w.summary, w.tx.Put(layout.Meta, layout.StateKey, w.state.Encode())
}

// writeSummary writes what is known of the transaction: at the beginning for its own reads,
// at the end for good.
func (w *Writer) writeSummary() error {
	data, err := layout.Encode(&w.summary)
	if err != nil {
		return err
	}
	return w.tx.Put(layout.Transactions, layout.AppendUint64(nil, w.now.Known), data)
}

// action returns the net effect of the transaction on a record; empty for none.
func (w *Writer) action(id diplomacy.ID) diplomacy.Term {
	before, since := w.base.Get(layout.Records, layout.RecordKey(id))
	after, now := w.now.Get(layout.Records, layout.RecordKey(id))
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

// writeChange appends a change to the transaction.
func (w *Writer) writeChange(id diplomacy.ID, action diplomacy.Term) error {
	key := layout.ChangeKey(w.now.Known, w.summary.Changes)
	w.summary.Changes++
	return w.tx.Put(layout.Changes, key, append(layout.AppendUint64(nil, id), diplomacy.Actions.Code(action)))
}
