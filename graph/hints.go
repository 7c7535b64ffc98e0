package graph

import (
	"fmt"
	"math"

	"chancery/access"

	"github.com/vektah/gqlparser/v2/ast"
)

// hints read @cacheControl, which says in the schema for how long an answer may be
// kept, and count as Apollo's servers do: the least of all selected fields holds. A
// field of Query, and one that leads to an object, may not be kept unless its hint,
// or that of its type, says so; a scalar as long as what it is of.
type hints struct{ schema *ast.Schema }

// control is the header Cache-Control of an answer to a principal. What somebody is
// answered who gave a token is for him alone, even if anybody would be answered the
// same.
func (h hints) control(operation *ast.OperationDefinition, asker access.Principal) string {
	scope := "private"
	if asker == access.Anonymous {
		scope = "public"
	}
	seconds := h.least(operation.SelectionSet, nil, math.MaxInt)
	if seconds == math.MaxInt {
		seconds = 0 // it is of nothing but type names
	}
	return fmt.Sprintf("%s, max-age=%d, must-revalidate", scope, seconds)
}

// least is for how many seconds the fields of a selection may be kept, of an object
// that may be as long as said. Whether they are skipped is not asked: it errs on the
// side of asking again.
func (h hints) least(selection ast.SelectionSet, parent *ast.FieldDefinition, seconds int) int {
	found := seconds
	for _, s := range selection {
		if found == 0 {
			break // there is no less
		}
		switch s := s.(type) {
		case *ast.Field:
			found = min(found, h.field(s, parent, seconds))
		case *ast.InlineFragment:
			found = min(found, h.least(s.SelectionSet, parent, seconds))
		case *ast.FragmentSpread:
			found = min(found, h.least(s.Definition.SelectionSet, parent, seconds))
		}
	}
	return found
}

func (h hints) field(f *ast.Field, parent *ast.FieldDefinition, inherited int) int {
	named := h.schema.Types[f.Definition.Type.Name()]
	seconds := inherited
	if named.IsCompositeType() || parent == nil && f.Name != "__typename" {
		seconds = 0
	}
	for _, directives := range []ast.DirectiveList{named.Directives, f.Definition.Directives} { // that of the field counts more
		directive := directives.ForName("cacheControl")
		if directive == nil {
			continue
		}
		said := directive.ArgumentMap(nil)
		if age, is := said["maxAge"].(int64); is {
			seconds = int(age)
		} else if said["inheritMaxAge"] == true && parent != nil {
			seconds = inherited
		}
	}
	return h.least(f.SelectionSet, f.Definition, seconds)
}
