package write

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// Restore implements store.Writer.
func (w *Writer) Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error {
	return w.change(ctx, func() error {
		if known > w.base.Known {
			return fmt.Errorf("restore the state after transaction %d, of %d so far: %w", known, w.base.Known, store.ErrNotFound)
		}
		then := &mvcc.Reader{Tx: w.tx, Known: known, Past: true}
		var refused refusals
		for i, id := range ids {
			if err := w.beforeEach(ctx, i); err != nil {
				return err
			}
			r, err := then.RecordCopy(id)
			if err != nil {
				return err
			}
			problems, err := w.restore(id, r)
			if err != nil {
				return err
			}
			refused.add(i, r, problems)
		}
		return refused.orNil()
	})
}

// restore returns a record to an earlier version, nil if it did not exist.
func (w *Writer) restore(id diplomacy.ID, then diplomacy.Record) (diplomacy.Problems, error) {
	current, err := w.now.Record(id)
	switch {
	case err != nil:
		return nil, err
	case then == nil && current == nil:
		return nil, nil
	case then == nil:
		return nil, w.retract(id)
	}
	withheld := current == nil && w.tx.Value(layout.Restricted, layout.WithheldKey(id)) != nil
	if withheld {
		*diplomacy.Restriction(then) = true
	}
	problems, err := w.restoreRecord(then, current)
	if !withheld || len(problems) > 0 || err != nil {
		return problems, err
	}
	return nil, w.update.Unset(layout.Restricted, layout.WithheldKey(id))
}

// restoreRecord writes an earlier version, with its ValueSince and Confirmed.
func (w *Writer) restoreRecord(r, current diplomacy.Record) (diplomacy.Problems, error) {
	follows := current
	if follows == nil {
		follows = r // fixed references never changed
	}
	if problems, err := w.refuse(r, follows); len(problems) > 0 || err != nil {
		return problems, err
	}
	payload, err := w.restoredVersion(r)
	if err != nil {
		return nil, err
	}
	w.touch(r.Header().ID)
	if err := w.writeVersion(r, current, payload); err != nil {
		return nil, err
	}
	return nil, w.reindexRestored(r)
}

// reindexRestored updates the entries of records that link to one which this transaction
// had retracted, since they depend on the version that it retracted.
func (w *Writer) reindexRestored(r diplomacy.Record) error {
	was, found := w.retracted[r.Header().ID]
	if !found {
		return nil
	}
	delete(w.retracted, r.Header().ID)
	if layout.ChangesLinks(was, r) {
		return w.reindexLinks(was)
	}
	return nil
}
