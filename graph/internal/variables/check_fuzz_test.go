package variables_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"chancery/graph/internal/generated"
	"chancery/graph/internal/variables"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator"
)

// allTypes has a variable of each kind of type.
const allTypes = `query($a: [ID!]! = ["x"], $b: PersonBy! = {slug: "x"}, $c: EventFilter, $d: Int, $e: DatedOrder, $f: Boolean = true, $g: [_Any!]! = [{}]) {
	nodes(ids: $a) { id @skip(if: $f) }
	person(by: $b) { id }
	events(where: $c, first: $d, orderBy: $e) { totalCount }
	_entities(representations: $g) { __typename }
}`

// FuzzCheck compares Check with the executor: it must reject everything that the executor
// rejects, whose errors name no variable, and accept the values as the executor leaves
// them.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		`{"a": ["x", 1]}`, `{"a": null}`, `{"a": [[null]]}`, `{"b": {"slug": "x"}}`, `{"b": {"slug": null, "id": 1}}`, `{"c": {"kind": "VISIT"}}`,
		`{"c": {"kind": [["VISIT"]]}}`, `{"c": {"name": {"contains": "x"}, "__typename": 1}}`, `{"c": []}`, `{"c": [{}]}`, `{"d": 1e3}`, `{"d": -0}`, `{"d": 1.5}`, `{"e": "NEWEST"}`,
		`{"f": null}`, `{"f": "true"}`, `{"g": [1, "x", {"id": []}]}`, `{"g": {}}`, `{"h": 1}`, `{"a": 1e99}`, `{"a": 9223372036854775808}`,
	} {
		f.Add(seed)
	}
	schema := generated.Shown()
	document, errs := gqlparser.LoadQueryWithRules(schema, allTypes, nil)
	if errs != nil {
		f.Fatal(errs)
	}
	f.Fuzz(func(t *testing.T, text string) {
		values := map[string]any{}
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if decoder.Decode(&values) != nil {
			return
		}
		rejected := variables.Check(schema, document.Operations[0], values, nil) != nil
		_, err := validator.VariableValues(schema, document.Operations[0], maps.Clone(values))
		if !rejected && err != nil {
			t.Errorf("%s: accepted, but the executor rejects it: %v", text, err)
		}
		if again := variables.Check(schema, document.Operations[0], values, nil); !rejected && again != nil {
			t.Errorf("%s: accepted, but rejected as the executor leaves it: %v", text, again)
		}
	})
}
