package graph_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"

	"github.com/99designs/gqlgen/graphql/introspection"
)

func TestTheSchemaIsToldOnlyWhereItMayBe(t *testing.T) {
	s := openStore(t)
	open, shut := newHandler(s), graph.NewHandler(s, graph.Options{Now: clock, NoIntrospection: true})
	for query, secret := range map[string]bool{
		introspection.Query:                                                        true,
		`{ __type(name: "Person") { name } }`:                                      true,
		`{ a: __schema { queryType { name } } }`:                                   true,
		`{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }`: true,
		`{ __typename }`:                                                           false,
		`{ events { __typename nodes { __typename } } }`:                           false,
		`{ __typename __schema @skip(if: true) { queryType { name } } }`:           false,
	} {
		if got := ask(t, open, query, nil); bytes.Contains(got, []byte(`"errors"`)) {
			t.Errorf("%.60s, where it may be told: %.200s", query, got)
		}
		got := ask(t, shut, query, nil)
		if refused := bytes.Contains(got, []byte(`"INTROSPECTION_DISABLED"`)) && !bytes.Contains(got, []byte(`"data"`)); refused != secret {
			t.Errorf("%.60s, where it may not: %.200s", query, got)
		}
	}
}

// TestNothingIsGuessedWhereTheSchemaIsSecret misspells whatever can be misspelt, in
// documents and variables, as somebody who may write. Where it is not secret, some of
// it is guessed, or this test would see nothing.
func TestNothingIsGuessedWhereTheSchemaIsSecret(t *testing.T) {
	s := openStore(t)
	open, shut := newHandler(s), graph.NewHandler(s, graph.Options{Now: clock, Logger: faults, NoIntrospection: true})
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
		send(t, shut, string(body), &got, editor, here)
		send(t, open, string(body), &before, editor, here)
		if guesses(before) {
			guessed++
		}
		if guesses(got) || !bytes.Contains(got, []byte(`"message"`)) {
			t.Errorf("%s %s: %s", test.query, test.variables, got)
		}
	}
	if guessed < 8 {
		t.Errorf("only %d were guessed where they may be", guessed)
	}
}

func guesses(answer []byte) bool {
	text := strings.ToLower(string(answer))
	return strings.Contains(text, "did you mean") || strings.Contains(text, "meant?") || strings.Contains(text, "{ ... }")
}
