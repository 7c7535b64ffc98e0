package arguments

import (
	"fmt"
	"strings"

	"chancery/curation/reference"
	"chancery/diplomacy"
	"chancery/graph/model"

	"github.com/vektah/gqlparser/v2/ast"
)

// FilterReferences are the arguments of filters that name records, each with the field of
// its input, or the path to it; empty for an argument that is a reference itself.
var FilterReferences = []struct{ Argument, Field string }{
	{"where", "node"}, {"where", "touching.entities"}, {"touching", "entities"}, {"entity", ""}, {"source", ""},
	{"where", "participants.all"}, {"where", "participants.any"},
}

// FieldOf returns the value at a path in an input; the input for no path.
func FieldOf(input any, path string) any {
	if path == "" {
		return input
	}
	for name := range strings.SplitSeq(path, ".") {
		fields, _ := input.(map[string]any)
		input = fields[name]
	}
	return input
}

// ElementPath returns the path of an element of a list, which GraphQL admits to be given
// without brackets.
func ElementPath(path string, given any, i int) string {
	if _, isList := given.([]any); !isList {
		return path
	}
	return fmt.Sprintf("%s[%d]", path, i)
}

// References decodes a list of references.
func References(elements []any) []reference.Ref {
	refs := make([]reference.Ref, len(elements))
	for i, element := range elements {
		refs[i] = reference.Ref(Text(element))
	}
	return refs
}

// ReferencesOf returns the references in the filters of all fields of an operation.
func ReferencesOf(operation *ast.OperationDefinition, variables map[string]any) []reference.Ref {
	return referencesBelow(operation.SelectionSet, variables, map[*ast.FragmentDefinition]bool{})
}

// referencesBelow returns the references in the filters of all fields of a selection.
func referencesBelow(selection ast.SelectionSet, variables map[string]any, seen map[*ast.FragmentDefinition]bool) []reference.Ref {
	var refs []reference.Ref
	for _, selected := range selection {
		switch selected := selected.(type) {
		case *ast.Field:
			refs = append(refs, referencesIn(selected, variables)...)
			refs = append(refs, referencesBelow(selected.SelectionSet, variables, seen)...)
		case *ast.InlineFragment:
			refs = append(refs, referencesBelow(selected.SelectionSet, variables, seen)...)
		case *ast.FragmentSpread:
			if !seen[selected.Definition] {
				seen[selected.Definition] = true
				refs = append(refs, referencesBelow(selected.Definition.SelectionSet, variables, seen)...)
			}
		}
	}
	return refs
}

// referencesIn returns the references in the filters of a field.
func referencesIn(field *ast.Field, variables map[string]any) []reference.Ref {
	var refs []reference.Ref
	for _, of := range FilterReferences {
		if argument := field.Arguments.ForName(of.Argument); argument != nil {
			value, _ := argument.Value.Value(variables) // what is wrong with it is reported at the field
			refs = append(refs, References(model.Elements(FieldOf(value, of.Field)))...)
		}
	}
	return refs
}

// TypeNames lists the types of records of some kinds.
func TypeNames(kinds []diplomacy.Kind) string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = kind.String()
	}
	return strings.Join(names, ", ")
}
