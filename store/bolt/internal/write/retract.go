package write

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
)

// Retract implements store.Writer.
func (w *Writer) Retract(ctx context.Context, ids ...diplomacy.ID) error {
	return w.change(ctx, func() error {
		for i, id := range ids {
			if err := w.beforeEach(ctx, i); err != nil {
				return err
			}
			if err := w.retract(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// evidenceAbout is the arc from a record to the evidence about it.
var evidenceAbout = store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out}

// retract closes a record and the evidence about it.
func (w *Writer) retract(id diplomacy.ID) error {
	if err := w.retractOne(id); err != nil {
		return err
	}
	for _, evidence := range w.linkedBy(layout.ArcKey(nil, id, evidenceAbout)) {
		if err := w.retractOne(evidence); err != nil {
			return err
		}
	}
	return nil
}

// retractOne closes a record alone.
func (w *Writer) retractOne(id diplomacy.ID) error {
	r, err := w.now.Record(id)
	if err != nil {
		return err
	}
	if r == nil {
		return fmt.Errorf("retract %s: %w", id, store.ErrNotFound)
	}
	w.retracted[id] = r
	delete(w.present, id)
	w.touch(id)
	w.retractions = append(w.retractions, id)
	if err := w.reindex(r, nil, nil); err != nil {
		return err
	}
	return w.update.Unset(layout.Records, layout.RecordKey(id))
}

// linkedBy returns the records that add links with a prefix, in ascending order.
func (w *Writer) linkedBy(prefix []byte) []diplomacy.ID {
	var ids []diplomacy.ID
	c := w.tx.Current(layout.Links).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		ids = append(ids, layout.LinkVia(k))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// checkUnreferenced fails if there are links to a retracted record: every reference to a
// record adds a link to it.
func (w *Writer) checkUnreferenced() error {
	c := w.tx.Current(layout.Links).Cursor()
	for _, id := range w.retractions {
		if w.tx.Value(layout.Records, layout.RecordKey(id)) != nil {
			continue // restored
		}
		prefix := layout.AppendUint64(nil, id)
		if k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) {
			return fmt.Errorf("retract %s: %w by %s; retract that too", id, store.ErrReferenced, layout.LinkVia(k))
		}
	}
	return nil
}
