package testbed

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"chancery/diplomacy"
	"chancery/store"
)

// Checked is a store whose answers have the shape that the contract promises: one
// element for each that was asked for, records of the kind of their ids, pages within
// their limits. What has not is an error, so that a trial fails in words.
type Checked struct{ store.Store }

// Read implements store.Store.
func (c Checked) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	s, err := c.Store.Read(ctx, view)
	if err == nil && s == nil {
		return nil, errors.New("the engine's Read returns neither a snapshot nor an error")
	}
	if err != nil {
		return nil, err
	}
	return checkedSnapshot{checkedReader{s}, s}, nil
}

// Write implements store.Store.
func (c Checked) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	ran := false
	t, err := c.Store.Write(ctx, by, func(w store.Writer) error {
		ran = true
		if w == nil {
			return errors.New("the engine's Write gives its function no Writer")
		}
		return fn(checkedWriter{checkedReader{w}, w})
	})
	if err == nil && !ran {
		return t, errors.New("the engine's Write succeeds without running its function")
	}
	return t, err
}

// Check implements store.Store.
func (c Checked) Check(ctx context.Context) iter.Seq2[string, error] {
	if findings := c.Store.Check(ctx); findings != nil {
		return findings
	}
	return func(yield func(string, error) bool) {
		yield("", errors.New("the engine's Check returns nothing to iterate"))
	}
}

type checkedSnapshot struct {
	checkedReader
	snapshot store.Snapshot
}

func (s checkedSnapshot) Release() { s.snapshot.Release() }

type checkedWriter struct {
	checkedReader
	writer store.Writer
}

func (w checkedWriter) Put(ctx context.Context, records ...diplomacy.Record) error {
	return checkRefused(w.writer.Put(ctx, records...), len(records))
}

func (w checkedWriter) Retract(ctx context.Context, ids ...diplomacy.ID) error {
	return w.writer.Retract(ctx, ids...)
}

func (w checkedWriter) Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error {
	return checkRefused(w.writer.Restore(ctx, known, ids...), len(ids))
}

func (w checkedWriter) Remember(ctx context.Context, key string, receipt []byte) error {
	return w.writer.Remember(ctx, key, receipt)
}

func (w checkedWriter) Restrict(ctx context.Context, ids ...diplomacy.ID) error {
	return w.writer.Restrict(ctx, ids...)
}

func (w checkedWriter) MarkUnsourced() { w.writer.MarkUnsourced() }

// checkRefused checks the refusals of a call for so many records.
func checkRefused(err error, n int) error {
	refused, ok := errors.AsType[*store.RefusedError](err)
	if !ok {
		return err
	}
	last := -1
	for _, r := range refused.Refusals {
		if r.Position <= last || r.Position >= n || r.Record == nil || len(r.Problems) == 0 {
			return fmt.Errorf("the engine's RefusedError has a refusal at position %d of %d, after one at %d, of record %v with %d problems", r.Position, n, last, r.Record, len(r.Problems))
		}
		last = r.Position
	}
	if last < 0 {
		return errors.New("the engine's RefusedError has no refusals")
	}
	return err
}
