package cost

import (
	"math"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// weightOf returns the cost of one instance of a field by itself. A field of an interface
// costs as much as the most expensive implementation.
func weightOf(schema *ast.Schema, parent *ast.Definition, field *ast.FieldDefinition) int64 {
	if parent != nil && parent.Kind == ast.Interface {
		highest := int64(0)
		for _, possible := range schema.GetPossibleTypes(parent) {
			if own := possible.Fields.ForName(field.Name); own != nil {
				highest = max(highest, weightOf(schema, possible, own))
			}
		}
		return highest
	}
	if weight, ok := costDirective(field.Directives); ok {
		return weight
	}
	return weightOfType(schema, schema.Types[field.Type.Name()])
}

func weightOfType(schema *ast.Schema, def *ast.Definition) int64 {
	switch {
	case def == nil:
		return 0
	case def.IsAbstractType():
		highest := int64(0)
		for _, possible := range schema.GetPossibleTypes(def) {
			highest = max(highest, weightOfType(schema, possible))
		}
		return highest
	}
	if weight, ok := costDirective(def.Directives); ok {
		return weight
	}
	if def.IsLeafType() {
		return 0
	}
	return 1
}

// costDirective returns the weight of @cost; negative weights count as 0.
func costDirective(directives ast.DirectiveList) (weight int64, ok bool) {
	d := directives.ForName("cost")
	if d == nil {
		return 0, false
	}
	return number(d.Arguments.ForName("weight").Value, nil), true
}

// number returns the value of a literal or variable; 0 if it is negative or not a number.
func number(value *ast.Value, variables map[string]any) int64 {
	if value.Kind == ast.Variable {
		return toInt(variables[value.Raw])
	}
	n, _ := strconv.ParseFloat(value.Raw, 64)
	return toInt(n)
}

// toInt converts a number as JSON and the coercion of variables produce it.
func toInt(value any) int64 {
	n := 0.0
	switch value := value.(type) {
	case int64:
		n = float64(value)
	case float64:
		n = value
	case int:
		n = float64(value)
	case interface{ Float64() (float64, error) }: // json.Number
		n, _ = value.Float64()
	case string:
		n, _ = strconv.ParseFloat(value, 64)
	}
	if math.IsNaN(n) {
		return 0
	}
	return int64(min(max(n, 0), maxCost))
}
