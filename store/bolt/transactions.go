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
	tells, err := r.tells(ctx, t.Number)
	if err == nil && !tells.all {
		*t = diplomacy.Transaction{Number: t.Number, Time: t.Time, Changes: tells.shown}
	}
	return err
}

// telling is what a transaction tells: how many changes that are not hidden, and
// whether nothing that it wrote or closed is.
type telling struct {
	shown int
	all   bool
}

// tells is found out once for each state of the file: an import has many changes.
func (r *reader) tells(ctx context.Context, number diplomacy.TxNumber) (telling, error) {
	of := tally{r.last, number}
	if tells, known := r.decoded.telling.Get(of); known {
		return tells, nil
	}
	tells := telling{all: true}
	for change, err := range r.changesFrom(ctx, number, 0) {
		if err != nil {
			return telling{}, err
		}
		hidden, err := r.hiddenChange(number, change)
		if err != nil {
			return telling{}, err
		}
		before, err := r.hiddenAt(change.Record, number-1)
		if err != nil {
			return telling{}, err
		}
		if !hidden {
			tells.shown++
		}
		tells.all = tells.all && !hidden && !before
	}
	r.decoded.telling.Add(of, tells)
	return tells, nil
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
// not hidden.
func (r *reader) shownChanges(ctx context.Context, n diplomacy.TxNumber, from int) iter.Seq2[diplomacy.Change, error] {
	return func(yield func(diplomacy.Change, error) bool) {
		for change, err := range r.changesFrom(ctx, n, from) {
			hidden := false
			if err == nil {
				hidden, err = r.hiddenChange(n, change)
			}
			if (err != nil || !hidden) && !yield(change, err) || err != nil {
				return
			}
		}
	}
}

// changesFrom yields all changes of a transaction from a position on.
func (r *reader) changesFrom(ctx context.Context, n diplomacy.TxNumber, from int) iter.Seq2[diplomacy.Change, error] {
	return func(yield func(diplomacy.Change, error) bool) {
		prefix, steps := be(nil, n), 0
		c := r.bucket(changes).Cursor()
		for k, v := c.Seek(changeKey(n, from)); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			err := interrupted(ctx, steps)
			change := diplomacy.Change{Record: number[diplomacy.ID](v), Action: term(diplomacy.Actions, v[8])}
			if steps++; !yield(change, err) || err != nil {
				return
			}
		}
	}
}
