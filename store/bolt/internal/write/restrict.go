package write

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
)

// Restrict implements store.Writer.
func (w *Writer) Restrict(ctx context.Context, ids ...diplomacy.ID) error {
	return w.change(ctx, func() error {
		for i, id := range ids {
			if err := w.beforeEach(ctx, i); err != nil {
				return err
			}
			if err := w.withhold(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// withhold restricts a withdrawn record.
func (w *Writer) withhold(id diplomacy.ID) error {
	last, err := w.base.LastClosed(id)
	if err != nil {
		return err
	}
	if w.tx.Value(layout.Records, layout.RecordKey(id)) != nil || last == nil || diplomacy.Restriction(last) == nil {
		return fmt.Errorf("restrict %s, which is not a withdrawn source or statement: %w", id, store.ErrNotFound)
	}
	key := layout.WithheldKey(id)
	if w.tx.Value(layout.Restricted, key) != nil {
		return nil
	}
	w.summary.Restricts = true
	w.withheld = append(w.withheld, id)
	return w.update.Set(layout.Entry{Table: layout.Restricted, Key: key})
}
