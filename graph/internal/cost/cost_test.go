package cost_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"chancery/graph/internal/cost"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
)

func loadSchema(t testing.TB) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile("testdata/schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	return gqlparser.MustLoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
}

// estimate returns the estimate of the only operation of a document.
func estimate(t testing.TB, e *cost.Estimator, schema *ast.Schema, query, variables string) int64 {
	t.Helper()
	document, errs := gqlparser.LoadQueryWithRules(schema, query, nil)
	if errs != nil {
		t.Fatalf("%s: %v", query, errs)
	}
	given := map[string]any{}
	decoder := json.NewDecoder(strings.NewReader(variables))
	decoder.UseNumber()
	if err := decoder.Decode(&given); variables != "" && err != nil {
		t.Fatal(err)
	}
	operation := document.Operations[0]
	values, err := validator.VariableValues(schema, operation, given)
	if err != nil {
		t.Fatal(err)
	}
	return e.Plan(document, operation, values).Estimate(values)
}

// estimates are queries on testdata/schema.graphqls with their estimated cost.
var estimates = []struct {
	about, query, variables string
	want                    int64
}{
	{"scalars cost nothing", `{ __typename }`, "", 0},
	{"an object costs 1", `{ one { name __typename } }`, "", 1},
	{"a field may have a weight", `{ said { name } }`, "", 3},
	{"the weight of an argument is added", `{ said(of: "x") { name } }`, "", 3 + 4},
	{"weights of nested fields are added", `{ one { dear } }`, "", 1 + 7},
	{"scalars and enums may have weights", `{ one { grade mood } }`, "", 1 + 5 + 6},
	{"a page has the assumed size", `{ people { nodes { name } } }`, "", 1 + 20},
	{"or the requested size", `{ people(first: 3) { nodes { name } } }`, "", 1 + 3},
	{"last is a slicing argument too", `{ people(last: 4) { nodes { name } } }`, "", 1 + 4},
	{"the greater slicing argument counts", `{ people(first: 3, last: 4) { nodes { name } } }`, "", 1 + 4},
	{"a null slicing argument is ignored", `{ people(first: null) { nodes { name } } }`, "", 1 + 20},
	{"an empty page costs its connection", `{ people(first: 0) { nodes { name } } }`, "", 1},
	{"a negative page size counts as 0", `{ people(first: -5) { nodes { name } } }`, "", 1},
	{"the page size is bounded by the maximum", `{ people(first: 2000000000) { nodes { name } } }`, "", 1 + 1000},
	{"a variable sets the page size", `query($n: Int) { people(first: $n) { nodes { name } } }`, `{"n": 7}`, 1 + 7},
	{"the default of a variable sets the page size", `query($n: Int = 6) { people(first: $n) { nodes { name } } }`, "", 1 + 6},
	{"a missing variable leaves the assumed size", `query($n: Int) { people(first: $n) { nodes { name } } }`, "", 1 + 20},
	{"the default of an argument sets the page size", `{ five { nodes { name } } }`, "", 1 + 5},
	{"only sizedFields have the page size", `{ five(first: 9) { nodes { name } edges { node { name } } } }`, "", 1 + 9 + 20},
	{"a type may have weight 0", `{ people(first: 3) { edges { node { name } } } }`, "", 1 + 3*(0+1)},
	{"nested lists multiply", `{ people(first: 3) { nodes { friends { friends { name } } } } }`, "", 1 + 3*(1+3*(1+3))},
	{"fields beside a list count once", `{ people(first: 3) { total nodes { name } } }`, "", 1 + 10 + 3},
	{"a list argument sets the length", `{ nodes(ids: ["a", "b"]) { name } }`, "", 2 * 2},
	{"a list variable sets the length", `query($ids: [ID!]!) { nodes(ids: $ids) { name } }`, `{"ids": ["a", "b", "c"]}`, 3 * 2},
	{"a list variable is not bounded by the maximum page", `query($ids: [ID!]!) { nodes(ids: $ids) { name } }`, `{"ids": [` + strings.Repeat(`"a",`, 1_999) + `"b"]}`, 2_000 * 2},
	{"a list literal is not bounded by the maximum page", `{ nodes(ids: [` + strings.Repeat(`"a" `, 2_000) + `]) { name } }`, "", 2_000 * 2},
	{"a single value is a list of one", `query($ids: [ID!]!) { nodes(ids: $ids) { name } }`, `{"ids": "a"}`, 2},
	{"a list without @listSize has the default size", `{ unsized { name } }`, "", 20},
	{"the most expensive possible type counts", `{ thing { name } }`, "", 2},
	{"with the selection on it", `{ thing { ... on Person { friends { name } } ... on Town { mayor { name } } } }`, "", 2 + 3},
	{"and the selection on all types", `{ thing { pages { name } ... on Town { mayor { name } } } }`, "", 2 + 4*6 + 1},
	{"a wider type condition changes nothing", `{ one { ... on Thing { pages { name } } pages { name } } }`, "", 1 + 4},
	{"equal selections are merged", `{ one { friends { name } } one { friends { mood } } }`, "", 1 + 3*(1+6)},
	{"selections in fragments are merged", `{ one { ...F ...G } } fragment F on Person { friends { name } } fragment G on Person { friends { friends { name } } }`, "", 1 + 3*(1+3)},
	{"aliases are not merged", `{ one { friends { name } more: friends { name } } }`, "", 1 + 3 + 3},
	{"skipped fields cost nothing", `{ one @skip(if: true) { name } said @include(if: false) { name } }`, "", 0},
	{"@skip and @include by variables", `query($no: Boolean!) { one @skip(if: $no) { name } said @include(if: $no) { name } }`, `{"no": true}`, 3},
	{"@skip and @include on fragments", `query($yes: Boolean = false) { ... @include(if: $yes) { one { name } } ...F @skip(if: $yes) } fragment F on Query { said { name } }`, "", 3},
	{"input objects cost 1", `{ people(first: 0, where: {name: "x", not: {name: "y"}, all: [{}, {}]}) { nodes { name } } }`, "", 1 + 4},
	{"input objects in variables", `query($w: Filter) { people(first: 0, where: $w) { nodes { name } } }`, `{"w": {"not": {"dear": 1}}}`, 1 + 2 + 9},
	{"each change of a mutation costs its weight", `mutation { write(changes: [{name: "a"}, {filter: {}}]) { name } }`, "", 100 + 10 + 10 + 1},
	{"a subscription costs one event", `subscription { event { friends { name } } }`, "", 1 + 3},
	{"introspection has a minimum cost", `{ __schema { types { fields { name } } } __type(name: "Person") { name } }`, "", 5_000 + 100},
	{"aliases in introspection multiply", `{ __schema { types { ` + repeated(100, "a%d: fields { name } ") + `} } }`, "", 14 + 14*100*5}, // 14 types with 5 fields on average
	{"aliases in fragments of introspection multiply", `{ __schema { types { ...A } } } fragment A on __Type { ` + repeated(20, "a%d: fields { type { ...B ofType { ...B } } } ") + `} fragment B on __Type { ` + repeated(20, "b%d: fields { name } ") + "}", "", 14 + 14*20*5*(1+2*20*5)},
	{"the cost is bounded", `{ ` + deep(12) + ` }`, "", 1 << 31},
}

