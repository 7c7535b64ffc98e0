package query

import (
	"bytes"
	"errors"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
	"chancery/store/bolt/internal/overlay"
)

// listFilter is a compiled store.ListFilter. Only a test of names may read a record.
type listFilter struct {
	*mvcc.Reader
	resolver *overlay.Resolver // may be nil
	hides    bool              // some of the list may be hidden
	facets   []facetTest
	times    []store.TimeTest
	named    bool // name tests something
	name     store.FoldedTest
	contains []byte                         // of name
	reads    int                            // entities whose names were read
	byName   bool                           // the keys of the list begin with names, of which the beginning may tell that they pass
	needless func(*layout.IndexedName) bool // what need not be tested further; may be nil
	nested   nestedTest
}

func (r *reader) listFilter(q store.ListQuery) *listFilter {
	f := &listFilter{
		Reader: &r.Reader, resolver: r.Resolver(), hides: r.Hides && q.Kind == diplomacy.KindSource,
		facets: facetTests(q.Where.Facets), times: q.Where.Times,
		named: q.Where.Name != store.NameTest{}, name: q.Where.Name.Fold(), byName: q.Order == store.ByName && q.Where.Name.Equals == "", nested: newNestedTest(&q.Where),
	}
	f.contains = []byte(f.name.Contains)
	f.byName = f.byName && !f.name.None()
	return f
}

// errManyNames ends a walk along a list that reads the names of many entities.
var errManyNames = errors.New("the names of many entities were read")

// passes tests an element of a list.
func (f *listFilter) passes(s *scan) (bool, error) {
	id := s.id()
	passed, err := f.entityPasses(id, s.Facts)
	if !passed || !f.named || err != nil {
		return passed, err
	}
	if f.byName && f.foldedPasses(layout.ListedName(s.Rest)) {
		return true, nil
	}
	if f.reads++; f.reads > maxNamesRead {
		return false, errManyNames
	}
	return f.recordPasses(id)
}

// entityPasses tests everything except names.
func (f *listFilter) entityPasses(id diplomacy.ID, facts layout.Facts) (bool, error) {
	if !facetsPass(facts, id.Kind(), f.facets) || !timesPass(facts, f.times, false) {
		return false, nil
	}
	if f.resolver != nil {
		if canonical, err := f.resolver.Canonical(id); canonical != id || err != nil {
			return false, err
		}
	}
	c := candidate{id: id, facts: facts, reader: f.Reader}
	return f.nested.passes(&c) && c.err == nil, c.err
}

// recordPasses tests the names of a record.
func (f *listFilter) recordPasses(id diplomacy.ID) (bool, error) {
	r, err := f.Record(id)
	if err != nil {
		return false, err
	}
	return f.name.Passes(r.(diplomacy.Entity).Base().Names), nil
}

// namePasses tests an element of the table of names. It counts as visited unless it is
// hidden.
func (f *listFilter) namePasses(n *layout.IndexedName) (bool, error) {
	if f.hides {
		if hidden, err := f.resolver.Hidden(n.ID); hidden || err != nil {
			return false, err
		}
	}
	f.Meter.Work(mvcc.VisitWork)
	passed := f.foldedPasses(n.Name)
	if !passed && !n.Cut {
		return false, nil
	}
	if f.needless != nil && f.needless(n) {
		return false, nil
	}
	known := passed && (!n.Cut || f.name.Equals == "")
	if passed, err := f.entityPasses(n.ID, n.Facts); !passed || known || err != nil {
		return passed, err
	}
	return f.recordPasses(n.ID)
}

// foldedPasses is store.FoldedTest.Folded without an allocation.
func (f *listFilter) foldedPasses(name []byte) bool {
	start := f.name.StartsWith
	return (f.name.Equals == "" || string(name) == f.name.Equals) &&
		len(name) >= len(start) && string(name[:len(start)]) == start &&
		bytes.Contains(name, f.contains)
}
