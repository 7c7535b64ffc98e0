// Package variables checks the variables of an operation against their types, as the
// GraphQL specification requires (section 6.1.2). The executor checks them too, but does
// not name the variable it rejects, and accepts strings for numbers, numbers beyond Int,
// enum values in the wrong case, several keys of a @oneOf input, and null for a variable
// with a default in a place that is never null.
package variables

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"chancery/graph/model"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Check returns the first error in the values of an operation's variables, or nil. It
// does not look at the variables in skip.
func Check(schema *ast.Schema, operation *ast.OperationDefinition, values map[string]any, skip map[string]bool) *gqlerror.Error {
	for _, variable := range operation.VariableDefinitions {
		if skip[variable.Variable] {
			continue
		}
		if m := (checker{schema}).variable(operation, variable, values); m != nil {
			return &gqlerror.Error{
				Message:    "the variable $" + variable.Variable + m.path + " " + m.reason,
				Locations:  []gqlerror.Location{{Line: variable.Position.Line, Column: variable.Position.Column}},
				Extensions: map[string]any{"code": model.CodeBadInput},
			}
		}
	}
	return nil
}

// mismatch describes a value that does not have the required type.
type mismatch struct{ path, reason string }

// within prefixes the path, as seen from what contains the value.
func (m *mismatch) within(path string) *mismatch {
	if m != nil {
		m.path = path + m.path
	}
	return m
}

func missing(want *ast.Type) *mismatch { return &mismatch{"", "is missing; want " + want.String()} }

func unexpected(value any, want string) *mismatch {
	return &mismatch{"", "is " + Describe(value) + "; want " + want}
}

// checker compares values decoded from JSON with the types of a schema.
type checker struct{ schema *ast.Schema }

func (c checker) variable(operation *ast.OperationDefinition, variable *ast.VariableDefinition, values map[string]any) *mismatch {
	value, given := values[variable.Variable]
	switch {
	case given && value == nil && variable.DefaultValue != nil && !variable.Type.NonNull:
		if want := nonNullUse(operation, variable.Variable); want != nil {
			return unexpected(value, want.String())
		}
	case given:
		return c.value(variable.Type, value)
	case variable.Type.NonNull && variable.DefaultValue == nil:
		return missing(variable.Type)
	}
	return nil
}

func (c checker) value(want *ast.Type, value any) *mismatch {
	switch {
	case value == nil && want.NonNull:
		return unexpected(value, want.String())
	case value == nil:
		return nil
	case want.Elem != nil:
		return c.list(want.Elem, value)
	}
	switch definition := c.schema.Types[want.NamedType]; definition.Kind {
	case ast.InputObject:
		return c.object(definition, value)
	case ast.Enum:
		if name, ok := value.(string); !ok || definition.EnumValues.ForName(name) == nil {
			return unexpected(value, definition.Name)
		}
	default:
		if accepts, known := scalars[definition.Name]; known && !accepts(value) {
			return unexpected(value, definition.Name)
		}
	}
	return nil
}

// list accepts a single value as a list of one (section 3.11). The executor has turned
// some single values into slices of their own type already.
func (c checker) list(element *ast.Type, value any) *mismatch {
	elements := reflect.ValueOf(value)
	if elements.Kind() != reflect.Slice {
		return c.value(element, value)
	}
	for i := range elements.Len() {
		if m := c.value(element, elements.Index(i).Interface()); m != nil {
			return m.within("[" + strconv.Itoa(i) + "]")
		}
	}
	return nil
}

func (c checker) object(want *ast.Definition, value any) *mismatch {
	fields, ok := value.(map[string]any)
	if !ok {
		return unexpected(value, want.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		field := want.Fields.ForName(name)
		if field == nil {
			return &mismatch{"", "has " + Describe(name) + ", and " + want.Name + " has no such field"}
		}
		if m := c.value(field.Type, fields[name]); m != nil {
			return m.within("." + name)
		}
	}
	for _, field := range want.Fields {
		if _, given := fields[field.Name]; !given && field.Type.NonNull && field.DefaultValue == nil {
			return missing(field.Type).within("." + field.Name)
		}
	}
	if want.Directives.ForName("oneOf") != nil && !hasOneValue(fields) {
		return &mismatch{"", "must have exactly one key, and not null, as " + want.Name + " says"}
	}
	return nil
}

// hasOneValue reports whether there is exactly one field, and it is not null.
func hasOneValue(fields map[string]any) bool {
	for _, value := range fields {
		return len(fields) == 1 && value != nil
	}
	return false
}
