package transport

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"chancery/graph/model"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// wrongVariable says what is wrong with the values of an operation's variables, if
// anything is (GraphQL, section 6.1.2). The executor looks too, but names no variable
// when it refuses one, and lets pass texts for numbers, numbers that are no Int, names of
// enumerations in other letters, several keys where one is wanted, and null for a variable
// with a default where that may not be. Those that are passed over are not looked at.
func wrongVariable(schema *ast.Schema, operation *ast.OperationDefinition, values map[string]any, passOver map[string]bool) *gqlerror.Error {
	for _, defined := range operation.VariableDefinitions {
		value, given := values[defined.Variable]
		var why *misfit
		switch {
		case passOver[defined.Variable]:
		case given && value == nil && defined.DefaultValue != nil && !defined.Type.NonNull:
			if want := neverNull(operation, defined.Variable); want != nil {
				why = unfit(value, want.String())
			}
		case given:
			why = coercer{schema}.check(defined.Type, value)
		case defined.Type.NonNull && defined.DefaultValue == nil:
			why = missing(defined.Type)
		}
		if why != nil {
			return &gqlerror.Error{
				Message:    "the variable $" + defined.Variable + why.at + " " + why.reason,
				Locations:  []gqlerror.Location{{Line: defined.Position.Line, Column: defined.Position.Column}},
				Extensions: map[string]any{"code": model.CodeBadInput},
			}
		}
	}
	return nil
}

// misfit is why a value, at a place within that of a variable, is not what is wanted.
type misfit struct{ at, reason string }

// in is the misfit as seen from what holds the value there.
func (m *misfit) in(place string) *misfit {
	if m != nil {
		m.at = place + m.at
	}
	return m
}

func missing(want *ast.Type) *misfit { return &misfit{"", "is missing; want " + want.String()} }

func unfit(value any, want string) *misfit {
	return &misfit{"", "is " + shown(value) + "; want " + want}
}

// coercer holds values from JSON to the types of a schema.
type coercer struct{ schema *ast.Schema }

func (c coercer) check(want *ast.Type, value any) *misfit {
	switch {
	case value == nil && want.NonNull:
		return unfit(value, want.String())
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
			return unfit(value, definition.Name)
		}
	default:
		if takes, known := scalars[definition.Name]; known && !takes(value) {
			return unfit(value, definition.Name)
		}
	}
	return nil
}

// list takes what is none for one element (section 3.11). The executor has made lists of
// some, each with elements of its own type.
func (c coercer) list(of *ast.Type, value any) *misfit {
	elements := reflect.ValueOf(value)
	if elements.Kind() != reflect.Slice {
		return c.check(of, value)
	}
	for i := range elements.Len() {
		if why := c.check(of, elements.Index(i).Interface()); why != nil {
			return why.in("[" + strconv.Itoa(i) + "]")
		}
	}
	return nil
}

func (c coercer) object(want *ast.Definition, value any) *misfit {
	fields, ok := value.(map[string]any)
	if !ok {
		return unfit(value, want.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		field := want.Fields.ForName(name)
		if field == nil {
			return &misfit{"", "has " + shown(name) + ", and " + want.Name + " has no such field"}
		}
		if why := c.check(field.Type, fields[name]); why != nil {
			return why.in("." + name)
		}
	}
	for _, field := range want.Fields {
		if _, given := fields[field.Name]; !given && field.Type.NonNull && field.DefaultValue == nil {
			return missing(field.Type).in("." + field.Name)
		}
	}
	if want.Directives.ForName("oneOf") != nil && !isOne(fields) {
		return &misfit{"", "has to have exactly one key, and not null, as " + want.Name + " says"}
	}
	return nil
}

// isOne reports whether there is one field, and it is not null.
func isOne(fields map[string]any) bool {
	for _, value := range fields {
		return len(fields) == 1 && value != nil
	}
	return false
}
