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

func TestValidateListsAllProblemsWithFileAndLine(t *testing.T) {
	first := []Entry{
		{ID: "good", Text: "{ a }", file: "f", line: 2},
		{ID: "other", Text: "query Q {\n c\n}", file: "f", line: 3},
		{ID: "named", Name: "R", Text: "query Q { b }", file: "f", line: 4},
	}
	second := []Entry{
		{ID: "good", Text: "{ a }", file: "g", line: 2},
		{ID: "other", Text: "{ a }", file: "g", line: 3},
	}
	_, err := Validate(schema, first, second)
	want := []Problem{
		{"f", 3, `document "other": Cannot query field "c" on type "Query". Did you mean "a" or "b"? (line 2 of the document)`},
		{"f", 4, `document "named": its document has no operation "R"`},
		{"g", 3, `document "other": the id is also that of another document, at f:3`},
	}
	invalid := (*ManifestError)(nil)
	if !errors.As(err, &invalid) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, invalid.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestFurtherProblemsAreCounted(t *testing.T) {
	var all []Entry
	for i := range MaxProblems + 3 {
		all = append(all, Entry{ID: fmt.Sprint(i), Text: "{ c }" + strings.Repeat(" ", i), file: "f", line: i + 1})
	}
	_, err := Validate(schema, all)
	if lines := strings.Split(fmt.Sprint(err), "\n"); len(lines) != MaxProblems+1 || lines[MaxProblems] != "and 3 more" {
		t.Errorf("%d lines, want %d: %v", len(lines), MaxProblems+1, err)
	}
}
