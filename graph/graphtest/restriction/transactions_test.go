package restriction_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph/graphtest"
)

// TestTransactionFilterRevealsNoRestrictedRecord asks by author, by hidden records and by
// predicate. A reader finds no transaction by what it may not see; an editor does.
func TestTransactionFilterRevealsNoRestrictedRecord(t *testing.T) {
	g := openGraph(t, true)
	editor := graphtest.As(access.Principal{Name: "e", Role: access.Editor})(g.handler)
	read := func(role access.Role, where string) (numbers []int) {
		t.Helper()
		h := g.handler
		if role == access.Editor {
			h = editor
		}
		var answer struct {
			Data struct {
				Transactions *struct {
					Nodes      []struct{ Number int }
					TotalCount int
				}
			}
		}
		text := graphtest.Post(t, h, "{ transactions(where: "+where+") { totalCount nodes { number } } }", nil)
		if role == access.Reader && strings.Contains(string(text), `"code":"NOT_FOUND"`) {
			return nil // what is restricted reads as missing
		}
		if err := json.Unmarshal(text, &answer); err != nil || answer.Data.Transactions == nil {
			t.Fatalf("%s", text)
		}
		for _, n := range answer.Data.Transactions.Nodes {
			numbers = append(numbers, n.Number)
		}
		if answer.Data.Transactions.TotalCount != len(numbers) {
			t.Errorf("%s: counts %d of %v", where, answer.Data.Transactions.TotalCount, numbers)
		}
		return numbers
	}
	secret := fmt.Sprintf(`{touching: {entities: [%q, %q]}}`, g.hidden["source1"], g.hidden["HOLDS_OFFICE"])
	for _, c := range []struct {
		where          string
		reader, editor []int
	}{
		{`{author: "author"}`, []int{3, 1}, []int{5, 4, 3, 2, 1}},
		{secret, nil, []int{4, 2}},
		{`{touching: {predicates: [ISSUED_BY]}}`, []int{3}, []int{4, 3, 2}},
		{`{time: {within: "2026-11"}}`, []int{5, 4, 3, 2, 1}, []int{5, 4, 3, 2, 1}},
	} {
		if got := read(access.Reader, c.where); !slices.Equal(got, c.reader) {
			t.Errorf("%s: a reader finds %v, want %v", c.where, got, c.reader)
		}
		if got := read(access.Editor, c.where); !slices.Equal(got, c.editor) {
			t.Errorf("%s: an editor finds %v, want %v", c.where, got, c.editor)
		}
	}
}
