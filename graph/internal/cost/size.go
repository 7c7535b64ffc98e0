package cost

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// unknown is how long a list is taken to be of which the schema says nothing.
const unknown = 20

// size is how long a list may be.
type size struct {
	assumed int64        // when no argument says so
	slicing []*ast.Value // arguments that do: the greatest counts
	given   *ast.Value   // a list in the arguments, of which each element is answered once
}

// sized reads @listSize of a field, with the arguments it has in a document: how
// long it is itself, or those of its fields that are named are.
func sized(field *ast.Field) (length size, fields []string) {
	d := field.Definition.Directives.ForName("listSize")
	if d == nil {
		return size{assumed: unknown, given: listArgument(field)}, nil
	}
	length.assumed = unknown
	if assumed := d.Arguments.ForName("assumedSize"); assumed != nil {
		length.assumed = number(assumed.Value, nil)
	}
	for _, name := range texts(d, "slicingArguments") {
		if value := valueOf(field, name); value != nil {
			length.slicing = append(length.slicing, value)
		}
	}
	if len(length.slicing) == 0 {
		length.given = listArgument(field)
	}
	return length, texts(d, "sizedFields")
}

// slicesOf are the arguments of a field by which it is told how long a list is to be.
func slicesOf(field *ast.Field) (all []*ast.Argument) {
	if d := field.Definition.Directives.ForName("listSize"); d != nil {
		for _, name := range texts(d, "slicingArguments") {
			if given := field.Arguments.ForName(name); given != nil {
				all = append(all, given)
			}
		}
	}
	return all
}

// valueOf is an argument's value, or the default that the schema has.
func valueOf(field *ast.Field, name string) *ast.Value {
	if argument := field.Arguments.ForName(name); argument != nil {
		return argument.Value
	}
	if defined := field.Definition.Arguments.ForName(name); defined != nil {
		return defined.DefaultValue
	}
	return nil
}

// listArgument is the only argument of a list that is a list itself, such as the ids
// of what is looked up; nil where there is none.
func listArgument(field *ast.Field) *ast.Value {
	defined := field.Definition.Arguments
	if field.Definition.Type.Elem == nil || len(defined) != 1 || defined[0].Type.Elem == nil {
		return nil
	}
	return valueOf(field, defined[0].Name)
}

func texts(d *ast.Directive, name string) (all []string) {
	if argument := d.Arguments.ForName(name); argument != nil {
		for _, child := range argument.Value.Children {
			all = append(all, child.Value.Raw)
		}
	}
	return all
}

// settled is a size that no variable has a say in, reckoned for good. That of a
// list given stays what it is, for no bound of pages holds for it.
func (s size) settled() size {
	varies := func(value *ast.Value) bool { return value.Kind == ast.Variable }
	if slices.ContainsFunc(s.slicing, varies) || s.given != nil {
		return s
	}
	return size{assumed: s.with(nil)}
}

// with is the size with the variables' values. An argument that is null, or whose
// variable is not given, says nothing.
func (s size) with(variables map[string]any) int64 {
	said, greatest := false, int64(0)
	for _, value := range s.slicing {
		if !isNull(value, variables) {
			said, greatest = true, max(greatest, number(value, variables))
		}
	}
	switch {
	case said:
		return greatest
	case s.given != nil:
		return length(s.given, variables)
	}
	return s.assumed
}

func isNull(value *ast.Value, variables map[string]any) bool {
	if value.Kind == ast.Variable {
		return variables[value.Raw] == nil
	}
	return value.Kind == ast.NullValue
}

// length is that of a list; of what is none it is 1, as which it is taken.
func length(value *ast.Value, variables map[string]any) int64 {
	switch {
	case value.Kind == ast.Variable:
		if list, ok := variables[value.Raw].([]any); ok {
			return int64(len(list))
		}
	case value.Kind == ast.ListValue:
		return int64(len(value.Children))
	}
	return 1
}
