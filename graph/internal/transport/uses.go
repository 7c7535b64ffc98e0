package transport

import "github.com/vektah/gqlparser/v2/ast"

// uses looks at the values in an operation, wherever they stand: of an argument, of one
// of a field at the root, or within such a value.
type uses struct {
	see  func(value *ast.Value, atRoot bool)
	seen map[string]bool // fragments
}

func lookAt(operation *ast.OperationDefinition, see func(value *ast.Value, atRoot bool)) {
	u := uses{see, map[string]bool{}}
	u.directives(operation.Directives)
	u.selections(operation.SelectionSet, true)
}

func (u uses) selections(set ast.SelectionSet, atRoot bool) {
	for _, one := range set {
		switch one := one.(type) {
		case *ast.Field:
			u.directives(one.Directives)
			u.arguments(one.Arguments, atRoot)
			u.selections(one.SelectionSet, false)
		case *ast.InlineFragment:
			u.directives(one.Directives)
			u.selections(one.SelectionSet, atRoot)
		case *ast.FragmentSpread:
			u.directives(one.Directives)
			if !u.seen[one.Name] {
				u.seen[one.Name] = true
				u.selections(one.Definition.SelectionSet, atRoot)
			}
		}
	}
}

func (u uses) directives(all ast.DirectiveList) {
	for _, one := range all {
		u.arguments(one.Arguments, false)
	}
}

func (u uses) arguments(all ast.ArgumentList, atRoot bool) {
	for _, one := range all {
		u.value(one.Value, atRoot)
	}
}

func (u uses) value(value *ast.Value, atRoot bool) {
	u.see(value, atRoot)
	for _, child := range value.Children {
		u.value(child.Value, atRoot)
	}
}

// ofInput are the variables that a mutation's own fields are given.
func ofInput(operation *ast.OperationDefinition) map[string]bool {
	names := map[string]bool{}
	lookAt(operation, func(value *ast.Value, atRoot bool) {
		if atRoot && value.Kind == ast.Variable {
			names[value.Raw] = true
		}
	})
	return names
}

// neverNull is the type of a place where a variable stands that may be null and the value
// there may not. A variable with a default may stand there (GraphQL, section 5.8.5); to
// give null for it is an error all the same. It is nil where there is none.
func neverNull(operation *ast.OperationDefinition, variable string) (want *ast.Type) {
	lookAt(operation, func(value *ast.Value, _ bool) {
		if value.Kind == ast.Variable && value.Raw == variable && value.ExpectedType != nil && value.ExpectedType.NonNull {
			want = value.ExpectedType
		}
	})
	return want
}
