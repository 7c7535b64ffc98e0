package cost

import (
	"math"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// weightOf is what one instance of a field costs by itself. A field of an interface
// costs as much as the dearest of those that implement it.
func weightOf(schema *ast.Schema, parent *ast.Definition, field *ast.FieldDefinition) int64 {
	if parent != nil && parent.Kind == ast.Interface {
		dearest := int64(0)
		for _, possible := range schema.GetPossibleTypes(parent) {
			if own := possible.Fields.ForName(field.Name); own != nil {
				dearest = max(dearest, weightOf(schema, possible, own))
			}
		}
		return dearest
	}
	if weight, said := directive(field.Directives); said {
		return weight
	}
	return weightOfType(schema, schema.Types[field.Type.Name()])
}

func weightOfType(schema *ast.Schema, def *ast.Definition) int64 {
	switch {
	case def == nil:
		return 0
	case def.IsAbstractType():
		dearest := int64(0)
		for _, possible := range schema.GetPossibleTypes(def) {
			dearest = max(dearest, weightOfType(schema, possible))
		}
		return dearest
	}
	if weight, said := directive(def.Directives); said {
		return weight
	}
	if def.IsLeafType() {
		return 0
	}
	return 1
}

// directive reads @cost; what is negative is nothing.
func directive(directives ast.DirectiveList) (weight int64, said bool) {
	d := directives.ForName("cost")
	if d == nil {
		return 0, false
	}
	return number(d.Arguments.ForName("weight").Value, nil), true
}

// number is a literal's or a variable's; 0 of what is none or negative.
func number(value *ast.Value, variables map[string]any) int64 {
	if value.Kind == ast.Variable {
		return whole(variables[value.Raw])
	}
	n, _ := strconv.ParseFloat(value.Raw, 64)
	return whole(n)
}

// whole is a number as it comes out of JSON and the coercion of variables.
func whole(value any) int64 {
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
	return int64(min(max(n, 0), most))
}
