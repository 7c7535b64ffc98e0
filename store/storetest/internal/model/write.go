package model

import (
	"context"
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Draft is a store.Writer: a view whose last moment is still being made.
type Draft struct {
	View
	touched []diplomacy.ID // in the order of their first change
}

// before is the moment on which the draft builds.
func (d *Draft) before() *moment { return &d.past[len(d.past)-2] }

// Put keeps one record after the other, unless it refuses it.
func (d *Draft) Put(ctx context.Context, records ...diplomacy.Record) error {
	if err := d.usable(ctx); err != nil {
		return err
	}
	var refusals []store.Refusal
	for i, r := range records {
		if err := d.usable(ctx); err != nil {
			return err
		}
		if r == nil {
			return fmt.Errorf("put record %d: it is nil", i)
		}
		if r, ok := r.(interface{ Normalize() }); ok {
			r.Normalize()
		}
		if problems := d.refuse(r); len(problems) > 0 {
			refusals = append(refusals, store.Refusal{Position: i, Record: r, Problems: problems})
			continue
		}
		d.keep(r)
	}
	return refusedError(refusals)
}

// refusedError returns the error of a call; nil if nothing was refused.
func refusedError(refusals []store.Refusal) error {
	if len(refusals) == 0 {
		return nil
	}
	return &store.RefusedError{Refusals: refusals}
}

// MarkUnsourced marks the draft.
func (d *Draft) MarkUnsourced() { d.now().transaction.Unsourced = true }

// keep makes a record part of the draft. What equals the version that the
// transaction found is that version.
func (d *Draft) keep(r diplomacy.Record) {
	if r.Header().ID == 0 {
		r.Header().ID = d.give(r.Kind())
	}
	next, id := copyRecord(r), r.Header().ID
	d.date(next, d.before().records[id], d.now().records[id])
	d.succeed(next)
}

// succeed makes a record, as it is but for its head, the next version.
func (d *Draft) succeed(next diplomacy.Record) {
	id, found := next.Header().ID, d.before().records[next.Header().ID]
	before := View{past: d.past[:len(d.past)-1]}
	revision := uint32(len(before.versions(id)) + 1)
	*next.Header() = diplomacy.Head{ID: id, From: d.now().transaction.Number, Revision: revision}
	if found != nil && sameRecord(next, found) {
		next = found
	}
	d.now().records[id] = next
	d.touch(id)
}

// date sets what the store keeps beside the head: found is the version before
// the transaction, current the one of the draft; either may be nil.
func (d *Draft) date(next, found, current diplomacy.Record) {
	number := d.now().transaction.Number
	switch next := next.(type) {
	case *diplomacy.Statement:
		next.ValueSince = number
		if found, ok := found.(*diplomacy.Statement); ok && next.SameValue(found) {
			next.ValueSince = found.ValueSince
		}
		if current, ok := current.(*diplomacy.Statement); ok && next.SameValue(current) {
			next.ValueSince = current.ValueSince
		}
	case *diplomacy.Evidence:
		if current, ok := current.(*diplomacy.Evidence); ok && next.Confirmed == 0 {
			next.Confirmed = current.Confirmed
		} else {
			next.Confirmed = number
		}
	}
}

// give makes an ID: later than all before it, and not before its moment.
func (d *Draft) give(kind diplomacy.Kind) diplomacy.ID {
	m := d.now()
	m.stamp = max(m.stamp+1, diplomacy.StampAt(m.transaction.Time))
	return diplomacy.MakeID(kind, m.stamp)
}

func (d *Draft) touch(id diplomacy.ID) {
	if !slices.Contains(d.touched, id) {
		d.touched = append(d.touched, id)
	}
}

// Retract drops records and the evidence about them.
func (d *Draft) Retract(ctx context.Context, ids ...diplomacy.ID) error {
	if err := d.usable(ctx); err != nil {
		return err
	}
	for _, id := range ids {
		if d.now().records[id] == nil {
			return fmt.Errorf("retract %s: %w", id, store.ErrNotFound)
		}
		d.retract(id)
	}
	return nil
}

func (d *Draft) retract(id diplomacy.ID) {
	d.drop(id)
	for _, evidence := range d.evidenceAbout(id) {
		d.drop(evidence)
	}
}

func (d *Draft) drop(id diplomacy.ID) {
	delete(d.now().records, id)
	d.touch(id)
}

func (d *Draft) evidenceAbout(about diplomacy.ID) []diplomacy.ID {
	var ids []diplomacy.ID
	for id, r := range d.now().records {
		if e, ok := r.(*diplomacy.Evidence); ok && e.About == about {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// finish refuses references to what was retracted and sums up the changes.
func (d *Draft) finish(ctx context.Context) error {
	if err := d.usable(ctx); err != nil {
		return err
	}
	for id, r := range d.now().records {
		for ref := range diplomacy.References(r) {
			if broken(ref, d.now().records) {
				return fmt.Errorf("retract %s, the %s of %s: %w", *ref.ID, ref.Name, id, store.ErrReferenced)
			}
		}
	}
	for _, id := range d.touched {
		if action := actionOf(d.before().records[id], d.now().records[id]); action != "" {
			d.now().changes = append(d.now().changes, diplomacy.Change{Record: id, Action: action})
		}
	}
	d.now().transaction.Changes = len(d.now().changes)
	return nil
}

func actionOf(before, after diplomacy.Record) diplomacy.Term {
	switch {
	case before == after:
		return ""
	case before == nil:
		return "CREATED"
	case after == nil:
		return "CLOSED"
	}
	return "CHANGED"
}

// Current returns the records as they are in the transaction, which must not be
// changed.
func (d *Draft) Current() map[diplomacy.ID]diplomacy.Record { return d.now().records }

// Number returns that of the transaction.
func (d *Draft) Number() diplomacy.TxNumber { return d.now().transaction.Number }
