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

// asked is what a document's only operation may cost.
func asked(t testing.TB, r *cost.Reckoner, schema *ast.Schema, query, variables string) int64 {
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
	return r.Plan(document, operation, values).Asked(values)
}

func TestAsked(t *testing.T) {
	schema := loadSchema(t)
	r := cost.NewReckoner(schema, 1, 1_000)
	for _, test := range []struct {
		about, query, variables string
		want                    int64
	}{
		{"what has no fields costs nothing", `{ __typename }`, "", 0},
		{"what has some costs 1", `{ one { name __typename } }`, "", 1},
		{"a weight is the field's own", `{ said { name } }`, "", 3},
		{"and that of arguments is added", `{ said(of: "x") { name } }`, "", 3 + 4},
		{"fields have weights", `{ one { dear } }`, "", 1 + 7},
		{"so have scalars and enums", `{ one { grade mood } }`, "", 1 + 5 + 6},
		{"a page is as long as assumed", `{ people { nodes { name } } }`, "", 1 + 20},
		{"or as is asked", `{ people(first: 3) { nodes { name } } }`, "", 1 + 3},
		{"from the other end, too", `{ people(last: 4) { nodes { name } } }`, "", 1 + 4},
		{"of two sizes the greater counts", `{ people(first: 3, last: 4) { nodes { name } } }`, "", 1 + 4},
		{"null is as good as nothing", `{ people(first: null) { nodes { name } } }`, "", 1 + 20},
		{"an empty page costs its connection", `{ people(first: 0) { nodes { name } } }`, "", 1},
		{"less than nothing is nothing", `{ people(first: -5) { nodes { name } } }`, "", 1},
		{"no page is longer than any may be", `{ people(first: 2000000000) { nodes { name } } }`, "", 1 + 1000},
		{"a variable says how long", `query($n: Int) { people(first: $n) { nodes { name } } }`, `{"n": 7}`, 1 + 7},
		{"or its default does", `query($n: Int = 6) { people(first: $n) { nodes { name } } }`, "", 1 + 6},
		{"or nothing does", `query($n: Int) { people(first: $n) { nodes { name } } }`, "", 1 + 20},
		{"an argument has a default", `{ five { nodes { name } } }`, "", 1 + 5},
		{"only fields that are named are sized", `{ five(first: 9) { nodes { name } edges { node { name } } } }`, "", 1 + 9 + 20},
		{"types have weights, edges none", `{ people(first: 3) { edges { node { name } } } }`, "", 1 + 3*(0+1)},
		{"lists within lists multiply", `{ people(first: 3) { nodes { friends { friends { name } } } } }`, "", 1 + 3*(1+3*(1+3))},
		{"what is not listed counts once", `{ people(first: 3) { total nodes { name } } }`, "", 1 + 10 + 3},
		{"as many come as are asked for", `{ nodes(ids: ["a", "b"]) { name } }`, "", 2 * 2},
		{"by a variable, too", `query($ids: [ID!]!) { nodes(ids: $ids) { name } }`, `{"ids": ["a", "b", "c"]}`, 3 * 2},
		{"however many", `query($ids: [ID!]!) { nodes(ids: $ids) { name } }`, `{"ids": [` + strings.Repeat(`"a",`, 1_999) + `"b"]}`, 2_000 * 2},
		{"written out, too", `{ nodes(ids: [` + strings.Repeat(`"a" `, 2_000) + `]) { name } }`, "", 2_000 * 2},
		{"one is a list of one", `query($ids: [ID!]!) { nodes(ids: $ids) { name } }`, `{"ids": "a"}`, 2},
		{"of what nothing is said there are some", `{ untold { name } }`, "", 20},
		{"the dearest of possible types counts", `{ thing { name } }`, "", 2},
		{"with what is selected of it", `{ thing { ... on Person { friends { name } } ... on Town { mayor { name } } } }`, "", 2 + 3},
		{"and what is selected of all", `{ thing { pages { name } ... on Town { mayor { name } } } }`, "", 2 + 4*6 + 1},
		{"a wider condition changes nothing", `{ one { ... on Thing { pages { name } } pages { name } } }`, "", 1 + 4},
		{"what is asked for twice is answered once", `{ one { friends { name } } one { friends { mood } } }`, "", 1 + 3*(1+6)},
		{"in fragments, too", `{ one { ...F ...G } } fragment F on Person { friends { name } } fragment G on Person { friends { friends { name } } }`, "", 1 + 3*(1+3)},
		{"under another name it is answered again", `{ one { friends { name } more: friends { name } } }`, "", 1 + 3 + 3},
		{"skipped is not asked for", `{ one @skip(if: true) { name } said @include(if: false) { name } }`, "", 0},
		{"by a variable", `query($no: Boolean!) { one @skip(if: $no) { name } said @include(if: $no) { name } }`, `{"no": true}`, 3},
		{"in fragments", `query($yes: Boolean = false) { ... @include(if: $yes) { one { name } } ...F @skip(if: $yes) } fragment F on Query { said { name } }`, "", 3},
		{"objects of input cost 1", `{ people(first: 0, where: {name: "x", not: {name: "y"}, all: [{}, {}]}) { nodes { name } } }`, "", 1 + 4},
		{"in variables", `query($w: Filter) { people(first: 0, where: $w) { nodes { name } } }`, `{"w": {"not": {"dear": 1}}}`, 1 + 2 + 9},
		{"a mutation pays for each change", `mutation { write(changes: [{name: "a"}, {filter: {}}]) { name } }`, "", 100 + 10 + 10 + 1},
		{"a subscription for an answer", `subscription { told { friends { name } } }`, "", 1 + 3},
		{"introspection has a price, whatever it asks", `{ __schema { types { fields { name } } } __type(name: "Person") { name } }`, "", 5_000 + 100},
		{"but more for more of it", `{ __schema { types { ` + repeated(100, "a%d: fields { name } ") + `} } }`, "", 14 + 14*100*5}, // types, each of as many fields on the average,
		{"in its fragments, too", `{ __schema { types { ...A } } } fragment A on __Type { ` + repeated(20, "a%d: fields { type { ...B ofType { ...B } } } ") + `} fragment B on __Type { ` + repeated(20, "b%d: fields { name } ") + "}", "", 14 + 14*20*5*(1+2*20*5)},
		{"there is a most", `{ ` + deep(12) + ` }`, "", 1 << 31},
	} {
		t.Run(test.about, func(t *testing.T) {
			if got := asked(t, r, schema, test.query, test.variables); got != test.want {
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

// deep asks for pages of a thousand friends, so many levels deep.
func deep(levels int) string {
	return `nodes(ids: [` + strings.Repeat(`"a" `, 1000) + `]) { ` + strings.Repeat(`pages { pages { `, levels) + "name" + strings.Repeat(" } }", levels) + ` }`
}

// TestPlansAreKept unless variables had a say in them.
func TestPlansAreKept(t *testing.T) {
	schema := loadSchema(t)
	r := cost.NewReckoner(schema, 10, 1_000)
	document := gqlparser.MustLoadQueryWithRules(schema, `query A { one { name } } query B($no: Boolean!) { one @skip(if: $no) { name } }`, nil)
	a, b := document.Operations[0], document.Operations[1]
	first := r.Plan(document, a, nil)
	if again := r.Plan(document, a, nil); again != first {
		t.Error("a plan was made anew")
	}
	for _, no := range []bool{true, false, true} {
		variables := map[string]any{"no": no}
		want := map[bool]int64{true: 0, false: 1}[no]
		if got := r.Plan(document, b, variables).Asked(variables); got != want {
			t.Errorf("skipped %v: %d; want %d", no, got, want)
		}
	}
}

// TestPlansKeepNoMoreThanDocuments: a plan keeps its document in memory, so of long
// ones the last are kept.
func TestPlansKeepNoMoreThanDocuments(t *testing.T) {
	schema := loadSchema(t)
	r := cost.NewReckoner(schema, 1_000, 1_000)
	plan := func(ids int) func() *cost.Plan {
		document := gqlparser.MustLoadQueryWithRules(schema, `{ nodes(ids: [`+strings.Repeat("1 ", ids)+`]) { name } }`, nil)
		return func() *cost.Plan { return r.Plan(document, document.Operations[0], nil) }
	}
	first, short := plan(1_900), plan(1)
	was := first()
	if first() != was {
		t.Error("it was not kept")
	}
	for range 100 {
		plan(1_900)()
	}
	if first() == was {
		t.Error("all are kept")
	}
	if is := short(); short() != is {
		t.Error("there is no room for a short one")
	}
}

// TestSpent counts what there was, which is never more than was asked.
func TestSpent(t *testing.T) {
	schema := loadSchema(t)
	document := gqlparser.MustLoadQueryWithRules(schema, `{ people(first: 10) { total nodes { friends { name } ... on Thing { pages { name } } } } nodes(ids: ["a", "b"]) { name } }`, nil)
	operation := document.Operations[0]
	plan := cost.NewReckoner(schema, 1, 1_000).Plan(document, operation, nil)
	if got := plan.Spent(nil, nil); got != 1+10 {
		t.Errorf("of empty lists %d; want 11", got)
	}
	people := operation.SelectionSet[0].(*ast.Field).SelectionSet[1].(*ast.Field)
	friends := people.SelectionSet[0].(*ast.Field)
	if got := plan.Spent(nil, map[*ast.Field]int{people: 4, friends: 7}); got != 1+10+4+7 {
		t.Errorf("%d; want 22", got)
	}
}

func BenchmarkPlan(b *testing.B) {
	schema := loadSchema(b)
	document := gqlparser.MustLoadQueryWithRules(schema, `{ people(first: 20) { nodes { name friends { name } } } }`, nil)
	variables := map[string]any{}
	for name, keep := range map[string]bool{"kept": true, "anew": false} {
		b.Run(name, func(b *testing.B) {
			r := cost.NewReckoner(schema, 1, 1_000)
			for b.Loop() {
				if !keep {
					r = cost.NewReckoner(schema, 1, 1_000)
				}
				plan := r.Plan(document, document.Operations[0], variables)
				if plan.Asked(variables) != 81 || plan.Spent(variables, nil) != 1 {
					b.Fatal(fmt.Sprint(plan.Asked(variables)))
				}
			}
		})
	}
}

// TestTooLong asks for more than a list may have, in a document or a variable, and for
// as much.
func TestTooLong(t *testing.T) {
	schema := loadSchema(t)
	r := cost.NewReckoner(schema, 10, 100)
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
		asked     string
	}{
		{literal, nil, "first", "101"},
		{variable, map[string]any{"n": int64(101)}, "last", "101"},
		{variable, map[string]any{"n": int64(100)}, "", ""},
		{variable, map[string]any{"n": nil}, "", ""},
		{skipped, map[string]any{"no": true}, "", ""},
		{skipped, map[string]any{"no": false}, "first", "99999999999"},
	} {
		argument, asked := r.Plan(document, test.operation, test.variables).TooLong(test.variables)
		if got := argument != nil; got != (test.want != "") || got && (argument.Name != test.want || fmt.Sprint(asked) != test.asked) {
			t.Errorf("%s with %v: %v, %v", test.operation.Name, test.variables, argument, asked)
		}
	}
}