func TestEstimate(t *testing.T) {
	schema := loadSchema(t)
	e := cost.NewEstimator(schema, 1, 1_000)
	for _, test := range estimates {
		t.Run(test.about, func(t *testing.T) {
			if got := estimate(t, e, schema, test.query, test.variables); got != test.want {
				t.Errorf("%s %s\ncosts %d; want %d", test.query, test.variables, got, test.want)
			}
		})
	}
}

func repeated(times int, text string) string {
	var b strings.Builder
	for i := range times {
		fmt.Fprintf(&b, text, i)
	}
	return b.String()
}

// deep returns a query for pages of a thousand friends, nested to a number of levels.
func deep(levels int) string {
	return `nodes(ids: [` + strings.Repeat(`"a" `, 1000) + `]) { ` + strings.Repeat(`pages { pages { `, levels) + "name" + strings.Repeat(" } }", levels) + ` }`
}

// TestPlansAreCachedUnlessTheyDependOnVariables compares the pointers of plans.
func TestPlansAreCachedUnlessTheyDependOnVariables(t *testing.T) {
	schema := loadSchema(t)
	e := cost.NewEstimator(schema, 10, 1_000)
	document := gqlparser.MustLoadQueryWithRules(schema, `query A { one { name } } query B($no: Boolean!) { one @skip(if: $no) { name } }`, nil)
	a, b := document.Operations[0], document.Operations[1]
	first := e.Plan(document, a, nil)
	if again := e.Plan(document, a, nil); again != first {
		t.Error("a plan was computed twice")
	}
	for _, no := range []bool{true, false, true} {
		variables := map[string]any{"no": no}
		want := map[bool]int64{true: 0, false: 1}[no]
		if got := e.Plan(document, b, variables).Estimate(variables); got != want {
			t.Errorf("with @skip(if: %v) the estimate is %d; want %d", no, got, want)
		}
	}
}

