package query

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// A list filtered by name is read from the table of names: all names in the range that the
// test allows are visited, in any order, and the page is selected among those that pass. So
// the cost grows with the names in the range, and no record is decoded but those of names
// longer than their keys. A test without a range, contains, first walks the list in its
// order, which is faster if many names pass (see maxNamesRead).

// maxNamesRead is of how many entities a walk along a list reads the names before it gives
// up for the table of names.
const maxNamesRead = 1_000

// ranged reports whether a test restricts names to a range.
func ranged(t store.FoldedTest) bool { return t.Equals != "" || t.StartsWith != "" }

// eachNamed calls visit for each name that passes the filter of a list, perhaps for several
// of one entity, until it returns false.
func (r *reader) eachNamed(ctx context.Context, f *listFilter, kind diplomacy.Kind, visit func(*layout.IndexedName) bool) error {
	if f.name.None() {
		return nil
	}
	var both [2]mvcc.Cursor
	var n layout.IndexedName
	step := 0
	for _, c := range r.Cursors(both[:0], layout.Names, layout.NamesPrefix(kind, f.name), store.Arc{}) {
		r.Meter.Work(mvcc.SeekWork)
		for c.Seek(nil, false); c.Rest != nil; c.Step(false) {
			if err := r.interrupted(ctx, step); err != nil {
				return err
			}
			step++
			n = layout.DecodeName(c.Key(), c.Facts)
			passed, err := f.namePasses(&n)
			if err != nil {
				return err
			}
			if passed && !visit(&n) {
				return nil
			}
		}
	}
	return nil
}

// namedPage is a page of a list filtered by name.
func (r *reader) namedPage(ctx context.Context, f *listFilter, list listID, b bounds, q store.ListQuery) (page store.ListPage, err error) {
	s := selection{bounds: b, back: q.Descending != b.last}
	var at []byte
	f.needless = func(n *layout.IndexedName) bool {
		at = n.AppendPosition(at[:0], q.Order)
		return s.needless(position{rest: at})
	}
	err = r.eachNamed(ctx, f, q.Kind, func(n *layout.IndexedName) bool {
		at = n.AppendPosition(at[:0], q.Order)
		s.add(position{rest: at})
		return true
	})
	if err != nil {
		return page, err
	}
	for _, p := range s.kept {
		page.Entries = append(page.Entries, store.Entry{ID: layout.ID(p.rest[len(p.rest)-8:]), Cursor: list.cursor(p)})
	}
	page.Flags = s.flags()
	return page, nil
}

// countNamed counts the entities of a list filtered by name up to store.CountCap.
func (r *reader) countNamed(ctx context.Context, f *listFilter, kind diplomacy.Kind) (store.Count, error) {
	found := map[diplomacy.ID]struct{}{}
	err := r.eachNamed(ctx, f, kind, func(n *layout.IndexedName) bool {
		found[n.ID] = struct{}{}
		return len(found) <= store.CountCap
	})
	return store.Count{N: min(len(found), store.CountCap), Capped: len(found) > store.CountCap}, err
}
