package curation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Revert writes the opposite of a transaction, as another one, which may be
// reverted in its turn. Records that are again as they were before it are left
// alone; if all are, nothing is written. A later transaction that built on it blocks
// it, and is named: one that changed one of these records, that refers to one which
// would go, that recorded or confirmed evidence for a value which would go, or that
// judged what was joined.
//
// Its problems lie at number. The outcomes are those of the records that the
// transaction changed, in their order there.
func Revert(ctx context.Context, s store.Store, r RevertRequest) (Result, error) {
	if problems := signed(r.Author, r.Message); len(problems) > 0 {
		return Result{}, &Refused{problems}
	}
	var result Result
	by := store.Commit{Author: r.Author, Message: r.Message, Reverts: r.Number}
	transaction, err := write(ctx, s, by, func(w store.Writer) (unsourced bool, err error) {
		v := &reversal{ctx: ctx, w: w, number: r.Number, goes: map[diplomacy.ID]bool{}, back: map[diplomacy.ID]bool{}}
		result = Result{}
		if err := v.read(); err != nil {
			return false, err
		}
		if err := v.blocked(); err != nil {
			return false, err
		}
		if err := v.restore(); err != nil {
			return false, err
		}
		result.Outcomes, err = v.outcomes()
		if err != nil {
			return false, err
		}
		return v.bares()
	})
	if err != nil {
		return Result{}, err
	}
	result.Transaction = transaction
	return result, nil
}

// reversal is one try of a revert.
type reversal struct {
	ctx     context.Context
	w       store.Writer
	number  diplomacy.TxNumber
	changed []turn
	goes    map[diplomacy.ID]bool // records that will not be there any more
	back    map[diplomacy.ID]bool // records that get back what they said before, or go
}

// turn is a record that the transaction changed: as it was before, as the
// transaction left it, and as it is; nil where it was or is not there.
type turn struct {
	id                 diplomacy.ID
	before, after, now diplomacy.Record
}

// turns reports whether there is anything to do for the record.
func (t turn) turns() bool { return !same(t.before, t.now) }

// same reports whether two versions say the same; nil says nothing.
func same(a, b diplomacy.Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return len(diplomacy.Differences(a, b)) == 0
}

// read gathers what the transaction changed.
func (v *reversal) read() error {
	transactions, err := v.w.Transactions(v.ctx, []diplomacy.TxNumber{v.number})
	switch {
	case err != nil:
		return err
	case transactions[0] == nil:
		return refuse(Unknown, fmt.Sprintf("there is no transaction %d", v.number), "number")
	case transactions[0].Changes == 0:
		return refuse(Invalid, fmt.Sprintf("transaction %d changed nothing, so there is nothing to revert", v.number), "number")
	}
	ids, err := v.ids()
	if err != nil {
		return err
	}
	var versions [3][]diplomacy.Record
	for i, known := range []diplomacy.TxNumber{v.number - 1, v.number, v.w.Revision()} {
		if versions[i], err = versionsAt(v.ctx, v.w, ids, known); err != nil {
			return err
		}
	}
	for i, id := range ids {
		t := turn{id, versions[0][i], versions[1][i], versions[2][i]}
		v.changed = append(v.changed, t)
		v.goes[id], v.back[id] = t.before == nil && t.now != nil, t.turns()
	}
	return nil
}

func (v *reversal) ids() ([]diplomacy.ID, error) {
	var ids []diplomacy.ID
	for {
		changes, err := v.w.Changes(v.ctx, v.number, len(ids), store.MaxPage)
		if err != nil || len(changes) == 0 {
			return ids, err
		}
		for _, c := range changes {
			ids = append(ids, c.Record)
		}
	}
}

// versionsAt are records as a transaction left them; nil for those that were not
// there.
func versionsAt(ctx context.Context, r store.Reader, ids []diplomacy.ID, known diplomacy.TxNumber) ([]diplomacy.Record, error) {
	pages, err := r.Versions(ctx, ids, known+1, 1)
	if err != nil {
		return nil, err
	}
	records := make([]diplomacy.Record, len(ids))
	for i, page := range pages {
		if len(page) > 0 && page[0].Header().KnownAt(known) {
			records[i] = page[0]
		}
	}
	return records, nil
}

// restore puts the records back. What is to go goes first, for its keys and
// judgements may be in the way; then what was there comes back, the ends before
// their statements. One that another still stands in the way of is tried again.
func (v *reversal) restore() error {
	waiting := v.order()
	for len(waiting) > 0 {
		var again []diplomacy.ID
		var first *store.RefusedError
		for _, id := range waiting {
			err := v.w.Restore(v.ctx, v.number-1, id)
			refused, is := errors.AsType[*store.RefusedError](err)
			switch {
			case is:
				again = append(again, id)
				first = cmp.Or(first, refused)
			case err != nil:
				return fmt.Errorf("restore %s: %w", id, err)
			}
		}
		if len(again) == len(waiting) {
			return v.inTheWay(again[0], first)
		}
		waiting = again
	}
	return nil
}

// order is that in which records are restored. Of one sort, what was changed last
// comes first.
func (v *reversal) order() []diplomacy.ID {
	var going, coming [4][]diplomacy.ID
	for _, t := range slices.Backward(v.changed) {
		switch {
		case !t.turns():
		case v.goes[t.id]:
			going[rankOf(t.id)] = append(going[rankOf(t.id)], t.id)
		default:
			coming[rankOf(t.id)] = append(coming[rankOf(t.id)], t.id)
		}
	}
	slices.Reverse(going[:])
	return append(slices.Concat(going[:]...), slices.Concat(coming[:]...)...)
}

// rankOf orders sorts of records: each refers only to those of a lower one.
func rankOf(id diplomacy.ID) int {
	switch kind := id.Kind(); {
	case kind.IsEntity():
		return 0
	case kind.IsStatement():
		return 1
	case kind == diplomacy.KindEvidence:
		return 2
	}
	return 3
}

func (v *reversal) outcomes() ([]Outcome, error) {
	ids := make([]diplomacy.ID, len(v.changed))
	for i, t := range v.changed {
		ids[i] = t.id
	}
	records, err := v.w.Records(v.ctx, ids)
	if err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(ids))
	for i, t := range v.changed {
		outcomes[i] = outcomeOf(t.id, t.now, records[i])
	}
	return outcomes, nil
}

// bares reports whether the reversal leaves a statement without evidence that had
// some, or was not there.
func (v *reversal) bares() (bool, error) {
	var ids []diplomacy.ID
	for _, t := range v.changed {
		switch e, evidence := t.now.(*diplomacy.Evidence); {
		case evidence && t.before == nil:
			ids = append(ids, e.About)
		case t.id.Kind().IsStatement() && t.now == nil && t.before != nil:
			ids = append(ids, t.id)
		}
	}
	ids = slices.DeleteFunc(ids, func(id diplomacy.ID) bool { return !id.Kind().IsStatement() })
	bare, err := unsourced(v.ctx, v.w, ids)
	return len(bare) > 0, err
}
