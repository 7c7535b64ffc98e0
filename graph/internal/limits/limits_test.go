package limits_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"

	"github.com/99designs/gqlgen/graphql/introspection"
)

// TestDocumentsBeyondALimitAreRejected sends documents at each limit and beyond it.
func TestDocumentsBeyondALimitAreRejected(t *testing.T) {
	limits := graph.Limits{Bytes: 1_000, Tokens: 200, Fields: 40, RootFields: 8, Aliases: 5, Directives: 4}
	h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, Limits: limits})
	for name, test := range map[string]struct {
		most    int
		ask     func(n int) string
		refusal string
	}{
		"bytes":       {1_000, func(n int) string { return "{ __typename " + strings.Repeat(" ", n-14) + "}" }, "bytes"},
		"tokens":      {200, func(n int) string { return "{ __typename @skip(if: false) # " + graphtest.Repeat("\n#", n-10) + "\n}" }, "tokens"},
		"fields":      {40, func(n int) string { return "{ events { nodes { " + graphtest.Repeat("id ", n-2) + "} } }" }, "fields"},
		"root fields": {8, func(n int) string { return "{ " + graphtest.Repeat("__typename ", n) + "}" }, "fields at its root"},
		"aliases":     {5, func(n int) string { return "{ " + graphtest.Repeat("a%d: __typename ", n) + "}" }, "aliases"},
		"aliases in fragments": {5, func(n int) string {
			return "{ events { nodes { " + graphtest.Repeat("...F ", n) + "} } } fragment F on Event { a: id }"
		}, "aliases"},
		"directives": {4, func(n int) string { return "{ __typename " + graphtest.Repeat("@include(if: true) ", n) + "}" }, "directives"},
		"directives of fragments": {4, func(n int) string {
			return "query @asOf { __typename " + graphtest.Repeat("... @include(if: true) { __typename } ", n-1) + "}"
		}, "directives"},
		"several operations": {40, func(n int) string {
			return graphtest.Repeat("query Q%d { events { nodes { id } } } ", (n-1)/3) + "query R { events { " + graphtest.Repeat("totalCount ", n-1-3*((n-1)/3)) + "} }"
		}, "fields"},
		"unused fragments": {40, func(n int) string {
			return "{ __typename } fragment F on Query { events { nodes { " + graphtest.Repeat("id ", n-2) + "} } }"
		}, "fields"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := graphtest.Post(t, h, test.ask(test.most), nil); bytes.Contains(got, []byte("LIMIT")) {
				t.Errorf("at the limit: %s", got)
			}
			_, shown := graphtest.PostForErrors(t, h, test.ask(test.most+1), nil)
			if len(shown) != 1 || shown[0].Extensions.Code != "LIMIT" || !strings.Contains(shown[0].Message, test.refusal) {
				t.Errorf("beyond the limit: %+v", shown)
			}
		})
	}
}

func TestDepthIncludesFragments(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenStore(t), graph.Options{Now: graphtest.Clock, Limits: graph.Limits{Depth: 4}})
	for query, want := range map[string]bool{
		"{ events { nodes { participants { totalCount } } } }":                                                                       true,
		"{ events { nodes { participants { nodes { id } } } } }":                                                                     false,
		"{ events { ...E } } fragment E on EventConnection { nodes { ... on Event { participants { totalCount } } } }":               true,
		"{ events { ...E } } fragment E on EventConnection { nodes { ...F } } fragment F on Event { participants { nodes { id } } }": false,
	} {
		if got := graphtest.Post(t, h, query, nil); bytes.Contains(got, []byte(`"errors"`)) == want {
			t.Errorf("%s: %s", query, got)
		}
	}
}

// TestUsualDocumentsAreWithinTheLimits sends the queries of GraphiQL, code generators
// and the playground's examples.
func TestUsualDocumentsAreWithinTheLimits(t *testing.T) {
	h := graphtest.NewHandler(graphtest.OpenSample(t))
	first := graphtest.ReadFile(t, "web/examples/01_meetings-of-a-minister.graphql")
	for _, query := range []string{introspection.Query, first, "{ " + graphtest.Repeat("a%d: event(by: {slug: \"e\"}) { name } ", 50) + "}"} {
		if got := graphtest.Post(t, h, query, nil); bytes.Contains(got, []byte(`"errors"`)) || len(got) < 50 {
			t.Errorf("%s: %.300s", query, got)
		}
	}
}

