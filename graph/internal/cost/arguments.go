package cost

import "github.com/vektah/gqlparser/v2/ast"

// argument is one that costs something: objects of input do, and what has a weight.
type argument struct {
	value  *ast.Value
	typed  *ast.Type
	weight int64 // of each element, where the schema says so
	said   bool
	schema *ast.Schema
}

// arguments are those given that may cost something.
func (p *planner) arguments(field *ast.Field) (all []argument) {
	for _, given := range field.Arguments {
		defined := field.Definition.Arguments.ForName(given.Name)
		if defined == nil {
			continue
		}
		weight, said := directive(defined.Directives)
		if def := p.schema.Types[defined.Type.Name()]; said || def != nil && (def.Kind == ast.InputObject || weightOfType(p.schema, def) > 0) {
			all = append(all, argument{given.Value, defined.Type, weight, said, p.schema})
		}
	}
	return all
}

// with is what the argument costs with the variables' values.
func (a argument) with(variables map[string]any) int64 {
	value, err := a.value.Value(variables)
	if err != nil {
		return 0 // which validation has refused
	}
	return costOfInput(a.schema, a.typed, value, a.weight, a.said)
}

// costOfInput goes through a value. A weight that was said of what holds it is that
// of each element, instead of their type's; their own fields are added.
func costOfInput(schema *ast.Schema, typed *ast.Type, value any, weight int64, said bool) (total int64) {
	if value == nil {
		return 0
	}
	if list, ok := value.([]any); ok && typed.Elem != nil {
		for _, element := range list {
			total = plus(total, costOfInput(schema, typed.Elem, element, weight, said))
		}
		return total
	}
	def := schema.Types[typed.Name()]
	if def == nil {
		return 0
	}
	if !said {
		weight = weightOfType(schema, def)
	}
	fields, _ := value.(map[string]any)
	for name, inner := range fields {
		if field := def.Fields.ForName(name); field != nil {
			own, has := directive(field.Directives)
			weight = plus(weight, costOfInput(schema, field.Type, inner, own, has))
		}
	}
	return weight
}
