package validation

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
)

// oneSubscription rejects subscriptions with more than one key at their root, as the
// specification requires (section 5.2.4.1). The library's rule counts fields by name, so
// that it overlooks a field with two aliases.
var oneSubscription = core.Rule{Name: "OneSubscription", RuleFunc: func(observers *core.Events, addError core.AddErrFunc) {
	observers.OnOperation(func(_ *core.Walker, operation *ast.OperationDefinition) {
		if operation.Operation != ast.Subscription {
			return
		}
		fields := rootFields{byName: map[string]map[string]bool{}, spread: map[string]bool{}}
		fields.add(operation.SelectionSet)
		for name, aliases := range fields.byName {
			if len(aliases) > 1 && len(fields.byName) == 1 {
				addError(core.Message("A subscription must select only one field; this selects %s under %d names.", name, len(aliases)), core.At(operation.Position))
			}
		}
	})
}}

// rootFields are the aliases of an operation's root fields by the fields' names.
type rootFields struct {
	byName map[string]map[string]bool
	spread map[string]bool // fragments
}

func (f rootFields) add(selections ast.SelectionSet) {
	for _, selection := range selections {
		switch selection := selection.(type) {
		case *ast.Field:
			if f.byName[selection.Name] == nil {
				f.byName[selection.Name] = map[string]bool{}
			}
			f.byName[selection.Name][selection.Alias] = true
		case *ast.InlineFragment:
			f.add(selection.SelectionSet)
		case *ast.FragmentSpread:
			if selection.Definition != nil && !f.spread[selection.Name] {
				f.spread[selection.Name] = true
				f.add(selection.Definition.SelectionSet)
			}
		}
	}
}
