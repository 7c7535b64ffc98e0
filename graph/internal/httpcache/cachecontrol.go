package httpcache

import (
	"fmt"
	"math"

	"chancery/access"

	"github.com/vektah/gqlparser/v2/ast"
)

// hints computes Cache-Control from the @cacheControl directives of a schema, as
// Apollo's servers do: the smallest maxAge of all selected fields applies. A field of
// Query, or one whose type is composite, has maxAge 0 unless its directive or that of
// its type says otherwise; a scalar inherits the maxAge of its parent.
type hints struct{ schema *ast.Schema }

// header returns the Cache-Control header for a principal. Responses to authenticated
// requests are private, even if anonymous ones would be the same. No response is fresh
// for longer than the seconds to the end of the day, to which names and other fields
// refer.
func (h hints) header(operation *ast.OperationDefinition, principal access.Principal, dayEnds int) string {
	scope := "private"
	if principal == access.Anonymous {
		scope = "public"
	}
	seconds := h.maxAge(operation.SelectionSet, nil, math.MaxInt)
	if seconds == math.MaxInt {
		seconds = 0 // only __typename is selected
	}
	seconds = min(seconds, dayEnds)
	return fmt.Sprintf("%s, max-age=%d, must-revalidate", scope, seconds)
}

// maxAge returns the smallest maxAge in seconds of a selection on an object that has one
// itself. It ignores @skip and @include, which can only make the result too small.
func (h hints) maxAge(selection ast.SelectionSet, parent *ast.FieldDefinition, inherited int) int {
	smallest := inherited
	for _, s := range selection {
		if smallest == 0 {
			break
		}
		switch s := s.(type) {
		case *ast.Field:
			smallest = min(smallest, h.field(s, parent, inherited))
		case *ast.InlineFragment:
			smallest = min(smallest, h.maxAge(s.SelectionSet, parent, inherited))
		case *ast.FragmentSpread:
			smallest = min(smallest, h.maxAge(s.Definition.SelectionSet, parent, inherited))
		}
	}
	return smallest
}

func (h hints) field(f *ast.Field, parent *ast.FieldDefinition, inherited int) int {
	named := h.schema.Types[f.Definition.Type.Name()]
	seconds := inherited
	if named.IsCompositeType() || parent == nil && f.Name != "__typename" {
		seconds = 0
	}
	for _, directives := range []ast.DirectiveList{named.Directives, f.Definition.Directives} { // the field's overrides the type's
		directive := directives.ForName("cacheControl")
		if directive == nil {
			continue
		}
		arguments := directive.ArgumentMap(nil)
		if age, ok := arguments["maxAge"].(int64); ok {
			seconds = int(age)
		} else if arguments["inheritMaxAge"] == true && parent != nil {
			seconds = inherited
		}
	}
	return h.maxAge(f.SelectionSet, f.Definition, seconds)
}
