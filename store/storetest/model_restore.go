package storetest

import (
	"context"
	"errors"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

var _ store.Writer = (*draft)(nil)

// Restore puts records as they stand in a moment of the past.
func (d *draft) Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error {
	if err := d.usable(ctx); err != nil {
		return err
	}
	if known >= d.now().transaction.Number {
		return fmt.Errorf("restore what was after transaction %d: %w", known, store.ErrNotFound)
	}
	for i, id := range ids {
		if err := d.usable(ctx); err != nil {
			return err
		}
		if err := d.restore(i, id, d.past[known].records[id]); err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) restore(position int, id diplomacy.ID, then diplomacy.Record) error {
	if then == nil && d.now().records[id] == nil {
		return nil
	}
	if then == nil {
		d.retract(id)
		return nil
	}
	then = clone(then)
	if problems := d.refuseAgain(then); len(problems) > 0 {
		return &store.RefusedError{Position: position, Record: then, Problems: problems}
	}
	d.succeed(then)
	return nil
}

// refuseAgain says all that keeps a record out that was in the graph before:
// that nothing has its id now is no problem.
func (d *draft) refuseAgain(r diplomacy.Record) diplomacy.Problems {
	if id := r.Header().ID; d.now().records[id] == nil {
		d.now().records[id] = r
		defer delete(d.now().records, id)
	}
	return d.refuse(r)
}

// receipt is what a moment remembers under a key.
type receipt []byte

// Remember keeps a receipt in the draft.
func (d *draft) Remember(ctx context.Context, key string, text []byte) error {
	n, _, err := d.Receipt(ctx, key)
	switch {
	case err != nil:
		return err
	case key == "" || len(key) > store.MaxReceiptKey:
		return errors.New("no key of a receipt")
	case n != 0:
		return fmt.Errorf("remember %q again: %w", key, store.ErrConflict)
	}
	d.now().receipts[key] = append(receipt{}, text...)
	return nil
}

// Receipt looks for the moment that remembers.
func (v *view) Receipt(ctx context.Context, key string) (diplomacy.TxNumber, []byte, error) {
	if err := v.usable(ctx); err != nil {
		return 0, nil, err
	}
	for n := range v.past {
		if text, found := v.past[n].receipts[key]; found {
			return diplomacy.TxNumber(n), text, nil
		}
	}
	return 0, nil, nil
}

// empty reports whether there is nothing to record.
func (d *draft) empty() bool { return len(d.now().changes)+len(d.now().receipts) == 0 }
