package query

import (
	"bytes"
	"context"
	"iter"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

func (r *reader) byNumber(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	found := make([]*diplomacy.Transaction, len(numbers))
	for i, n := range numbers {
		if err := r.interrupted(ctx, i); err != nil {
			return nil, err
		}
		r.Meter.Work(mvcc.RecordWork)
		data := r.Bucket(layout.Transactions).Get(layout.AppendUint64(nil, n))
		if data == nil || n > r.Known {
			continue
		}
		found[i] = &diplomacy.Transaction{Number: n}
		if err := layout.Decode(data, found[i]); err != nil {
			return nil, corrupt.Errorf("transaction %d: %w", n, err)
		}
		if err := r.redact(ctx, found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (r *reader) changesOf(ctx context.Context, n diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	var found []diplomacy.Change
	if n > r.Known || limit <= 0 {
		return nil, nil
	}
	from := after
	if r.Hides {
		from = 0 // hidden changes do not count
	}
	for change, err := range r.shownChanges(ctx, n, from) {
		if err != nil {
			return nil, err
		}
		if from < after {
			from++
			continue
		}
		r.Meter.Work(mvcc.VisitWork)
		if found = append(found, change); len(found) == limit {
			break
		}
	}
	return found, nil
}

// shownChanges iterates over the changes of a transaction, from a position, that are not
// hidden.
func (r *reader) shownChanges(ctx context.Context, n diplomacy.TxNumber, from int) iter.Seq2[diplomacy.Change, error] {
	return func(yield func(diplomacy.Change, error) bool) {
		for change, err := range r.changesFrom(ctx, n, from) {
			hidden := false
			if err == nil {
				hidden, err = r.ChangeHidden(n, change)
			}
			if (err != nil || !hidden) && !yield(change, err) || err != nil {
				return
			}
		}
	}
}

// changesFrom iterates over all changes of a transaction from a position.
func (r *reader) changesFrom(ctx context.Context, n diplomacy.TxNumber, from int) iter.Seq2[diplomacy.Change, error] {
	return func(yield func(diplomacy.Change, error) bool) {
		prefix, steps := layout.AppendUint64(nil, n), 0
		c := r.Bucket(layout.Changes).Cursor()
		for k, v := c.Seek(layout.ChangeKey(n, from)); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			err := r.interrupted(ctx, steps)
			change := diplomacy.Change{Record: layout.ID(v), Action: layout.TermOf(diplomacy.Actions, v[8])}
			if steps++; !yield(change, err) || err != nil {
				return
			}
		}
	}
}
