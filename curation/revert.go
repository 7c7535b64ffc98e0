package curation

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/store"
)

// Revert undoes a transaction by another one, which may be reverted in its turn.
// Records that are as they were before it are left alone; if all are, nothing is
// written. A later transaction that built on it blocks it, and is named: one that
// changed one of these records, that refers to one which would be closed, that recorded
// or confirmed evidence for a value which would change, or that judged merged entities.
//
// With Cascade, such transactions are undone first, the latest of them first, all in the one
// transaction that Revert writes; at most MaxCascade of them, with MaxChanges changes.
//
// The path of its problems is number; other errors are those of store.Store.Write. The
// outcomes are those of the records that the transactions changed, in the order in which
// they were undone and their order there.
func Revert(ctx context.Context, s store.Store, r RevertRequest) (Result, error) {
	if problems := checkSignature(r.Author, r.Message); len(problems) > 0 {
		return Result{}, &Refused{problems}
	}
	var result Result
	var would consequences // of a dry run
	by := store.Commit{Author: r.Author, Message: r.Message, Reverts: r.Number}
	transaction, err := s.Write(ctx, by, func(w store.Writer) (err error) {
		c := &cascade{ctx: ctx, w: w, request: r, original: map[diplomacy.ID]diplomacy.Record{}}
		if err := c.revert(r.Number); err != nil {
			return err
		}
		result = Result{Reverted: c.done}
		result.Outcomes, err = c.outcomes()
		if err == nil && r.DryRun && r.Warn {
			would, err = consequencesOf(ctx, w, result.Outcomes)
		}
		if err == nil && r.DryRun {
			return errDryRun
		}
		return err
	})
	switch {
	case errors.Is(err, errDryRun) && r.Warn:
		result.Warnings = would.warningsSince(ctx, s, 0)
		return result, nil
	case errors.Is(err, errDryRun):
		return result, nil
	case err != nil:
		return Result{}, err
	}
	result.Transaction = transaction
	if r.Warn {
		result.Warnings = warnCommitted(ctx, s, transaction.Number, result.Outcomes)
	}
	return result, nil
}

// reversal is one attempt of a revert.
type reversal struct {
	ctx     context.Context
	w       store.Writer
	number  diplomacy.TxNumber
	records []reverted
	closes  map[diplomacy.ID]bool // records that the reversal takes out of the graph
	changes map[diplomacy.ID]bool // records that it changes or closes
}

// reverted is a record that the transaction changed: as it was before, as the
// transaction left it, and as it is now; nil where it was or is not in the graph.
type reverted struct {
	id                 diplomacy.ID
	before, after, now diplomacy.Record
}

// changes reports whether there is anything to undo for the record.
func (r reverted) changes() bool { return !sameValues(r.before, r.now) }

// sameValues reports whether two versions have the same values; nil has none.
func sameValues(a, b diplomacy.Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return len(diplomacy.Differences(a, b)) == 0
}

// read reads what the transaction changed.
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
		r := reverted{id, versions[0][i], versions[1][i], versions[2][i]}
		v.records = append(v.records, r)
		v.closes[id], v.changes[id] = r.before == nil && r.now != nil, r.changes()
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

// versionsAt reads records as a transaction left them; nil for those that were not in
// the graph.
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

// restore restores the records: first closes those that were not there, whose keys and
// judgements may be in the way, then brings back the others, the ends before their
// statements. Those that are refused for others are tried again as long as any succeeds.
// It returns the transaction that prevents it, if one does.
func (v *reversal) restore() (*block, error) {
	waiting := v.order()
	for len(waiting) > 0 {
		err := v.w.Restore(v.ctx, v.number-1, waiting...)
		refused, is := errors.AsType[*store.RefusedError](err)
		switch {
		case err == nil:
			return nil, nil
		case !is:
			return nil, fmt.Errorf("restore records: %w", err)
		case len(refused.Refusals) == len(waiting):
			return v.cannotRestore(waiting[0], refused.Refusals[0].Problems[0])
		}
		again := make([]diplomacy.ID, len(refused.Refusals))
		for i, refusal := range refused.Refusals {
			again[i] = waiting[refusal.Position]
		}
		waiting = again
	}
	return nil, nil
}

// order returns the records in the order in which they are restored. Of one group, the
// one that was changed last comes first.
func (v *reversal) order() []diplomacy.ID {
	var closing, restoring [4][]diplomacy.ID
	for _, r := range slices.Backward(v.records) {
		group := dependency(r.id)
		switch {
		case !r.changes():
		case v.closes[r.id]:
			closing[group] = append(closing[group], r.id)
		default:
			restoring[group] = append(restoring[group], r.id)
		}
	}
	slices.Reverse(closing[:])
	return append(slices.Concat(closing[:]...), slices.Concat(restoring[:]...)...)
}

// dependency groups records so that each refers only to records of its own group and
// of those before it.
func dependency(id diplomacy.ID) int {
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

// markUnsourced marks the transaction if it leaves a statement without evidence that
// had some, or was not there.
func (v *reversal) markUnsourced() error {
	var ids []diplomacy.ID
	for _, r := range v.records {
		switch e, evidence := r.now.(*diplomacy.Evidence); {
		case evidence && r.before == nil:
			ids = append(ids, e.About)
		case r.id.Kind().IsStatement() && r.now == nil && r.before != nil:
			ids = append(ids, r.id)
		}
	}
	ids = slices.DeleteFunc(ids, func(id diplomacy.ID) bool { return !id.Kind().IsStatement() })
	bare, err := findings.WithoutEvidence(v.ctx, v.w, ids)
	if len(bare) > 0 {
		v.w.MarkUnsourced()
	}
	return err
}
