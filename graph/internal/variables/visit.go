package variables

import "github.com/vektah/gqlparser/v2/ast"

// visitor calls a function with each value in an operation: those of arguments and
// those nested in them. atRoot reports whether the argument is one of a root field.
type visitor struct {
	visit   func(value *ast.Value, atRoot bool)
	visited map[string]bool // fragments
}

func visitValues(operation *ast.OperationDefinition, visit func(value *ast.Value, atRoot bool)) {
	v := visitor{visit, map[string]bool{}}
	v.directives(operation.Directives)
	v.selections(operation.SelectionSet, true)
}

func (v visitor) selections(set ast.SelectionSet, atRoot bool) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			v.directives(selection.Directives)
			v.arguments(selection.Arguments, atRoot)
			v.selections(selection.SelectionSet, false)
		case *ast.InlineFragment:
			v.directives(selection.Directives)
			v.selections(selection.SelectionSet, atRoot)
		case *ast.FragmentSpread:
			v.directives(selection.Directives)
			if !v.visited[selection.Name] {
				v.visited[selection.Name] = true
				v.selections(selection.Definition.SelectionSet, atRoot)
			}
		}
	}
}

func (v visitor) directives(directives ast.DirectiveList) {
	for _, directive := range directives {
		v.arguments(directive.Arguments, false)
	}
}

func (v visitor) arguments(arguments ast.ArgumentList, atRoot bool) {
	for _, argument := range arguments {
		v.value(argument.Value, atRoot)
	}
}

func (v visitor) value(value *ast.Value, atRoot bool) {
	v.visit(value, atRoot)
	for _, child := range value.Children {
		v.value(child.Value, atRoot)
	}
}

// OfRootFields returns the variables in the arguments of an operation's root fields.
func OfRootFields(operation *ast.OperationDefinition) map[string]bool {
	names := map[string]bool{}
	visitValues(operation, func(value *ast.Value, atRoot bool) {
		if atRoot && value.Kind == ast.Variable {
			names[value.Raw] = true
		}
	})
	return names
}

// nonNullUse returns the type of a place where a nullable variable is used and a value
// must not be null, or nil. The specification allows such a variable there if it has a
// default (section 5.8.5), but to pass null for it is an error.
func nonNullUse(operation *ast.OperationDefinition, variable string) (want *ast.Type) {
	visitValues(operation, func(value *ast.Value, _ bool) {
		if value.Kind == ast.Variable && value.Raw == variable && value.ExpectedType != nil && value.ExpectedType.NonNull {
			want = value.ExpectedType
		}
	})
	return want
}
