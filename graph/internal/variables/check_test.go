package variables_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
)

// Queries with a variable of each kind of type.
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

// checkCases are values of the variable with the error that they must cause, or "".
var checkCases = map[string]struct{ query, variables, refusal string }{
	"a string for an id":                      {node, `{"v": "x"}`, ""},
	"a number for an id":                      {node, `{"v": 5}`, ""},
	"a fraction for an id":                    {node, `{"v": 5.5}`, `$v is 5.5; want ID`},
	"an object for an id":                     {node, `{"v": {}}`, `$v is an object; want ID`},
	"a missing variable":                      {node, `{}`, `$v is missing; want ID!`},
	"a null":                                  {node, `{"v": null}`, `$v is null; want ID!`},
	"an undefined variable":                   {node, `{"v": "x", "w": {}}`, ""},
	"a single value for a list":               {nodes, `{"v": "x"}`, ""},
	"a list of some":                          {nodes, `{"v": ["x", 1, [], null]}`, `$v[2] is a list; want ID`},
	"a null in a list":                        {nodes, `{"v": ["x", null]}`, `$v[1] is null; want ID!`},
	"a default":                               {number, `{}`, ""},
	"null for a non-null type with a default": {number, `{"v": null}`, `$v is null; want Int!`},
	"null for a nullable type":                {first, `{"v": null}`, ""},
	"a string for a number":                   {first, `{"v": "10"}`, `$v is "10"; want Int`},
	"a fraction":                              {first, `{"v": 1.5}`, `$v is 1.5; want Int`},
	"a number beyond Int":                     {first, `{"v": 2147483648}`, `$v is 2147483648; want Int`},
	"a boolean for a number":                  {first, `{"v": true}`, `$v is true; want Int`},
	"a string for a boolean":                  {skip, `{"v": "true"}`, `$v is "true"; want Boolean`},
	"@oneOf with one key":                     {person, `{"v": {"slug": "x"}}`, ""},
	"@oneOf with two keys":                    {person, `{"v": {"slug": "x", "id": "y"}}`, `$v must have exactly one key, and not null, as PersonBy says`},
	"@oneOf with null":                        {person, `{"v": {"slug": null}}`, `$v must have exactly one key, and not null, as PersonBy says`},
	"@oneOf with a key and null":              {person, `{"v": {"slug": "x", "id": null}}`, `$v must have exactly one key, and not null, as PersonBy says`},
	"@oneOf without a key":                    {person, `{"v": {}}`, `$v must have exactly one key, and not null, as PersonBy says`},
	"an unknown key":                          {person, `{"v": {"slugg": "x"}}`, `$v has "slugg", and PersonBy has no such field`},
	"a string for an object":                  {person, `{"v": "slug"}`, `$v is "slug"; want PersonBy`},
	"a field copied from a response":          {person, `{"v": {"slug": "x", "__typename": "PersonBy"}}`, `$v has "__typename", and PersonBy has no such field`},
	"a nested field":                          {events, `{"v": {"name": {"contains": 1}}}`, `$v.name.contains is 1; want String`},
	"a nested single value for a list":        {events, `{"v": {"kind": "VISIT"}}`, ""},
	"enum values in a list":                   {events, `{"v": {"kind": ["VISIT", "visit"]}}`, `$v.kind[1] is "visit"; want EventKind`},
	"an enum value":                           {order, `{"v": "NEWEST"}`, ""},
	"a number for an enum value":              {order, `{"v": 1}`, `$v is 1; want DatedOrder`},
	"a long string":                           {order, `{"v": "` + strings.Repeat("a", 100_000) + `"}`, `$v is "` + strings.Repeat("a", 64) + `"; want DatedOrder`},
	"null in a non-null place":                {`query($v: Int = 1) { transaction(number: $v) { number } }`, `{"v": null}`, `$v is null; want Int!`},
	"null for @skip":                          {`query($v: Boolean = true) { ...F } fragment F on Query { a: __typename @skip(if: $v) }`, `{"v": null}`, `$v is null; want Boolean!`},
	"a default for @skip":                     {`query($v: Boolean = true) { a: __typename @skip(if: $v) b: __typename }`, `{}`, ""},
	"invalid input of a mutation":             {commit, `{"v": {"changes": [{}]}}`, ""},
	"a page in a payload":                     {`mutation($v: Int) { commit(input: {changes: {putTopic: {name: "x"}}, unsourced: true}) { transaction { changes(first: $v) { nodes { recordId } } } } }`, `{"v": "10"}`, `$v is "10"; want Int`},
	"null for @skip in a payload":             {`mutation($v: Boolean = true) { commit(input: {changes: {putTopic: {name: "x"}}, unsourced: true}) { transaction @skip(if: $v) { number } } }`, `{"v": null}`, `$v is null; want Boolean!`},
	"an unknown field in an input":            {commit, `{"v": {"changes": [{"putTopik": {}}]}}`, `$v.changes[0] has "putTopik", and ChangeInput has no such field`},
}

// TestVariablesAreCheckedAgainstTheirTypes expects one error with the name and path of
// the value, before anything is executed.
func TestVariablesAreCheckedAgainstTheirTypes(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{}, graphtest.As(access.Principal{Name: "editor", Role: access.Editor}))
	for name, c := range checkCases {
		t.Run(name, func(t *testing.T) {
			got := b.Send(graphtest.Exchange{Body: fmt.Sprintf(`{"query": %q, "variables": %s}`, c.query, c.variables), Header: []string{"Accept", "application/graphql-response+json"}})
			expectRejected(t, b, got, c.refusal)
		})
	}
}

func TestOperationNameSelectsTheOperation(t *testing.T) {
	b := graphtest.Serve(t, graph.Options{})
	const two = `query A { __typename } query B { __typename }`
	for name, want := range map[string]string{
		`"B"`: `{"data":{"__typename":"Query"}}`,
		`"C"`: `{"errors":[{"message":"the document has no operation \"C\"","extensions":{"code":"OPERATION_RESOLUTION_FAILURE"}}]}`,
		`""`:  `{"errors":[{"message":"the document has 2 operations; name one in operationName","extensions":{"code":"OPERATION_RESOLUTION_FAILURE"}}]}`,
	} {
		b.Expect(t, graphtest.Exchange{Body: fmt.Sprintf(`{"query": %q, "operationName": %s}`, two, name), Status: 200, Response: want})
	}
}

// expectRejected expects the error of a variable before anything is written, or data if
// the error is empty.
func expectRejected(t *testing.T, b *graphtest.Server, got graphtest.Response, want string) {
	t.Helper()
	var response struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Path       []any
			Locations  []struct{ Line, Column int }
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal([]byte(got.Text), &response); err != nil {
		t.Fatal(err, got.Text)
	}
	if want == "" {
		if strings.Contains(got.Text, "the variable") || response.Data == nil {
			t.Errorf("status %d: %s", got.StatusCode, got.Text)
		}
		return
	}
	if after, _ := b.Committed(); after != 1 {
		t.Errorf("transaction %d was written", after)
	}
	if got.StatusCode != http.StatusBadRequest || response.Data != nil || len(response.Errors) != 1 {
		t.Fatalf("status %d: %s", got.StatusCode, got.Text)
	}
	e := response.Errors[0]
	if e.Message != "the variable "+want || e.Path != nil || len(e.Locations) != 1 || e.Locations[0].Line != 1 || e.Extensions.Code != "BAD_USER_INPUT" {
		t.Errorf("response %s\nwant %s", got.Text, want)
	}
}
