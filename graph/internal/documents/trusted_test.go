package documents

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { a: Int b: Int }"})

// TestAllThatIsWrongIsTold, each fault with its file and line.
func TestAllThatIsWrongIsTold(t *testing.T) {
	first := []Entry{
		{ID: "good", Text: "{ a }", file: "f", line: 2},
		{ID: "other", Text: "query Q {\n c\n}", file: "f", line: 3},
		{ID: "named", Name: "R", Text: "query Q { b }", file: "f", line: 4},
	}
	second := []Entry{
		{ID: "good", Text: "{ a }", file: "g", line: 2},
		{ID: "other", Text: "{ a }", file: "g", line: 3},
	}
	_, err := Trust(schema, first, second)
	want := []Fault{
		{"f", 3, `document "other": Cannot query field "c" on type "Query". Did you mean "a" or "b"? (line 2 of the document)`},
		{"f", 4, `document "named": its document has no operation "R"`},
		{"g", 3, `document "other": it is of another document too, at f:3`},
	}
	refused := (*Refused)(nil)
	if !errors.As(err, &refused) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, refused.Faults); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestManyFaultsAreCounted(t *testing.T) {
	var all []Entry
	for i := range MostFaults + 3 {
		all = append(all, Entry{ID: fmt.Sprint(i), Text: "{ c }" + strings.Repeat(" ", i), file: "f", line: i + 1})
	}
	_, err := Trust(schema, all)
	if lines := strings.Split(fmt.Sprint(err), "\n"); len(lines) != MostFaults+1 || lines[MostFaults] != "and 3 more" {
		t.Errorf("%v", err)
	}
}