// TestPlansOfLongDocumentsAreEvicted: a plan keeps its document in memory.
func TestPlansOfLongDocumentsAreEvicted(t *testing.T) {
	schema := loadSchema(t)
	e := cost.NewEstimator(schema, 1_000, 1_000)
	plan := func(ids int) func() *cost.Plan {
		document := gqlparser.MustLoadQueryWithRules(schema, `{ nodes(ids: [`+strings.Repeat("1 ", ids)+`]) { name } }`, nil)
		return func() *cost.Plan { return e.Plan(document, document.Operations[0], nil) }
	}
	first, short := plan(1_900), plan(1)
	was := first()
	if first() != was {
		t.Error("the plan was not cached")
	}
	for range 100 {
		plan(1_900)()
	}
	if first() == was {
		t.Error("the plan was not evicted")
	}
	if is := short(); short() != is {
		t.Error("the plan of a short document was not cached")
	}
}

func BenchmarkPlan(b *testing.B) {
	schema := loadSchema(b)
	document := gqlparser.MustLoadQueryWithRules(schema, `{ people(first: 20) { nodes { name friends { name } } } }`, nil)
	variables := map[string]any{}
	for name, cached := range map[string]bool{"cached": true, "computed": false} {
		b.Run(name, func(b *testing.B) {
			e := cost.NewEstimator(schema, 1, 1_000)
			for b.Loop() {
				if !cached {
					e = cost.NewEstimator(schema, 1, 1_000)
				}
				plan := e.Plan(document, document.Operations[0], variables)
				if plan.Estimate(variables) != 81 {
					b.Fatal(fmt.Sprint(plan.Estimate(variables)))
				}
			}
		})
	}
}

// TestOversizedArgument requests pages of the maximum size and beyond, by literals and
// variables.
func TestOversizedArgument(t *testing.T) {
	schema := loadSchema(t)
	e := cost.NewEstimator(schema, 10, 100)
	document := gqlparser.MustLoadQueryWithRules(schema, `
		query Literal { one { name } ...F }
		query Variable($n: Int = 101) { one { name } people(last: $n) { total } }
		query Skipped($no: Boolean!) { people(first: 99999999999) @skip(if: $no) { total } }
		fragment F on Query { people(first: 101, last: 100) { nodes { name } } }`, nil)
	literal, variable, skipped := document.Operations[0], document.Operations[1], document.Operations[2]
	for _, test := range []struct {
		operation *ast.OperationDefinition
		variables map[string]any
		want      string
		length    string
	}{
		{literal, nil, "first", "101"},
		{variable, map[string]any{"n": int64(101)}, "last", "101"},
		{variable, map[string]any{"n": int64(100)}, "", ""},
		{variable, map[string]any{"n": nil}, "", ""},
		{skipped, map[string]any{"no": true}, "", ""},
		{skipped, map[string]any{"no": false}, "first", "99999999999"},
	} {
		argument, length := e.Plan(document, test.operation, test.variables).OversizedArgument(test.variables)
		if got := argument != nil; got != (test.want != "") || got && (argument.Name != test.want || fmt.Sprint(length) != test.length) {
			t.Errorf("%s with %v: %v, %v", test.operation.Name, test.variables, argument, length)
		}
	}
}
