package graph_test

import (
	"bytes"
	"fmt"
	"math"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql/introspection"
)

// boundless is for tests that ask for everything there is in one document.
var boundless = graph.Limits{
	Bytes: math.MaxInt, Tokens: math.MaxInt - 1, Depth: math.MaxInt, Fields: math.MaxInt,
	RootFields: math.MaxInt, Aliases: math.MaxInt, Directives: math.MaxInt, Cost: math.MaxInt,
}

// newBoundless serves a store to such tests.
func newBoundless(s store.Store) http.Handler {
	return graph.NewHandler(s, graph.Options{Now: clock, Logger: faults, Limits: boundless})
}

// repeat writes a text n times, with its number where it says %d.
func repeat(text string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "%d", fmt.Sprint(i)))
	}
	return b.String()
}

// TestLimitsHold asks at each limit and one beyond it.
func TestLimitsHold(t *testing.T) {
	limits := graph.Limits{Bytes: 1_000, Tokens: 200, Fields: 40, RootFields: 8, Aliases: 5, Directives: 4}
	h := graph.NewHandler(openStore(t), graph.Options{Now: clock, Limits: limits})
	for name, test := range map[string]struct {
		most    int
		ask     func(n int) string
		refusal string
	}{
		"bytes":       {1_000, func(n int) string { return "{ __typename " + strings.Repeat(" ", n-14) + "}" }, "bytes"},
		"tokens":      {200, func(n int) string { return "{ __typename @skip(if: false) # " + repeat("\n#", n-10) + "\n}" }, "tokens"},
		"fields":      {40, func(n int) string { return "{ events { nodes { " + repeat("id ", n-2) + "} } }" }, "fields"},
		"root fields": {8, func(n int) string { return "{ " + repeat("__typename ", n) + "}" }, "fields at its root"},
		"aliases":     {5, func(n int) string { return "{ " + repeat("a%d: __typename ", n) + "}" }, "aliases"},
		"aliases in fragments": {5, func(n int) string {
			return "{ events { nodes { " + repeat("...F ", n) + "} } } fragment F on Event { a: id }"
		}, "aliases"},
		"directives": {4, func(n int) string { return "{ __typename " + repeat("@include(if: true) ", n) + "}" }, "directives"},
		"directives of fragments": {4, func(n int) string {
			return "query @asOf { __typename " + repeat("... @include(if: true) { __typename } ", n-1) + "}"
		}, "directives"},
		"several operations": {40, func(n int) string {
			return repeat("query Q%d { events { nodes { id } } } ", (n-1)/3) + "query R { events { " + repeat("totalCount ", n-1-3*((n-1)/3)) + "} }"
		}, "fields"},
		"fragments of nobody": {40, func(n int) string {
			return "{ __typename } fragment F on Query { events { nodes { " + repeat("id ", n-2) + "} } }"
		}, "fields"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ask(t, h, test.ask(test.most), nil); bytes.Contains(got, []byte("LIMIT")) {
				t.Errorf("at the limit: %s", got)
			}
			_, shown := refusals(t, h, test.ask(test.most+1), nil)
			if len(shown) != 1 || shown[0].Extensions.Code != "LIMIT" || !strings.Contains(shown[0].Message, test.refusal) {
				t.Errorf("beyond it: %+v", shown)
			}
		})
	}
}

// TestDepthIsCounted with and without fragments.
func TestDepthIsCounted(t *testing.T) {
	h := graph.NewHandler(openStore(t), graph.Options{Now: clock, Limits: graph.Limits{Depth: 4}})
	for query, want := range map[string]bool{
		"{ events { nodes { participants { totalCount } } } }":                                                                       true,
		"{ events { nodes { participants { nodes { id } } } } }":                                                                     false,
		"{ events { ...E } } fragment E on EventConnection { nodes { ... on Event { participants { totalCount } } } }":               true,
		"{ events { ...E } } fragment E on EventConnection { nodes { ...F } } fragment F on Event { participants { nodes { id } } }": false,
	} {
		if got := ask(t, h, query, nil); bytes.Contains(got, []byte(`"errors"`)) == want {
			t.Errorf("%s: %s", query, got)
		}
	}
}

