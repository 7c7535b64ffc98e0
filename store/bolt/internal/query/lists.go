package query

import (
	"context"
	"errors"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
	"chancery/store/bolt/internal/overlay"
)

// listWalk returns the walk of a query, and the list for its cursors.
func (r *reader) listWalk(ctx context.Context, q store.ListQuery, f *listFilter) (*walk, listID) {
	w := &walk{ctx: ctx, meter: r.Meter, descending: q.Descending, passes: f.passes}
	if f.hides {
		w.hidden = func(s *scan) (bool, error) { return f.resolver.Hidden(s.id()) }
	}
	var gap gap
	if q.Order == store.ByDate {
		w.ceiling = ceilingOf(q.Where.Times)
		gap, w.err = gapOf(&r.View, []byte{byte(q.Kind)}, q.Where.Times, false)
	}
	prefix := layout.ListKey(q.Kind, q.Order)
	var both [2]mvcc.Cursor
	for _, c := range r.Cursors(both[:0], layout.Lists, prefix, store.Arc{}) {
		w.scans = append(w.scans, scan{Cursor: c, gap: gap})
	}
	order := "list ascending"
	if q.Descending {
		order = "list descending"
	}
	return w, newListID(append([]byte(order), prefix...))
}

func (r *reader) list(ctx context.Context, q store.ListQuery) (page store.ListPage, err error) {
	f := r.listFilter(q)
	w, list := r.listWalk(ctx, q, f)
	b, err := list.bounds(q.Page)
	if err != nil {
		return page, err
	}
	if ranged(f.name) {
		page, err = r.namedPage(ctx, f, list, b, q)
	} else {
		page, err = w.listPage(b, list)
		if errors.Is(err, errManyNames) {
			page, err = r.namedPage(ctx, f, list, b, q)
		}
	}
	if q.Page.Last {
		slices.Reverse(page.Entries)
	}
	return page, err
}

// listPage returns a page of a list; of the last elements, in reverse.
func (w *walk) listPage(b bounds, list listID) (page store.ListPage, err error) {
	page.Flags = w.page(b, func(s *scan) {
		page.Entries = append(page.Entries, store.Entry{ID: s.id(), Cursor: list.cursor(s.position())})
	})
	return page, w.err
}

func (r *reader) countList(ctx context.Context, q store.ListQuery) (store.Count, error) {
	f := r.listFilter(q)
	switch {
	case f.named:
		return r.countNamed(ctx, f, q.Kind)
	case !r.Past && q.Where.IsZero():
		n, err := r.shownOfKind(q.Kind)
		return store.Count{N: n}, err
	}
	w, _ := r.listWalk(ctx, q, f)
	count := w.count()
	return count, w.err
}

// shownOfKind returns how many entities of a kind are listed at present: all except those
// that are hidden or resolve to another.
func (r *reader) shownOfKind(kind diplomacy.Kind) (int, error) {
	n := r.Counter([]byte{byte(kind)})
	if r.Hides && kind == diplomacy.KindSource {
		n -= r.Counter([]byte{layout.RestrictedRecord, byte(kind)})
	}
	if !r.Merges {
		return n, nil
	}
	merged, err := overlay.NewResolver(&r.View).CountMerged(kind)
	return n - merged, err
}

// id returns the entity of a scan of a list.
func (s *scan) id() diplomacy.ID { return layout.ID(s.Rest[len(s.Rest)-8:]) }
