package query

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/overlay"
)

// codes is a set of codes of one controlled list, a bit each; bit 0 is the empty term.
type codes uint64

// codesOf returns the codes of the wanted terms that are in a list, which has fewer than
// 64.
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

// facetTest is a store.FacetTest in codes, for each kind of entity, and at 0 for records
// that are not entities.
type facetTest struct {
	at    int // offset in facts
	kinds [diplomacy.KindSource + 1]codes
}

func facetTests(tests []store.FacetTest) []facetTest {
	compiled := make([]facetTest, len(tests))
	for i, t := range tests {
		c := &compiled[i]
		c.at = layout.AtFacets + int(t.Facet)
		for kind := range c.kinds {
			c.kinds[kind] = codesOf(diplomacy.FacetTerms(diplomacy.Kind(kind), t.Facet), t.Terms)
		}
	}
	return compiled
}

// facetsPass reports whether the facets of a node of a kind pass the tests.
func facetsPass(f layout.Facts, kind diplomacy.Kind, tests []facetTest) bool {
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

// timesPass reports whether the span passes the tests.
func timesPass(f layout.Facts, tests []store.TimeTest, lasting bool) bool {
	if len(tests) == 0 {
		return true
	}
	span := f.Span()
	for _, t := range tests {
		if !t.Passes(span, lasting) {
			return false
		}
	}
	return true
}

// ceilingOf returns the start from which on nothing passes the tests, as it is in keys;
// nil if there is none. A span that starts after a window passes no test of it, except
// that of ending there.
func ceilingOf(tests []store.TimeTest) []byte {
	least := diplomacy.Future
	for _, t := range tests {
		if t.HasWindow() && t.Relation != store.Ends && t.Window.From < t.Window.To {
			least = min(least, t.Window.To)
		}
	}
	if least == diplomacy.Future {
		return nil
	}
	return layout.AppendUint64(nil, layout.StartKey(least))
}

// arcTest is what a filter requires of the links of one arc.
type arcTest struct {
	roles   codes
	lasting bool
}

// linkFilter is a store.LinkFilter compiled to test facts: it reads no record, except
// those that the resolver needs.
type linkFilter struct {
	store.LinkFilter
	facets   []facetTest
	ranks    codes
	resolver *overlay.Resolver // may be nil
}

func newLinkFilter(w store.LinkFilter, l *overlay.Resolver) (linkFilter, error) {
	f := linkFilter{w, facetTests(w.Facets), codesOf(diplomacy.Ranks, w.Ranks), l}
	if l == nil || len(w.Nodes) == 0 {
		return f, nil
	}
	f.Nodes = slices.Clone(w.Nodes)
	for i, node := range w.Nodes {
		var err error
		if f.Nodes[i], err = l.Canonical(node); err != nil {
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

func (f *linkFilter) passes(s *scan) (bool, error) {
	node := s.Node()
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, node.Kind()) ||
		len(f.Roles) > 0 && !s.test.roles.has(s.Facts[layout.AtRole]) ||
		len(f.Ranks) > 0 && !f.ranks.has(s.Facts[layout.AtRank]) ||
		!timesPass(s.Facts, f.Times, s.test.lasting) {
		return false, nil
	}
	if f.resolver == nil {
		return f.nodePasses(node, s.Facts), nil
	}
	if shown, err := f.resolver.Shows(&s.Cursor); !shown || err != nil {
		return false, err
	}
	node, facts, err := f.resolver.Node(&s.Cursor)
	return err == nil && f.nodePasses(node, facts), err
}

// nodePasses reports whether a node and its facets pass the filter.
func (f *linkFilter) nodePasses(node diplomacy.ID, facts layout.Facts) bool {
	return (len(f.Nodes) == 0 || slices.Contains(f.Nodes, node)) && facetsPass(facts, node.Kind(), f.facets)
}

// none reports whether all links of a kind pass. Records that are not statements have no
// rank.
func (f *linkFilter) none(kind diplomacy.Kind) bool {
	return f.onlyRanks() && (len(f.Ranks) == 0 || !kind.IsStatement() && f.ranks.has(0))
}

// onlyDeprecatedFail reports whether all links pass except those of deprecated statements.
func (f *linkFilter) onlyDeprecatedFail() bool {
	return f.onlyRanks() && f.ranks == codesOf(diplomacy.Ranks, store.NotDeprecated)
}

// onlyRanks reports whether the filter tests nothing but the rank, if that.
func (f *linkFilter) onlyRanks() bool {
	return len(f.Nodes)+len(f.Kinds)+len(f.Facets)+len(f.Roles)+len(f.Times) == 0
}
