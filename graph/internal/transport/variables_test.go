package transport_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
)

// TestVariables are held to their types before anything runs, and whatever does not fit
// is told by its name and place.
func TestVariables(t *testing.T) {
	b := serve(t, graph.Options{}, by(access.Principal{Name: "editor", Role: access.Editor}))
	const (
		node   = `query($v: ID!) { node(id: $v) { __typename } }`
		nodes  = `query($v: [ID!]!) { nodes(ids: $v) { __typename } }`
		first  = `query($v: Int) { people(first: $v) { totalCount } }`
		person = `query($v: PersonBy!) { person(by: $v) { __typename } }`
		events = `query($v: EventFilter) { events(where: $v) { totalCount } }`
		order  = `query($v: DatedOrder!) { events(orderBy: $v) { totalCount } }`
		number = `query($v: Int! = 1) { transaction(number: $v) { number } }`
		skip   = `query($v: Boolean!) { a: __typename @skip(if: $v) }`
		commit = `mutation($v: CommitInput!) { commit(input: $v) { userErrors { message } } }`
	)
	for name, c := range map[string]struct{ query, variables, refusal string }{
		"a text for an id":             {node, `{"v": "x"}`, ""},
		"a number for an id":           {node, `{"v": 5}`, ""},
		"half a number for an id":      {node, `{"v": 5.5}`, `$v is 5.5; want ID`},
		"an object for an id":          {node, `{"v": {}}`, `$v is an object; want ID`},
		"none":                         {node, `{}`, `$v is missing; want ID!`},
		"a null":                       {node, `{"v": null}`, `$v is null; want ID!`},
		"another":                      {node, `{"v": "x", "w": {}}`, ""},
		"one for a list":               {nodes, `{"v": "x"}`, ""},
		"a list of some":               {nodes, `{"v": ["x", 1, [], null]}`, `$v[2] is a list; want ID`},
		"a null in a list":             {nodes, `{"v": ["x", null]}`, `$v[1] is null; want ID!`},
		"a default":                    {number, `{}`, ""},
		"a null in spite of a default": {number, `{"v": null}`, `$v is null; want Int!`},
		"a null that may be":           {first, `{"v": null}`, ""},
		"a text for a number":          {first, `{"v": "10"}`, `$v is "10"; want Int`},
		"half a number":                {first, `{"v": 1.5}`, `$v is 1.5; want Int`},
		"too great a number":           {first, `{"v": 2147483648}`, `$v is 2147483648; want Int`},
		"a truth":                      {first, `{"v": true}`, `$v is true; want Int`},
		"a text for a truth":           {skip, `{"v": "true"}`, `$v is "true"; want Boolean`},
		"one key":                      {person, `{"v": {"slug": "x"}}`, ""},
		"two keys":                     {person, `{"v": {"slug": "x", "id": "y"}}`, `$v has to have exactly one key, and not null, as PersonBy says`},
		"one that is null":             {person, `{"v": {"slug": null}}`, `$v has to have exactly one key, and not null, as PersonBy says`},
		"one and a null":               {person, `{"v": {"slug": "x", "id": null}}`, `$v has to have exactly one key, and not null, as PersonBy says`},
		"no key":                       {person, `{"v": {}}`, `$v has to have exactly one key, and not null, as PersonBy says`},
		"an unknown one":               {person, `{"v": {"slugg": "x"}}`, `$v has "slugg", and PersonBy has no such field`},
		"a text for an object":         {person, `{"v": "slug"}`, `$v is "slug"; want PersonBy`},
		"what clients keep of answers": {person, `{"v": {"slug": "x", "__typename": "PersonBy"}}`, `$v has "__typename", and PersonBy has no such field`},
		"deeply":                       {events, `{"v": {"name": {"contains": 1}}}`, `$v.name.contains is 1; want String`},
		"one for a list, deeply":       {events, `{"v": {"kind": "VISIT"}}`, ""},
		"names of an enumeration":      {events, `{"v": {"kind": ["VISIT", "visit"]}}`, `$v.kind[1] is "visit"; want EventKind`},
		"a name of an enumeration":     {order, `{"v": "NEWEST"}`, ""},
		"a number for one":             {order, `{"v": 1}`, `$v is 1; want DatedOrder`},
		"a long text":                  {order, `{"v": "` + strings.Repeat("a", 100_000) + `"}`, `$v is "` + strings.Repeat("a", 64) + `"; want DatedOrder`},
		"a null where it may not be":   {`query($v: Int = 1) { transaction(number: $v) { number } }`, `{"v": null}`, `$v is null; want Int!`},
		"a null that would skip":       {`query($v: Boolean = true) { ...F } fragment F on Query { a: __typename @skip(if: $v) }`, `{"v": null}`, `$v is null; want Boolean!`},
		"a default that skips":         {`query($v: Boolean = true) { a: __typename @skip(if: $v) b: __typename }`, `{}`, ""},
		"what a mutation cannot read":  {commit, `{"v": {"changes": [{}]}}`, ""},
		"a page of what it wrote":      {`mutation($v: Int) { commit(input: {changes: {putTopic: {name: "x"}}, unsourced: true}) { transaction { changes(first: $v) { nodes { recordId } } } } }`, `{"v": "10"}`, `$v is "10"; want Int`},
		"what it is to skip":           {`mutation($v: Boolean = true) { commit(input: {changes: {putTopic: {name: "x"}}, unsourced: true}) { transaction @skip(if: $v) { number } } }`, `{"v": null}`, `$v is null; want Boolean!`},
		"what it does not know":        {commit, `{"v": {"changes": [{"putTopik": {}}]}}`, `$v.changes[0] has "putTopik", and ChangeInput has no such field`},
	} {
		t.Run(name, func(t *testing.T) {
			got := b.send(exchanged{body: fmt.Sprintf(`{"query": %q, "variables": %s}`, c.query, c.variables), header: []string{"Accept", "application/graphql-response+json"}})
			var answer struct {
				Data   json.RawMessage
				Errors []struct {
					Message    string
					Path       []any
					Locations  []struct{ Line, Column int }
					Extensions struct{ Code string }
				}
			}
			if err := json.Unmarshal([]byte(got.text), &answer); err != nil {
				t.Fatal(err, got.text)
			}
			if c.refusal == "" {
				if strings.Contains(got.text, "the variable") || answer.Data == nil {
					t.Errorf("status %d: %s", got.StatusCode, got.text)
				}
				return
			}
			if after, _ := b.Committed(); after != 1 {
				t.Errorf("transaction %d was written", after)
			}
			if got.StatusCode != http.StatusBadRequest || answer.Data != nil || len(answer.Errors) != 1 {
				t.Fatalf("status %d: %s", got.StatusCode, got.text)
			}
			e := answer.Errors[0]
			if e.Message != "the variable "+c.refusal || e.Path != nil || len(e.Locations) != 1 || e.Locations[0].Line != 1 || e.Extensions.Code != "BAD_USER_INPUT" {
				t.Errorf("told %s\nwant %s", got.text, c.refusal)
			}
		})
	}
}

// TestTheOperationThatIsMeant is told apart by its name.
func TestTheOperationThatIsMeant(t *testing.T) {
	b := serve(t, graph.Options{})
	const two = `query A { __typename } query B { __typename }`
	for name, want := range map[string]string{
		`"B"`: `{"data":{"__typename":"Query"}}`,
		`"C"`: `{"errors":[{"message":"the document has no operation \"C\"","extensions":{"code":"OPERATION_RESOLUTION_FAILURE"}}]}`,
		`""`:  `{"errors":[{"message":"the document has 2 operations; say in operationName which is meant","extensions":{"code":"OPERATION_RESOLUTION_FAILURE"}}]}`,
	} {
		b.exchange(t, exchanged{body: fmt.Sprintf(`{"query": %q, "operationName": %s}`, two, name), status: 200, answer: want})
	}
}
