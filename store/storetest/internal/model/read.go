package model

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"chancery/diplomacy"
	"chancery/store"
)

// View is a store.Snapshot of the last of its moments.
type View struct {
	past     []moment
	present  bool // it was the last transaction of all when the view was opened
	of       store.View
	latest   []moment // all there were when it was opened; none of a draft
	once     sync.Once
	seen     *scene // see scene
	released atomic.Bool
}

func (v *View) now() *moment { return &v.past[len(v.past)-1] }

// usable is asked first by every method, and again for each element it is given; each
// time is a microsecond of work.
func (v *View) usable(ctx context.Context) error {
	if v.released.Load() {
		return store.ErrReleased
	}
	if err := v.of.Meter.Err(); err != nil {
		return err
	}
	v.of.Meter.Work(1_000)
	return ctx.Err()
}

// Release makes the view answer ErrReleased.
func (v *View) Release() { v.released.Store(true) }

// Revision is the number of the last moment.
func (v *View) Revision() diplomacy.TxNumber { return v.now().transaction.Number }

// Records looks up ids.
func (v *View) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	records := make([]diplomacy.Record, len(ids))
	for i, id := range ids {
		if err := v.usable(ctx); err != nil {
			return nil, err
		}
		records[i] = v.now().records[v.answering(id)]
	}
	return records, nil
}

// Find compares each key with those of all entities.
func (v *View) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	ids := make([]diplomacy.ID, len(keys))
	for i, key := range keys {
		if err := v.usable(ctx); err != nil {
			return nil, err
		}
		for id, r := range v.now().records {
			if e, ok := r.(diplomacy.Entity); ok && names(key, e) {
				ids[i] = v.answering(id)
			}
		}
	}
	return ids, nil
}

func names(key store.Key, e diplomacy.Entity) bool {
	if key.Scheme == store.SchemeSlug {
		return key.Kind == e.Kind() && key.Value == e.Base().Slug
	}
	wanted := key.Kind == diplomacy.KindNone || key.Kind == e.Kind()
	return wanted && slices.Contains(e.Base().Identifiers, diplomacy.Identifier{Scheme: key.Scheme, Value: key.Value})
}

// Versions pages over what the records were in all moments.
func (v *View) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	if limit > store.MaxPage {
		return nil, fmt.Errorf("%d versions: %w", limit, store.ErrLimit)
	}
	pages := make([][]diplomacy.Record, len(ids))
	for i, id := range ids {
		if err := v.usable(ctx); err != nil {
			return nil, err
		}
		versions := v.versions(id)
		slices.Reverse(versions)
		versions = slices.DeleteFunc(versions, func(r diplomacy.Record) bool {
			return before != 0 && r.Header().From >= before
		})
		pages[i] = versions[:min(limit, len(versions))]
	}
	return pages, nil
}

// versions are told apart by the moments at which the record differs, the
// oldest first.
func (v *View) versions(id diplomacy.ID) []diplomacy.Record {
	var versions []diplomacy.Record
	var open diplomacy.Record
	if v.hidden(id) {
		return nil
	}
	for n, moment := range v.past {
		r := moment.records[id]
		if open != nil && r != open {
			closed := copyRecord(open)
			closed.Header().Until = diplomacy.TxNumber(n)
			versions = append(versions, closed)
		}
		open = r
	}
	if open != nil {
		versions = append(versions, open)
	}
	return slices.DeleteFunc(versions, v.hidesVersion)
}

// Transactions looks up moments by number.
func (v *View) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	transactions := make([]*diplomacy.Transaction, len(numbers))
	for i, n := range numbers {
		if n > 0 && n < diplomacy.TxNumber(len(v.past)) {
			transactions[i] = v.transaction(n)
		}
	}
	return transactions, nil
}

// transaction is blank but for its time if it wrote or closed something hidden, other than
// evidence that goes with what it is about.
func (v *View) transaction(n diplomacy.TxNumber) *diplomacy.Transaction {
	t := v.past[n].transaction
	if t.Restricts && !v.of.Restricted {
		return &diplomacy.Transaction{Number: n, Time: t.Time, Changes: len(v.changes(n))}
	}
	for _, c := range v.past[n].changes {
		if v.follows(n, c.Record) {
			continue
		}
		if v.hidden(c.Record) || v.hidesVersion(v.past[n-1].records[c.Record]) || v.hidesVersion(v.past[n].records[c.Record]) {
			return &diplomacy.Transaction{Number: n, Time: t.Time, Changes: len(v.changes(n))}
		}
	}
	t.Changes = len(v.changes(n))
	return &t
}

// changes are those that left, or closed, something that is not hidden.
func (v *View) changes(n diplomacy.TxNumber) []diplomacy.Change {
	return slices.DeleteFunc(slices.Clone(v.past[n].changes), func(c diplomacy.Change) bool {
		left := v.past[n].records[c.Record]
		if left == nil {
			left = v.past[n-1].records[c.Record]
		}
		return v.hidden(c.Record) || v.hidesVersion(left)
	})
}

// Changes pages over those of one moment.
func (v *View) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	if err := v.usable(ctx); err != nil {
		return nil, err
	}
	if number >= diplomacy.TxNumber(len(v.past)) {
		return nil, nil
	}
	changes := v.changes(number)
	changes = changes[min(after, len(changes)):]
	return changes[:min(limit, len(changes))], nil
}
