package validation_test

import (
	"testing"

	"chancery/graph/internal/validation"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `
type Query { a(n: Int, l: [Int!], f: Float, i: ID, in: In): Int }
type Subscription { s(after: Int): Int t: Int }
input In { n: Int in: In }`})

func TestWhatTheSpecificationForbidsIsRejected(t *testing.T) {
	for text, want := range map[string]string{
		`{ a(n: 2147483647) b: a(n: -2147483648) }`:                "",
		`{ a(n: 2147483648) }`:                                     "input:1:8: Int cannot represent non 32-bit signed integer value: 2147483648",
		`{ a(l: [1, -2147483649]) }`:                               "input:1:12: Int cannot represent non 32-bit signed integer value: -2147483649",
		`{ a(in: {in: {n: 99999999999999999999}}) }`:               "input:1:18: Int cannot represent non 32-bit signed integer value: 99999999999999999999",
		`query($n: Int = 3000000000) { a(n: $n) }`:                 "input:1:17: Int cannot represent non 32-bit signed integer value: 3000000000",
		`{ a(f: 3000000000, i: 3000000000) }`:                      "",
		`subscription { s }`:                                       "",
		`subscription { s ...F } fragment F on Subscription { s }`: "",
		`subscription { x: s(after: 1) ...F } fragment F on Subscription { ... { y: s(after: 1) } }`: "input:1:1: A subscription must select only one field; this selects s under 2 names.",
		`subscription { s t }`: "input:1:18: Anonymous Subscription must select only one top level field.",
		`query { x: a y: a }`:  "",
	} {
		document, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			t.Fatal(err)
		}
		for name, rules := range map[string]func() string{
			"with suggestions": func() string { return first(validator.ValidateWithRules(schema, document, validation.Rules())) },
			"without suggestions": func() string {
				return first(validator.ValidateWithRules(schema, document, validation.RulesWithoutSuggestions()))
			},
		} {
			if got := rules(); got != want {
				t.Errorf("%s, %s:\n got %q\nwant %q", text, name, got, want)
			}
		}
	}
}

func first[E error](errs []E) string {
	if len(errs) == 0 {
		return ""
	}
	return errs[0].Error()
}
