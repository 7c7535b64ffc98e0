package cost

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// introspection is what it costs at least, measured: it is no part of the schema that
// could have directives.
var introspection = map[string]int64{"__schema": 5_000, "__type": 100, "__typename": 0}

// introspects makes a node that asks for the schema one of a fixed weight: each
// element of its lists costs 1, and nobody counts how many there were.
func (n *node) introspects(least int64) *node {
	reckoned := total{longest: most}.selection(n.below, 1)
	return &node{fields: n.fields, weight: max(least, reckoned)}
}

// introspected makes a node part of such a one.
func (n *node) introspected(length int64) {
	n.size = size{assumed: length}
	if !n.isList {
		n.weight = 0
	}
}

func isIntrospection(parent *ast.Definition) bool {
	return parent != nil && strings.HasPrefix(parent.Name, "__")
}

// lengthsOf is how long the lists of introspection are in a schema. Of types those
// count that have fields, and on them lists are taken to be as long as all of their
// sort together would make them on the average; for else the tools that ask for all
// there is would seem to ask for many times of it.
func lengthsOf(schema *ast.Schema) map[string]int64 {
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
