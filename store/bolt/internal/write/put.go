package write

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// Put implements store.Writer.
func (w *Writer) Put(ctx context.Context, records ...diplomacy.Record) error {
	return w.change(ctx, func() error {
		var refused refusals
		for i, r := range records {
			if err := w.beforeEach(ctx, i); err != nil {
				return err
			}
			if r == nil {
				return fmt.Errorf("put record %d: it is nil", i)
			}
			problems, err := w.putRecord(r)
			if err != nil {
				return err
			}
			refused.add(i, r, problems)
		}
		return refused.orNil()
	})
}

// putRecord writes a record, or returns what is wrong with it.
func (w *Writer) putRecord(r diplomacy.Record) (diplomacy.Problems, error) {
	normalize(r)
	current, err := w.currentOf(r)
	if err != nil {
		return nil, err
	}
	if problems, err := w.refuse(r, current); len(problems) > 0 || err != nil {
		return problems, err
	}
	if r.Header().ID == 0 {
		r.Header().ID = w.newID(r.Kind())
	}
	payload, err := w.nextVersion(r, current)
	if err != nil {
		return nil, err
	}
	w.touch(r.Header().ID)
	return nil, w.writeVersion(r, current, payload)
}

// normalize fills in default values.
func normalize(r diplomacy.Record) {
	if r, ok := r.(interface{ Normalize() }); ok {
		r.Normalize()
	}
}

// currentOf returns the version that a record follows; nil if there is none.
func (w *Writer) currentOf(r diplomacy.Record) (diplomacy.Record, error) {
	id := r.Header().ID
	if id == 0 || id.Kind() != r.Kind() {
		return nil, nil
	}
	return w.now.Record(id)
}

// writeVersion writes a version and updates the entries that depend on it.
func (w *Writer) writeVersion(r, current diplomacy.Record, payload []byte) error {
	id := r.Header().ID
	if current != nil && current.Header().From == r.Header().From && r.Header().From != w.now.Known {
		return nil // nothing changed
	}
	if err := w.update.Set(layout.Entry{Table: layout.Records, Key: layout.RecordKey(id), Payload: payload}); err != nil {
		return err
	}
	if err := w.reindex(current, r, nil); err != nil {
		return err
	}
	if current != nil && layout.ChangesLinks(current, r) {
		return w.reindexLinks(current)
	}
	return nil
}
