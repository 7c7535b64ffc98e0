package charging_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// shapes writes operations at random from a schema: of every field of Query, with lists of
// every length, to several levels.
type shapes struct {
	schema *ast.Schema
	random *rand.Rand
	fields int // that the operation may still have
}

// slugs are the records of WriteHub and WriteWide, by the field of Query that looks them up.
var slugs = map[string][]string{
	"person": {"many", "minister"}, "state": {"hub", "state"}, "topic": {"storied"}, "source": {"archive", "source"},
	"event": {"meeting-7", "event-session"}, "organization": {"organization"}, "council": {"council"}, "office": {"office-1"},
}

// operation returns a query of one field of Query.
func (s *shapes) operation(root *ast.FieldDefinition) string {
	s.fields = 40
	return "{ " + s.field(root, 6) + " }"
}

// field returns a field with arguments and a selection; empty if it cannot be selected.
func (s *shapes) field(field *ast.FieldDefinition, depth int) string {
	arguments, ok := s.arguments(field)
	if !ok || strings.HasPrefix(field.Name, "_") {
		return ""
	}
	s.fields--
	def := s.schema.Types[field.Type.Name()]
	if def.IsLeafType() {
		return field.Name + arguments
	}
	return field.Name + arguments + " { " + s.selection(def, depth-1) + " }"
}

// selection returns some fields of a type. At the last levels it avoids others with
// selections.
func (s *shapes) selection(def *ast.Definition, depth int) string {
	parts := []string{"__typename"}
	for _, i := range s.random.Perm(len(def.Fields)) {
		field := def.Fields[i]
		leaf := s.schema.Types[field.Type.Name()].IsLeafType()
		wanted := 4
		if structural := field.Name == "nodes" || field.Name == "edges" || field.Name == "node"; structural {
			wanted = 100
		}
		if len(parts) > wanted || s.fields <= 0 || depth <= 0 && !leaf || field.Name == "snapshot" {
			continue
		}
		if text := s.field(field, depth); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

// arguments returns arguments for a field, those of its length at random; false if one is
// required that is unknown.
func (s *shapes) arguments(field *ast.FieldDefinition) (string, bool) {
	var given []string
	for _, argument := range field.Arguments {
		switch {
		case argument.Name == "by" || argument.Name == "of":
			known := slugs[strings.Replace(field.Name, "ministers", "state", 1)]
			if known == nil {
				return "", false
			}
			given = append(given, fmt.Sprintf("%s: {slug: %q}", argument.Name, known[s.random.IntN(len(known))]))
		case argument.Name == "first":
			given = append(given, fmt.Sprintf("first: %d", []int{1, 20, 100, 500, 500}[s.random.IntN(5)]))
		case argument.Name == "validAt" && s.random.IntN(4) == 0:
			given = append(given, `validAt: "2020-06"`)
		case argument.Name == "number":
			given = append(given, "number: 1")
		case argument.Type.NonNull && argument.DefaultValue == nil:
			return "", false
		}
	}
	if given == nil {
		return "", true
	}
	return "(" + strings.Join(given, ", ") + ")", true
}