// TestExpensiveDocumentsAreRejectedOrAnsweredSoon sends documents that would keep a
// validator busy for minutes. Most are rejected in microseconds; those within the limits
// take up to half a second.
func TestExpensiveDocumentsAreRejectedOrAnsweredSoon(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenSample(t), graph.Options{Now: graphtest.Clock})
	const long = 5 * time.Second // on a busy machine
	for name, test := range expensiveDocuments {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			answer := graphtest.Post(t, h, test.query, nil)
			took := time.Since(begun)
			t.Logf("%v for %d bytes", took, len(test.query))
			if took > long {
				t.Errorf("validation took %v", took)
			}
			if got := bytes.Contains(answer, []byte(`"LIMIT"`)); got != test.refused {
				t.Errorf("rejected %v: %.200s", got, answer)
			}
		})
	}
}

var expensiveDocuments = map[string]struct {
	query   string
	refused bool
}{
	"100,000 tokens":    {"{ events { nodes { " + graphtest.Repeat("a%d: id ", 33_333) + "} } }", true},
	"10,000 repeats":    {"{ events { nodes { " + graphtest.Repeat("name ", 10_000) + "} } }", true},
	"1,900 repeats":     {"{ events { nodes { " + graphtest.Repeat("name ", 1_900) + "} } }", false},
	"500 aliases":       {"{ " + graphtest.Repeat("a%d: __typename ", 500) + "}", true},
	"40 levels":         {"{ events { nodes { " + graphtest.Repeat("subevents { nodes { ", 19) + "id " + graphtest.Repeat("} } ", 19) + "} } }", true},
	"100,000 braces":    {graphtest.Repeat("{ a", 100_000), true},
	"comments":          {"{ __typename }" + graphtest.Repeat("\n# nothing", 30_000), true},
	"a long string":     {`{ event(by: {slug: "` + graphtest.Repeat("x", 100_000) + `"}) { id } }`, true},
	"doubling":          {"{ events { nodes { ...F0 } } } " + doublingFragments(100), true},
	"side by side":      {"{ events { nodes { " + graphtest.Repeat("...F%d ", 20) + "} } } " + graphtest.Repeat("fragment F%d on Event { "+strings.Repeat("name ", 80)+"} ", 20), false},
	"beside the same":   {"{ events { nodes { " + graphtest.Repeat("participants { nodes { name ...F } } ", 100) + "} } } fragment F on Actor { " + graphtest.Repeat("name ", 800) + "}", true},
	"operations":        {graphtest.Repeat("query Q%d { ...F } ", 150) + "fragment F on Query { events { nodes { " + graphtest.Repeat("name ", 900) + "} } }", true},
	"three operations":  {graphtest.Repeat("query Q%d { ...F } ", 3) + "fragment F on Query { events { nodes { " + graphtest.Repeat("name ", 900) + "} } }", false},
	"unused fragments":  {"{ __typename } " + graphtest.Repeat("fragment U%d on Query { ...F } ", 150) + "fragment F on Query { events { nodes { " + graphtest.Repeat("name ", 900) + "} } }", true},
	"cycles":            {"{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }", false},
	"variables":         {"query(" + graphtest.Repeat("$v%d: Int ", 450) + ") { __typename }", false},
	"lists":             {"{ nodes(ids: " + graphtest.Repeat("[", 900) + graphtest.Repeat("]", 900) + ") { id } }", false},
	"overlapping names": {"{ events { nodes { " + graphtest.Repeat("names { value language } ", 380) + "} } }", false},
}

// doublingFragments returns fragments of which each spreads the next twice.
func doublingFragments(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "fragment F%d on Event { ...F%d ...F%d } ", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment F%d on Event { id }", n)
	return b.String()
}
