package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"iter"

	"chancery/diplomacy"
)

func (r *reader) byNumber(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	found := make([]*diplomacy.Transaction, len(numbers))
	for i, n := range numbers {
		if err := interrupted(ctx, i); err != nil {
			return nil, err
		}
		data := r.bucket(transactions).Get(be(nil, n))
		if data == nil || n > r.known {
			continue
		}
		found[i] = &diplomacy.Transaction{Number: n}
		if err := decodeSealed(data, found[i]); err != nil {
			return nil, corrupt("transaction %d: %w", n, err)
		}
		if err := r.blank(ctx, found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// blank takes out of a transaction what it did to hidden records, and with that
// who did it and why.
func (r *reader) blank(ctx context.Context, t *diplomacy.Transaction) error {
	if !r.hides {
		return nil
	}
	n, err := r.shownOf(ctx, t.Number)
	if err == nil && n < t.Changes {
		t.Changes, t.Author, t.Message = n, "", ""
	}
	return err
}

// shownOf counts the changes of a transaction that are not hidden, once for each
// state of the file: an import has many.
func (r *reader) shownOf(ctx context.Context, number diplomacy.TxNumber) (n int, err error) {
	of := tally{r.last, number}
	if n, known := r.decoded.shown.Get(of); known {
		return n, nil
	}
	for _, err := range r.shownChanges(ctx, number, 0) {
		if err != nil {
			return 0, err
		}
		n++
	}
	r.decoded.shown.Add(of, n)
	return n, nil
}

// changeKey is the place of one change of a transaction.
func changeKey(n diplomacy.TxNumber, position int) []byte {
	return binary.BigEndian.AppendUint32(be(nil, n), uint32(position))
}

func (r *reader) changesOf(ctx context.Context, n diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	var found []diplomacy.Change
	if n > r.known || limit <= 0 {
		return nil, nil
	}
	from := after
	if r.hides {
		from = 0 // where that is depends on what is hidden before
	}
	for change, err := range r.shownChanges(ctx, n, from) {
		if err != nil {
			return nil, err
		}
		if from < after {
			from++
			continue
		}
		if found = append(found, change); len(found) == limit {
			break
		}
	}
	return found, nil
}

// shownChanges yields the changes of a transaction from a position on that are
// not of hidden records.
func (r *reader) shownChanges(ctx context.Context, n diplomacy.TxNumber, from int) iter.Seq2[diplomacy.Change, error] {
	return func(yield func(diplomacy.Change, error) bool) {
		prefix, steps := be(nil, n), 0
		c := r.bucket(changes).Cursor()
		for k, v := c.Seek(changeKey(n, from)); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			change := diplomacy.Change{Record: number[diplomacy.ID](v), Action: term(diplomacy.Actions, v[8])}
			hidden, err := r.hidden(change.Record)
			if err == nil {
				err = interrupted(ctx, steps)
			}
			if steps++; (err != nil || !hidden) && !yield(change, err) || err != nil {
				return
			}
		}
	}
}
