package history_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"chancery/access"
	"chancery/graph/graphtest"
)

// TestResponsesHaveTheirRevision: queries have the last revision or that of @asOf,
// mutations the one after their last field, even if it failed.
func TestResponsesHaveTheirRevision(t *testing.T) {
	s := graphtest.OpenStore(t)
	h := graphtest.NewHandler(s)
	graphtest.Commit(t, s, graphtest.PutMeetings)
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
			t.Errorf("%s has the revision %v, want %v: %s", test.query, got, test.want, text)
		}
	}
}

// wholeAnswer posts a query as a principal and returns the whole response.
func wholeAnswer(t *testing.T, h http.Handler, p access.Principal, query string) string {
	t.Helper()
	return string(graphtest.PostRaw(t, graphtest.As(p)(h), query, nil))
}
