package cost

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// introspectionCosts are the minimum costs of introspection, as measured: its fields are
// not part of the schema and cannot have directives.
var introspectionCosts = map[string]int64{"__schema": 5_000, "__type": 100, "__typename": 0}

// fixedIntrospection returns a node with a fixed weight for __schema or __type, whose list
// elements cost 1 each and are not counted when they are answered.
func (n *node) fixedIntrospection(minimum int64) *node {
	estimate := summation{maxPage: maxCost}.selection(n.below, 1)
	return &node{weight: max(minimum, estimate)}
}

// setIntrospection gives a field within introspection its length and weight.
func (n *node) setIntrospection(length int64) {
	n.size = size{assumed: length}
	if !n.isList {
		n.weight = 0
	}
}

func isIntrospection(parent *ast.Definition) bool {
	return parent != nil && strings.HasPrefix(parent.Name, "__")
}

// introspectionLengths returns the lengths of the lists of introspection in a schema, by
// type and field. Lists within types are assumed to have their average length over all
// types with fields: with their maximum, the query that tools send for the whole schema
// would seem many times as large as it is.
func introspectionLengths(schema *ast.Schema) map[string]int64 {
	var types, fields, arguments, inputs, values, possible, interfaces int
	for _, def := range schema.Types {
		values += len(def.EnumValues)
		interfaces += len(def.Interfaces)
		possible += len(schema.PossibleTypes[def.Name])
		if def.Kind == ast.InputObject {
			inputs += len(def.Fields)
			continue
		}
		if len(def.Fields) > 0 {
			types++
		}
		fields += len(def.Fields)
		for _, field := range def.Fields {
			arguments += len(field.Arguments)
		}
	}
	average := func(all, of int) int64 { return int64(max((all+of-1)/max(of, 1), 1)) }
	return map[string]int64{
		"__Schema.types": int64(types), "__Schema.directives": int64(len(schema.Directives)), "__Directive.args": 2, "__Directive.locations": 2,
		"__Type.fields": average(fields, types), "__Type.inputFields": average(inputs, types), "__Type.enumValues": average(values, types),
		"__Type.possibleTypes": average(possible, types), "__Type.interfaces": average(interfaces, types),
		"__Field.args": average(arguments, fields),
	}
}
