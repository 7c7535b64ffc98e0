package transport_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"chancery/graph/internal/generated"
	"chancery/graph/internal/transport"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator"
)

// manySorts has variables of all sorts.
const manySorts = `query($a: [ID!]! = ["x"], $b: PersonBy! = {slug: "x"}, $c: EventFilter, $d: Int, $e: DatedOrder, $f: Boolean = true, $g: [_Any!]! = [{}]) {
	nodes(ids: $a) { id @skip(if: $f) }
	person(by: $b) { id }
	events(where: $c, first: $d, orderBy: $e) { totalCount }
	_entities(representations: $g) { __typename }
}`

// FuzzVariables holds that nothing gets past us on which the executor stumbles, which
// would then be told in its words. It looks at the values as we leave them.
func FuzzVariables(f *testing.F) {
	for _, seed := range []string{
		`{"a": ["x", 1]}`, `{"a": null}`, `{"a": [[null]]}`, `{"b": {"slug": "x"}}`, `{"b": {"slug": null, "id": 1}}`, `{"c": {"kind": "VISIT"}}`,
		`{"c": {"kind": [["VISIT"]]}}`, `{"c": {"name": {"contains": "x"}, "__typename": 1}}`, `{"c": []}`, `{"c": [{}]}`, `{"d": 1e3}`, `{"d": -0}`, `{"d": 1.5}`, `{"e": "NEWEST"}`,
		`{"f": null}`, `{"f": "true"}`, `{"g": [1, "x", {"id": []}]}`, `{"g": {}}`, `{"h": 1}`, `{"a": 1e99}`, `{"a": 9223372036854775808}`,
	} {
		f.Add(seed)
	}
	schema := generated.Shown()
	document, errs := gqlparser.LoadQueryWithRules(schema, manySorts, nil)
	if errs != nil {
		f.Fatal(errs)
	}
	f.Fuzz(func(t *testing.T, text string) {
		variables := map[string]any{}
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if decoder.Decode(&variables) != nil {
			return
		}
		ours := transport.WrongVariable(schema, document.Operations[0], variables, nil)
		_, err := validator.VariableValues(schema, document.Operations[0], maps.Clone(variables))
		if ours == nil && err != nil {
			t.Errorf("%s: let through, and refused by the executor: %v", text, err)
		}
		if again := transport.WrongVariable(schema, document.Operations[0], variables, nil); ours == nil && again != nil {
			t.Errorf("%s: let through, but not as the executor has left it: %v", text, again)
		}
	})
}
