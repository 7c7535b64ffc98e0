package cost

import "github.com/vektah/gqlparser/v2/ast"

// argument is an argument with a cost: input objects, and what has a weight.
type argument struct {
	value     *ast.Value
	typed     *ast.Type
	weight    int64 // of each element
	hasWeight bool  // overrides the weight of the type
	schema    *ast.Schema
}

// arguments returns the arguments of a field that may cost something.
func (p *planner) arguments(field *ast.Field) (all []argument) {
	for _, given := range field.Arguments {
		defined := field.Definition.Arguments.ForName(given.Name)
		if defined == nil {
			continue
		}
		weight, hasWeight := costDirective(defined.Directives)
		if def := p.schema.Types[defined.Type.Name()]; hasWeight || def != nil && (def.Kind == ast.InputObject || weightOfType(p.schema, def) > 0) {
			all = append(all, argument{given.Value, defined.Type, weight, hasWeight, p.schema})
		}
	}
	return all
}

// cost returns the cost of the argument with the variables' values.
func (a argument) cost(variables map[string]any) int64 {
	value, err := a.value.Value(variables)
	if err != nil {
		return 0 // validation rejects it
	}
	return costOfInput(a.schema, a.typed, value, a.weight, a.hasWeight)
}

// costOfInput returns the cost of an input value. The weight of an argument or input field
// applies to each element, instead of that of their type; their own fields are added.
func costOfInput(schema *ast.Schema, typed *ast.Type, value any, weight int64, hasWeight bool) (total int64) {
	if value == nil {
		return 0
	}
	if list, ok := value.([]any); ok && typed.Elem != nil {
		for _, element := range list {
			total = plus(total, costOfInput(schema, typed.Elem, element, weight, hasWeight))
		}
		return total
	}
	def := schema.Types[typed.Name()]
	if def == nil {
		return 0
	}
	if !hasWeight {
		weight = weightOfType(schema, def)
	}
	fields, _ := value.(map[string]any)
	for name, inner := range fields {
		if field := def.Fields.ForName(name); field != nil {
			own, has := costDirective(field.Directives)
			weight = plus(weight, costOfInput(schema, field.Type, inner, own, has))
		}
	}
	return weight
}
