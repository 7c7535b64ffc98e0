package documents

import (
	"fmt"

	"chancery/graph/internal/validation"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Validate parses and validates the documents of manifests. Its error is a
// *ManifestError that lists all invalid documents and all ids of two documents.
func Validate(schema *ast.Schema, manifests ...[]Entry) (*Trusted, error) {
	t := &Trusted{map[string]*Entry{}, map[string]*Entry{}, map[string]*ast.QueryDocument{}}
	problems := &ManifestError{}
	all := validation.Rules()
	for _, manifest := range manifests {
		for i := range manifest {
			problems.Add(t.add(schema, all, &manifest[i])...)
		}
	}
	return t, problems.orNil()
}

func (t *Trusted) add(schema *ast.Schema, all *rules.Rules, e *Entry) []Problem {
	if other := t.byID[e.ID]; other != nil && other.Text != e.Text {
		return []Problem{e.problem("the id is also that of another document, at %s:%d", other.file, other.line)}
	}
	t.byID[e.ID], t.byHash[hashOf(e.Text)] = e, e
	if t.parsed[e.Text] != nil {
		return nil
	}
	document, errs := parse(schema, all, e.Text)
	t.parsed[e.Text] = document
	if len(errs) == 0 && e.Name != "" && document.Operations.ForName(e.Name) == nil {
		return []Problem{e.problem("its document has no operation %s", quoted(e.Name))}
	}
	var problems []Problem
	for _, err := range errs {
		at := ""
		if len(err.Locations) > 0 {
			at = fmt.Sprintf(" (line %d of the document)", err.Locations[0].Line)
		}
		problems = append(problems, e.problem("%s%s", err.Message, at))
	}
	return problems
}

func parse(schema *ast.Schema, all *rules.Rules, text string) (*ast.QueryDocument, gqlerror.List) {
	if invalid := checkEscapes(text); invalid != nil {
		return nil, gqlerror.List{invalid}
	}
	document, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return nil, gqlerror.List{gqlerror.WrapIfUnwrapped(err)}
	}
	if len(document.Operations) == 0 {
		return nil, gqlerror.List{{Message: "the document has no operation"}}
	}
	return document, validator.ValidateWithRules(schema, document, all)
}

func (e *Entry) problem(format string, args ...any) Problem {
	return Problem{e.file, e.line, "document " + quoted(e.ID) + ": " + fmt.Sprintf(format, args...)}
}
