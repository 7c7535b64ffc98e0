package bolt

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
)

// large is how many records a writer may touch while others wait for it: from
// then on it has a batch of its own, so that an import does not keep those from
// their answer who wrote just before it.
const large = 500

// between is called before each record that a call changes, when nothing of the
// bbolt transaction is in use.
func (w *writer) between(ctx context.Context, step int) error {
	if err := interrupted(ctx, step); err != nil || w.batch.members == 0 || len(w.touched) < w.db.large {
		return err
	}
	w.fault = w.part()
	return w.fault
}

// part flushes the batch without this writer, and goes on in a new one.
func (w *writer) part() error {
	if err := w.settleTables(); err != nil {
		return err
	}
	done := w.redo()
	if err := w.takeBack(); err != nil {
		return err
	}
	if w.db.flush(w.batch); w.batch.err != nil {
		return w.batch.err
	}
	if err := w.db.openBatch(); err != nil {
		return fmt.Errorf("write %s: %w", w.db.path, err)
	}
	return w.moveTo(w.db.batch, done)
}

// redo is what the buckets hold under the keys that the writer changed, sorted.
func (b *buckets) redo() []change {
	var done []change
	for _, c := range *b.journal {
		done = append(done, change{c.bucket, c.key, nil})
	}
	slices.SortFunc(done, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), bytes.Compare(a.key, b.key))
	})
	done = slices.CompactFunc(done, func(a, b change) bool { return a.bucket == b.bucket && bytes.Equal(a.key, b.key) })
	for i, c := range done { // copied, as it outlives its transaction
		done[i].key, done[i].old = bytes.Clone(c.key), bytes.Clone(b.bucket(c.bucket).Get(c.key))
	}
	return done
}

// moveTo makes what the writer did part of another batch, which is empty.
func (w *writer) moveTo(to *batch, done []change) (err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	w.batch, w.tx, w.journal = to, to.tx, nil
	for n := range w.opened {
		w.opened[n].Store(nil)
	}
	w.fillPages()
	for _, c := range done {
		if c.bucket == receipts {
			if _, err := w.tx.CreateBucketIfNotExists([]byte(bucketNames[receipts])); err != nil {
				return err
			}
		}
		if c.old == nil {
			err = w.delete(c.bucket, c.key)
		} else {
			err = w.put(c.bucket, c.key, c.old)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
