package model

import (
	"context"
	"errors"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

var _ store.Writer = (*Draft)(nil)

// Restore puts records as they stand in a moment of the past.
func (d *Draft) Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error {
	if err := d.usable(ctx); err != nil {
		return err
	}
	if known >= d.now().transaction.Number {
		return fmt.Errorf("restore what was after transaction %d: %w", known, store.ErrNotFound)
	}
	var refusals []store.Refusal
	for i, id := range ids {
		if err := d.usable(ctx); err != nil {
			return err
		}
		then := d.past[known].records[id]
		if problems := d.restore(id, then); len(problems) > 0 {
			refusals = append(refusals, store.Refusal{Position: i, Record: copyRecord(then), Problems: problems})
		}
	}
	return refusedError(refusals)
}

// restore makes a record what it was then, nil for what was not there.
func (d *Draft) restore(id diplomacy.ID, then diplomacy.Record) diplomacy.Problems {
	switch {
	case then == nil && d.now().records[id] == nil:
		return nil
	case then == nil:
		d.retract(id)
		return nil
	}
	then = copyRecord(then)
	if d.now().withheld[id] {
		*diplomacy.Restriction(then) = true
	}
	problems := d.refuseAgain(then)
	if len(problems) == 0 {
		d.succeed(then)
		delete(d.now().withheld, id)
	}
	return problems
}

// Restrict keeps the ids of withdrawn records.
func (d *Draft) Restrict(ctx context.Context, ids ...diplomacy.ID) error {
	if err := d.usable(ctx); err != nil {
		return err
	}
	for _, id := range ids {
		before := View{past: d.past[:len(d.past)-1], of: d.of, latest: d.latest}
		versions := before.versions(id)
		if len(versions) == 0 || diplomacy.Restriction(versions[0]) == nil || d.now().records[id] != nil {
			return fmt.Errorf("restrict %s, which is not withdrawn: %w", id, store.ErrNotFound)
		}
		if !d.now().withheld[id] {
			d.now().withheld[id], d.now().transaction.Restricts = true, true
		}
	}
	return nil
}

// refuseAgain says all that keeps a record out that was in the graph before:
// that nothing has its id now is no problem.
func (d *Draft) refuseAgain(r diplomacy.Record) diplomacy.Problems {
	if id := r.Header().ID; d.now().records[id] == nil {
		d.now().records[id] = r
		defer delete(d.now().records, id)
	}
	return d.refuse(r)
}

// receipt is what a moment remembers under a key.
type receipt []byte

// Remember keeps a receipt in the draft.
func (d *Draft) Remember(ctx context.Context, key string, text []byte) error {
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
func (v *View) Receipt(ctx context.Context, key string) (diplomacy.TxNumber, []byte, error) {
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
func (d *Draft) empty() bool {
	return len(d.now().changes)+len(d.now().receipts) == 0 && !d.now().transaction.Restricts
}
