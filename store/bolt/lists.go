package bolt

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// listWalk makes the walk of a query.
func (r *reader) listWalk(ctx context.Context, q store.ListQuery) (*walk, stamp) {
	f := listFilter{r, r.lens(), facetTests(q.Where.Facets), q.Where.Times, q.Where.Name}
	w := &walk{ctx: ctx, descending: q.Descending, passes: f.passes}
	if q.Order == store.ByDate {
		w.ceiling = ceilingOf(q.Where.Times)
	}
	prefix := listKey(q.Kind, q.Order)
	w.strands = r.strands(nil, lists, strand{prefix: prefix})
	list := "list ascending"
	if q.Descending {
		list = "list descending"
	}
	return w, newStamp(append([]byte(list), prefix...))
}

func (r *reader) list(ctx context.Context, q store.ListQuery) (page store.ListPage, err error) {
	w, stamp := r.listWalk(ctx, q)
	b, err := stamp.bounds(q.Page)
	if err != nil {
		return page, err
	}
	page.Flags = w.page(b, func(s *strand) {
		page.Entries = append(page.Entries, store.Entry{ID: s.id(), Cursor: stamp.cursor(s.place())})
	})
	if q.Page.Last {
		slices.Reverse(page.Entries)
	}
	return page, w.err
}

func (r *reader) countList(ctx context.Context, q store.ListQuery) (store.Count, error) {
	if !r.past && len(q.Where.Facets)+len(q.Where.Times) == 0 && q.Where.Name == (store.NameTest{}) {
		n, err := r.shownOfKind(q.Kind)
		return store.Count{N: n}, err
	}
	w, _ := r.listWalk(ctx, q)
	count := w.count()
	return count, w.err
}

// shownOfKind is how many entities of a kind are listed at present: all but those
// that are hidden and those for which another answers.
func (r *reader) shownOfKind(kind diplomacy.Kind) (int, error) {
	n := r.counter([]byte{byte(kind)})
	if r.hides && kind == diplomacy.KindSource {
		n -= r.counter([]byte{byRecord, byte(kind)})
	}
	if !r.joins {
		return n, nil
	}
	absorbed, err := newLens(r).absorbed(kind)
	return n - absorbed, err
}

// id is the entity's in whose entry of a list the strand stands.
func (s *strand) id() diplomacy.ID { return number[diplomacy.ID](s.rest[len(s.rest)-8:]) }

// listFilter is a store.ListFilter made ready; only the name needs the record.
type listFilter struct {
	*reader
	lens   *lens // may be nil
	facets []facetTest
	times  []store.TimeTest
	name   store.NameTest
}

func (f *listFilter) passes(s *strand) (bool, error) {
	id := s.id()
	if !s.facts.facetsPass(id.Kind(), f.facets) || !s.facts.timesPass(f.times, false) {
		return false, nil
	}
	if answering, err := f.lens.answering(id); answering != id || err != nil {
		return false, err
	}
	if f.name == (store.NameTest{}) {
		return true, nil
	}
	r, err := f.record(id)
	if err != nil {
		return false, err
	}
	return f.name.Passes(r.(diplomacy.Entity).Base().Names), nil
}