// TestWhatClientsAskIsWithinTheLimits: GraphiQL, code generators, and the documents of
// our own.
func TestWhatClientsAskIsWithinTheLimits(t *testing.T) {
	h := newHandler(openSample(t))
	first, err := os.ReadFile("../web/examples/01_whom-a-minister-met.graphql")
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{introspection.Query, string(first), "{ " + repeat("a%d: event(by: {slug: \"e\"}) { name } ", 50) + "}"} {
		if got := ask(t, h, query, nil); bytes.Contains(got, []byte(`"errors"`)) || len(got) < 50 {
			t.Errorf("%s: %.300s", query, got)
		}
	}
}

// TestBombsAreDefused sends what would keep a validator busy for minutes. Each is
// refused, or answered soon: most are refused in microseconds; what is within the
// limits and repeats itself takes up to half a second.
func TestBombsAreDefused(t *testing.T) {
	h := graph.NewHandler(openSample(t), graph.Options{Now: clock})
	const long = 5 * time.Second // on a machine with other things to do
	for name, test := range bombs {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			answer := ask(t, h, test.query, nil)
			took := time.Since(begun)
			t.Logf("%v for %d bytes", took, len(test.query))
			if took > long {
				t.Errorf("it took %v", took)
			}
			if got := bytes.Contains(answer, []byte(`"LIMIT"`)); got != test.refused {
				t.Errorf("refused: %v, and %.200s", got, answer)
			}
		})
	}
}

var bombs = map[string]struct {
	query   string
	refused bool
}{
	"100,000 tokens":    {"{ events { nodes { " + repeat("a%d: id ", 33_333) + "} } }", true},
	"10,000 repeats":    {"{ events { nodes { " + repeat("name ", 10_000) + "} } }", true},
	"1,900 repeats":     {"{ events { nodes { " + repeat("name ", 1_900) + "} } }", false},
	"500 aliases":       {"{ " + repeat("a%d: __typename ", 500) + "}", true},
	"40 levels":         {"{ events { nodes { " + repeat("subevents { nodes { ", 19) + "id " + repeat("} } ", 19) + "} } }", true},
	"100,000 braces":    {repeat("{ a", 100_000), true},
	"comments":          {"{ __typename }" + repeat("\n# nothing", 30_000), true},
	"a long string":     {`{ event(by: {slug: "` + repeat("x", 100_000) + `"}) { id } }`, true},
	"doubling":          {"{ events { nodes { ...F0 } } } " + doubling(100), true},
	"side by side":      {"{ events { nodes { " + repeat("...F%d ", 20) + "} } } " + repeat("fragment F%d on Event { "+strings.Repeat("name ", 80)+"} ", 20), false},
	"beside the same":   {"{ events { nodes { " + repeat("participants { nodes { name ...F } } ", 100) + "} } } fragment F on Actor { " + repeat("name ", 800) + "}", true},
	"operations":        {repeat("query Q%d { ...F } ", 150) + "fragment F on Query { events { nodes { " + repeat("name ", 900) + "} } }", true},
	"three operations":  {repeat("query Q%d { ...F } ", 3) + "fragment F on Query { events { nodes { " + repeat("name ", 900) + "} } }", false},
	"unused fragments":  {"{ __typename } " + repeat("fragment U%d on Query { ...F } ", 150) + "fragment F on Query { events { nodes { " + repeat("name ", 900) + "} } }", true},
	"cycles":            {"{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }", false},
	"variables":         {"query(" + repeat("$v%d: Int ", 450) + ") { __typename }", false},
	"lists":             {"{ nodes(ids: " + repeat("[", 900) + repeat("]", 900) + ") { id } }", false},
	"overlapping names": {"{ events { nodes { " + repeat("names { value language } ", 380) + "} } }", false},
}

// doubling is a fragment that spreads the next one twice, and so on.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "fragment F%d on Event { ...F%d ...F%d } ", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment F%d on Event { id }", n)
	return b.String()
}
