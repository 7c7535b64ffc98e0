package cost

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// defaultSize is the assumed length of a list without @listSize.
const defaultSize = 20

// size is the maximum length of a list.
type size struct {
	assumed int64        // if no slicing argument is given
	slicing []*ast.Value // values of slicing arguments; the greatest counts
	given   *ast.Value   // a list argument whose elements are answered one by one
}

// listSize reads @listSize of a field with its arguments in a document. It returns the
// length of the field itself, or of those of its fields that the directive names.
func listSize(field *ast.Field) (length size, sizedFields []string) {
	d := field.Definition.Directives.ForName("listSize")
	if d == nil {
		return size{assumed: defaultSize, given: listArgument(field)}, nil
	}
	length.assumed = defaultSize
	if assumed := d.Arguments.ForName("assumedSize"); assumed != nil {
		length.assumed = number(assumed.Value, nil)
	}
	for _, name := range stringList(d, "slicingArguments") {
		if value := valueOf(field, name); value != nil {
			length.slicing = append(length.slicing, value)
		}
	}
	if len(length.slicing) == 0 {
		length.given = listArgument(field)
	}
	return length, stringList(d, "sizedFields")
}

// slicingArguments returns the arguments of a field that set the length of a list.
func slicingArguments(field *ast.Field) (all []*ast.Argument) {
	if d := field.Definition.Directives.ForName("listSize"); d != nil {
		for _, name := range stringList(d, "slicingArguments") {
			if given := field.Arguments.ForName(name); given != nil {
				all = append(all, given)
			}
		}
	}
	return all
}

// valueOf returns the value of an argument, or its default in the schema.
func valueOf(field *ast.Field, name string) *ast.Value {
	if argument := field.Arguments.ForName(name); argument != nil {
		return argument.Value
	}
	if defined := field.Definition.Arguments.ForName(name); defined != nil {
		return defined.DefaultValue
	}
	return nil
}

// listArgument returns the only argument of a list field if it is a list itself, such as
// ids that are looked up; nil otherwise.
func listArgument(field *ast.Field) *ast.Value {
	defined := field.Definition.Arguments
	if field.Definition.Type.Elem == nil || len(defined) != 1 || defined[0].Type.Elem == nil {
		return nil
	}
	return valueOf(field, defined[0].Name)
}

func stringList(d *ast.Directive, name string) (all []string) {
	if argument := d.Arguments.ForName(name); argument != nil {
		for _, child := range argument.Value.Children {
			all = append(all, child.Value.Raw)
		}
	}
	return all
}

// simplified returns a size that depends on no variable as a constant. A list given as an
// argument is kept, since it is not bounded by the length of pages.
func (s size) simplified() size {
	isVariable := func(value *ast.Value) bool { return value.Kind == ast.Variable }
	if slices.ContainsFunc(s.slicing, isVariable) || s.given != nil {
		return s
	}
	return size{assumed: s.length(nil)}
}

// length returns the size with the variables' values. A slicing argument that is null or
// missing is ignored.
func (s size) length(variables map[string]any) int64 {
	sliced, greatest := false, int64(0)
	for _, value := range s.slicing {
		if !isNull(value, variables) {
			sliced, greatest = true, max(greatest, number(value, variables))
		}
	}
	switch {
	case sliced:
		return greatest
	case s.given != nil:
		return listLength(s.given, variables)
	}
	return s.assumed
}

func isNull(value *ast.Value, variables map[string]any) bool {
	if value.Kind == ast.Variable {
		return variables[value.Raw] == nil
	}
	return value.Kind == ast.NullValue
}

// listLength returns the length of a list; any other value counts as a list of one.
func listLength(value *ast.Value, variables map[string]any) int64 {
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
