package lists_test

import (
	"chancery/graph/graphtest"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// expectRefused expects a page to be rejected with BAD_USER_INPUT at the list.
func (r pagedList) expectRefused(t *testing.T, h http.Handler, order string, variables map[string]any) {
	t.Helper()
	path := []any{"list"}
	if r.around != "%s" {
		path = []any{"of", "list"}
	}
	_, errors := graphtest.PostForErrors(t, h, r.query(order), variables)
	if len(errors) != 1 || errors[0].Extensions.Code != "BAD_USER_INPUT" {
		t.Errorf("%v by %q: %v, want one error with code BAD_USER_INPUT", variables, order, errors)
		return
	}
	if diff := cmp.Diff(path, errors[0].Path); diff != "" {
		t.Errorf("%v: path (-want +got):\n%s", variables, diff)
	}
}

func TestInvalidPageArgumentsAreRejected(t *testing.T) {
	_, h := openWithHistory(t)
	for _, r := range pagedLists(t) {
		t.Run(r.name, func(t *testing.T) {
			for _, variables := range []map[string]any{
				{"first": -1}, {"last": -1}, {"first": 1, "last": 1}, {"first": 0, "last": 0},
				{"after": ""}, {"before": ""}, {"after": "no cursor"}, {"before": "AAAA"}, {"after": strings.Repeat("A", 10_000)},
			} {
				r.expectRefused(t, h, r.orders[0][0], variables)
			}
			for _, variables := range []map[string]any{{"first": 501}, {"last": 501}, {"first": 1<<31 - 1}} {
				data, errors := graphtest.PostForErrors(t, h, r.query(r.orders[0][0]), variables)
				if data != nil || len(errors) != 1 || errors[0].Extensions.Code != "BAD_USER_INPUT" {
					t.Errorf("%v: %v, %v, want the operation to be rejected", variables, data, errors)
				}
			}
		})
	}
}

func TestCursorsOfOtherListsAreRejected(t *testing.T) {
	_, h := openWithHistory(t)
	lists := pagedLists(t)
	foreign := map[string]string{}
	for _, r := range lists {
		if all := r.readAll(t, h, r.orders[0][0]); r.name == "Query.people" || r.name == "Person.offices" {
			foreign[r.name] = all.Edges[0].Cursor
		}
	}
	for _, r := range lists {
		t.Run(r.name, func(t *testing.T) {
			for name, cursor := range foreign {
				if name != r.name {
					r.expectRefused(t, h, r.orders[0][0], map[string]any{"after": cursor})
				}
			}
			if all := r.readAll(t, h, r.orders[0][0]); len(all.Edges) > 0 {
				r.expectOnlyInItsOrder(t, h, all.Edges[0].Cursor)
			}
		})
	}
}

// expectOnlyInItsOrder expects a cursor of the list's first order to be rejected in all
// others, and when it is damaged.
func (r pagedList) expectOnlyInItsOrder(t *testing.T, h http.Handler, cursor string) {
	t.Helper()
	r.expectRefused(t, h, r.orders[0][0], map[string]any{"after": cursor[1:]})
	r.expectRefused(t, h, r.orders[0][0], map[string]any{"before": cursor[:len(cursor)-4]})
	for i, orders := range r.orders {
		for j, order := range orders {
			if i+j > 0 && order != "" {
				r.expectRefused(t, h, order, map[string]any{"after": cursor})
			}
		}
	}
}

func TestInvalidArgumentDoesNotAffectSiblingFields(t *testing.T) {
	h := graphtest.NewHandler(graphtest.OpenSample(t))
	const meetings = `person(by: {slug: "elmar-mammadyarov"}) { name meetings`
	for _, test := range []struct{ query, path string }{
		{meetings + `(first: -1) { totalCount } }`, `["bad","meetings"]`},
		{meetings + `(first: 1) { nodes { name organizations(last: -1) { nodes { name } } } } }`, `["bad","meetings","nodes",0,"organizations"]`},
		{meetings + `(first: 1) { edges { node { participants(after: "?") { totalCount } } } } }`, `["bad","meetings","edges",0,"node","participants"]`},
		{meetings + `(first: 1, validAt: "soon") { totalCount } }`, `["bad","meetings"]`},
		{meetings + `(first: 1, where: {date: {after: "soon"}}) { totalCount } }`, `["bad","meetings"]`},
		{`person(by: {identifier: "none"}) { name }`, `["bad"]`},
	} {
		data, errors := graphtest.PostForErrors(t, h, `{ before: __typename bad: `+test.query+` after: state(by: {isoAlpha2: "KG"}) { name } }`, nil)
		if got := string(data["after"]); string(data["before"]) != `"Query"` || got != `{"name":"Kyrgyzstan"}` || string(data["bad"]) != "null" {
			t.Errorf("%s: sibling fields are %s", test.query, data)
		}
		if len(errors) != 1 || errors[0].Extensions.Code != "BAD_USER_INPUT" {
			t.Errorf("%s: %v, want one error with code BAD_USER_INPUT", test.query, errors)
			continue
		}
		if path, _ := json.Marshal(errors[0].Path); string(path) != test.path {
			t.Errorf("%s: at path %s, want %s", test.query, path, test.path)
		}
	}
}

func TestInvalidArgumentInAListIsOneError(t *testing.T) {
	h := graphtest.NewHandler(graphtest.OpenSample(t))
	_, errors := graphtest.PostForErrors(t, h, `{ states(first: 50) { nodes { organizations(first: -1) { totalCount } } } }`, nil)
	if len(errors) != 1 || errors[0].Extensions.Code != "BAD_USER_INPUT" {
		t.Errorf("%d errors: %v", len(errors), errors)
	}
}

func TestCursorsOfHistoriesAndChangesAreNotInterchangeable(t *testing.T) {
	h := graphtest.NewHandler(graphtest.OpenSample(t))
	lists := []string{
		`{ list: transactions(first: 1, after: $after) { edges { cursor } } }`,
		`{ of: transaction(number: 1) { list: changes(first: 1, after: $after) { edges { cursor } } } }`,
		`{ of: state(by: {slug: "azerbaijan"}) { list: history(first: 1, after: $after) { edges { cursor } } } }`,
		`{ of: state(by: {slug: "kyrgyzstan"}) { list: history(first: 1, after: $after) { edges { cursor } } } }`,
	}
	var cursors []string
	for _, list := range lists {
		_, after, found := strings.Cut(string(graphtest.Post(t, h, `query($after: String) `+list, nil)), `"cursor":"`)
		cursor, _, _ := strings.Cut(after, `"`)
		if !found {
			t.Fatalf("%s has no cursor", list)
		}
		cursors = append(cursors, cursor)
	}
	for i, list := range lists {
		for j, cursor := range cursors {
			_, errors := graphtest.PostForErrors(t, h, `query($after: String) `+list, map[string]any{"after": cursor})
			if refused := len(errors) == 1 && errors[0].Extensions.Code == "BAD_USER_INPUT"; refused == (i == j) {
				t.Errorf("list %d accepts the cursor of list %d: %v, %v", i, j, !refused, errors)
			}
		}
	}
}
