package graph_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"chancery/access"
)

// TestAnswersSayWhichStateTheyTellOf: a query that of the last transaction, or of the
// one that it asks for; a mutation that behind its last field, whatever came of it.
func TestAnswersSayWhichStateTheyTellOf(t *testing.T) {
	s := openStore(t)
	h := newHandler(s)
	commit(t, s, putPages)
	const topic = `commit(input: {message: "m", unsourced: true, changes: [{putTopic: {name: "Topic"}}]}) { userErrors { code } }`
	for _, test := range []struct {
		query string
		want  any
	}{
		{"{ events { totalCount } }", 1.0},
		{"{ __typename __schema { queryType { name } } }", nil},
		{"mutation { " + topic + " }", 2.0},
		{"{ topics { totalCount } }", 2.0},
		{"query @asOf(knownAt: 1) { topics { totalCount } }", 1.0},
		{"query @asOf(knownAt: 9) { topics { totalCount } }", nil},
		{"mutation { commit(input: {message: \"m\", unsourced: true, changes: []}) { userErrors { code } } }", 2.0},
		{"mutation { a: " + topic + " b: " + topic + " }", 4.0},
		{"{ topics { totalCount } events(first: -1) { totalCount } }", 4.0},
	} {
		var answer struct {
			Extensions map[string]any
		}
		text := wholeAnswer(t, h, access.Principal{Name: "editor", Role: access.Editor}, test.query)
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			t.Fatal(err)
		}
		if got := answer.Extensions["revision"]; got != test.want {
			t.Errorf("%s tells of %v, want %v: %s", test.query, got, test.want, text)
		}
	}
}

// wholeAnswer posts a query in somebody's name and gives the whole answer.
func wholeAnswer(t *testing.T, h http.Handler, p access.Principal, query string) string {
	t.Helper()
	return string(askWhole(t, as(p, h), query, nil))
}
