package query

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// filterTest is a compiled store.ListFilter that is nested in another.
type filterTest struct {
	facets []facetTest
	times  []store.TimeTest
	named  bool
	name   store.FoldedTest
	nestedTest
}

// nestedTest has the parts of a store.ListFilter that are the same for nested filters and
// for the outermost one, whose names may be found in their table.
type nestedTest struct {
	among   [][]diplomacy.ID // each ascending
	existed []store.TimeTest
	schemes []string
	not, or []filterTest
}

func newNestedTest(w *store.ListFilter) nestedTest {
	t := nestedTest{existed: w.Existed, schemes: w.Schemes, not: newFilterTests(w.Not), or: newFilterTests(w.Or)}
	for _, ids := range w.Among {
		t.among = append(t.among, slices.Sorted(slices.Values(ids)))
	}
	return t
}

func newFilterTests(filters []store.ListFilter) []filterTest {
	tests := make([]filterTest, len(filters))
	for i := range filters {
		w := &filters[i]
		tests[i] = filterTest{facetTests(w.Facets), w.Times, w.Name != store.NameTest{}, w.Name.Fold(), newNestedTest(w)}
	}
	return tests
}

// candidate is an entity that is tested. Its record is read when the first test needs it;
// after an error no result counts.
type candidate struct {
	id     diplomacy.ID
	facts  layout.Facts
	reader *mvcc.Reader
	entity diplomacy.Entity
	err    error
}

// record returns the entity, or nil after an error.
func (c *candidate) record() diplomacy.Entity {
	if c.entity == nil && c.err == nil {
		var r diplomacy.Record
		if r, c.err = c.reader.Record(c.id); c.err == nil {
			c.entity = r.(diplomacy.Entity)
		}
	}
	return c.entity
}

// passes tests what needs no record first.
func (t *filterTest) passes(c *candidate) bool {
	if !facetsPass(c.facts, c.id.Kind(), t.facets) || !timesPass(c.facts, t.times, false) || !t.nestedTest.passes(c) {
		return false
	}
	if !t.named {
		return true
	}
	e := c.record()
	return e != nil && t.name.Passes(e.Base().Names)
}

func (t *nestedTest) passes(c *candidate) bool {
	for _, ids := range t.among {
		if _, found := slices.BinarySearch(ids, c.id); !found {
			return false
		}
	}
	for i := range t.not {
		if t.not[i].passes(c) {
			return false
		}
	}
	either := len(t.or) == 0
	for i := 0; i < len(t.or) && !either; i++ {
		either = t.or[i].passes(c)
	}
	return either && t.recordPasses(c)
}

func (t *nestedTest) recordPasses(c *candidate) bool {
	if len(t.existed)+len(t.schemes) == 0 {
		return true
	}
	e := c.record()
	if e == nil {
		return false
	}
	for _, test := range t.existed {
		if !test.Passes(diplomacy.Existence(e), true) {
			return false
		}
	}
	named := func(i diplomacy.Identifier) bool { return slices.Contains(t.schemes, i.Scheme) }
	return len(t.schemes) == 0 || slices.ContainsFunc(e.Base().Identifiers, named)
}
