package introspection_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"

	"github.com/99designs/gqlgen/graphql/introspection"
)

func TestDisabledIntrospectionIsRejected(t *testing.T) {
	s := graphtest.OpenStore(t)
	open, shut := graphtest.NewHandler(s), graph.NewHandler(s, graph.Options{Now: graphtest.Clock, DisableIntrospection: true})
	for query, secret := range map[string]bool{
		introspection.Query:                                                        true,
		`{ __type(name: "Person") { name } }`:                                      true,
		`{ a: __schema { queryType { name } } }`:                                   true,
		`{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }`: true,
		`{ __typename }`:                                                           false,
		`{ events { __typename nodes { __typename } } }`:                           false,
		`{ __typename __schema @skip(if: true) { queryType { name } } }`:           false,
	} {
		if got := graphtest.Post(t, open, query, nil); bytes.Contains(got, []byte(`"errors"`)) {
			t.Errorf("%.60s with introspection: %.200s", query, got)
		}
		got := graphtest.Post(t, shut, query, nil)
		if refused := bytes.Contains(got, []byte(`"INTROSPECTION_DISABLED"`)) && !bytes.Contains(got, []byte(`"data"`)); refused != secret {
			t.Errorf("%.60s without introspection: %.200s", query, got)
		}
	}
}

// TestNoSuggestionsWhenIntrospectionIsDisabled misspells names everywhere in documents
// and variables. Where introspection is enabled some errors suggest names, or this test
// would prove nothing.
func TestNoSuggestionsWhenIntrospectionIsDisabled(t *testing.T) {
	s := graphtest.OpenStore(t)
	open, shut := graphtest.NewHandler(s), graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, DisableIntrospection: true})
	editor := access.Principal{Name: "test", Role: access.Editor}
	guessed := 0
	for _, test := range []struct{ query, variables string }{
		{`{ evnts { nodes { id } } }`, ""},
		{`{ events { nodez { id } } }`, ""},
		{`{ node(id: "x") { name } }`, ""},
		{`{ events(frist: 1) { nodes { id } } }`, ""},
		{`{ events(orderBy: NEWST) { nodes { id } } }`, ""},
		{`{ events(orderBy: "NEWEST") { nodes { id } } }`, ""},
		{`{ events(where: {knd: [MEETING]}) { nodes { id } } }`, ""},
		{`{ events(where: {kind: [MEETIN]}) { nodes { id } } }`, ""},
		{`{ events { nodes } }`, ""},
		{`{ events { nodes { id { x } } } }`, ""},
		{`{ ... on Qery { __typename } }`, ""},
		{`query($x: PersonFiltr) { people(where: $x) { nodes { id } } }`, ""},
		{`query @asof(validAt: "2020") { __typename }`, ""},
		{`query @asOf(validAtt: "2020") { __typename }`, ""},
		{`{ person(by: {slugg: "x"}) { name } }`, ""},
		{`query($o: DatedOrder) { events(orderBy: $o) { nodes { id } } }`, `{"o": "NEWST"}`},
		{`query($w: EventFilter) { events(where: $w) { nodes { id } } }`, `{"w": {"knd": []}}`},
		{`query($w: EventFilter) { events(where: $w) { nodes { id } } }`, `{"w": {"kind": ["MEETIN"]}}`},
		{`mutation($c: CommitInput!) { commit(input: $c) { userErrors { message } } }`, `{"c": {"chnges": []}}`},
		{`mutation($c: CommitInput!) { commit(input: $c) { userErrors { message } } }`, `{"c": {"changes": [{"putPersn": {}}]}}`},
		{`mutation($c: CommitInput!) { commit(input: $c) { userErrors { message } } }`, `{"c": {"changes": [{"putPerson": {"nme": "x"}}]}}`},
		{`mutation($c: CommitInput!) { commit(input: $c) { userErrors { message } } }`, `{"c": {"changes": [{"putEvent": {"kind": "MEETIN", "name": "x"}}]}}`},
		{`mutation { commit(input: {changes: [{putPerson: {nme: "x"}}]}) { userErrors { message } } }`, ""},
	} {
		variables := json.RawMessage("null")
		if test.variables != "" {
			variables = json.RawMessage(test.variables)
		}
		body, err := json.Marshal(map[string]any{"query": test.query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		var got, before json.RawMessage
		graphtest.PostFrom(t, shut, string(body), &got, editor, graphtest.Address)
		graphtest.PostFrom(t, open, string(body), &before, editor, graphtest.Address)
		if hasSuggestion(before) {
			guessed++
		}
		if hasSuggestion(got) || !bytes.Contains(got, []byte(`"message"`)) {
			t.Errorf("%s %s: %s", test.query, test.variables, got)
		}
	}
	if guessed < 8 {
		t.Errorf("only %d errors have suggestions with introspection", guessed)
	}
}

func hasSuggestion(answer []byte) bool {
	text := strings.ToLower(string(answer))
	return strings.Contains(text, "did you mean") || strings.Contains(text, "meant?") || strings.Contains(text, "{ ... }")
}
