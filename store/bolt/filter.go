package bolt

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// codes is a set of codes of one controlled list; bit 0 is the empty term.
type codes uint64

// codesOf are the codes of terms that a list has. No list comes near 63 terms.
func codesOf(list, wanted diplomacy.Terms) codes {
	set := codes(0)
	for _, t := range wanted {
		if code := list.Code(t); code != 0 || t == "" {
			set |= 1 << code
		}
	}
	return set
}

func (c codes) has(code byte) bool { return c>>code&1 != 0 }

// facetTest is a store.FacetTest in codes, for each kind of entity; at 0 for
// what is none.
type facetTest struct {
	at    int // in facts
	kinds [diplomacy.KindSource + 1]codes
}

func facetTests(tests []store.FacetTest) []facetTest {
	compiled := make([]facetTest, len(tests))
	for i, t := range tests {
		c := &compiled[i]
		c.at = atFacets + int(t.Facet)
		for kind := range c.kinds {
			c.kinds[kind] = codesOf(diplomacy.FacetTerms(diplomacy.Kind(kind), t.Facet), t.Terms)
		}
	}
	return compiled
}

// facetsPass holds the facets of a node of a kind against the tests.
func (f facts) facetsPass(kind diplomacy.Kind, tests []facetTest) bool {
	if !kind.IsEntity() {
		kind = diplomacy.KindNone
	}
	for i := range tests {
		t := &tests[i]
		if t.at >= len(f) || !t.kinds[kind].has(f[t.at]) {
			return false
		}
	}
	return true
}

func (f facts) timesPass(tests []store.TimeTest, lasting bool) bool {
	if len(tests) == 0 {
		return true
	}
	span := f.span()
	for _, t := range tests {
		if !t.Passes(span, lasting) {
			return false
		}
	}
	return true
}

// ceilingOf is the start from which on nothing passes the tests, as it begins
// the keys that sort by start; nil if there is none. What starts after a window
// stands in no relation to it, but perhaps that of ending in it.
func ceilingOf(tests []store.TimeTest) []byte {
	least := diplomacy.Future
	for _, t := range tests {
		if t.Relation != store.Ends && t.Window.From < t.Window.To {
			least = min(least, t.Window.To)
		}
	}
	if least == diplomacy.Future {
		return nil
	}
	return be(nil, startKey(least))
}

// arcTest is what a filter means for the links of one arc.
type arcTest struct {
	roles   codes
	lasting bool
}

// linkFilter is a store.LinkFilter made ready to be held against facts, so that
// no record is read but of what the lens has to look up.
type linkFilter struct {
	store.LinkFilter
	facets []facetTest
	ranks  codes
	lens   *lens // may be nil
}

func newLinkFilter(w store.LinkFilter, l *lens) (linkFilter, error) {
	f := linkFilter{w, facetTests(w.Facets), codesOf(diplomacy.Ranks, w.Ranks), l}
	if l == nil || len(w.Nodes) == 0 {
		return f, nil
	}
	f.Nodes = slices.Clone(w.Nodes)
	for i, node := range w.Nodes {
		var err error
		if f.Nodes[i], err = l.canonical(node); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *linkFilter) arcTest(kind diplomacy.Kind) (t arcTest) {
	if rule := diplomacy.RuleOf(kind); rule != nil {
		t.lasting = rule.Lasting
	}
	t.roles = codesOf(diplomacy.RoleTerms(kind), f.Roles)
	return t
}

func (f *linkFilter) passes(s *strand) (bool, error) {
	node := number[diplomacy.ID](s.rest[8:])
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, node.Kind()) ||
		len(f.Roles) > 0 && !s.test.roles.has(s.facts[atRole]) ||
		len(f.Ranks) > 0 && !f.ranks.has(s.facts[atRank]) ||
		!s.facts.timesPass(f.Times, s.test.lasting) {
		return false, nil
	}
	if f.lens == nil {
		return f.nodePasses(node, s.facts), nil
	}
	if shown, err := f.lens.shows(s); !shown || err != nil {
		return false, err
	}
	node, facts, err := f.lens.node(s)
	return err == nil && f.nodePasses(node, facts), err
}

// nodePasses holds a node and its facets against the filter.
func (f *linkFilter) nodePasses(node diplomacy.ID, facts facts) bool {
	return (len(f.Nodes) == 0 || slices.Contains(f.Nodes, node)) && facts.facetsPass(node.Kind(), f.facets)
}

// none reports whether the filter lets all pass.
func (f *linkFilter) none() bool {
	return len(f.Nodes)+len(f.Kinds)+len(f.Facets)+len(f.Roles)+len(f.Ranks)+len(f.Times) == 0
}
