package bolt

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Retract implements store.Writer.
func (w *writer) Retract(ctx context.Context, ids ...diplomacy.ID) error {
	return w.change(ctx, func() error {
		for i, id := range ids {
			if err := w.between(ctx, i); err != nil {
				return err
			}
			if err := w.retract(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// aboutIt leads from a record to the evidence about it.
var aboutIt = store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out}

// retract closes a record and the evidence about it.
func (w *writer) retract(id diplomacy.ID) error {
	if err := w.drop(id); err != nil {
		return err
	}
	for _, evidence := range w.vias(arcKey(nil, id, aboutIt)) {
		if err := w.drop(evidence); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) drop(id diplomacy.ID) error {
	r, err := w.record(id)
	if err != nil {
		return err
	}
	if r == nil {
		return fmt.Errorf("retract %s: %w", id, store.ErrNotFound)
	}
	w.dropped[id] = r
	w.touch(id)
	w.retracted = append(w.retracted, id)
	if err := w.reenter(r, nil, nil); err != nil {
		return err
	}
	return w.unset(records, recordKey(id))
}

// vias are the records that link along a part of the table of links, each once,
// in the order of their ids.
func (w *writer) vias(prefix []byte) []diplomacy.ID {
	var ids []diplomacy.ID
	c := w.current(links).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		ids = append(ids, number[diplomacy.ID](k[arcSize+groupSize:]))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// unreferenced refuses to leave links to what was retracted: whatever refers to
// a record gives it a link.
func (w *writer) unreferenced() error {
	c := w.current(links).Cursor()
	for _, id := range w.retracted {
		if w.value(records, recordKey(id)) != nil {
			continue // it was restored
		}
		prefix := be(nil, id)
		if k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) {
			return fmt.Errorf("retract %s: %w by %s; retract that too", id, store.ErrReferenced, number[diplomacy.ID](k[arcSize+groupSize:]))
		}
	}
	return nil
}
