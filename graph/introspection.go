package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// codeIntrospection is that of operations that ask for the schema where it is not
// told.
const codeIntrospection = "INTROSPECTION_DISABLED"

// setIntrospection lets the server tell its schema; or else not, and then neither
// bit by bit, in guesses at what a misspelt name was meant for.
func setIntrospection(server *handler.Server, allowed bool) {
	if allowed {
		server.Use(extension.Introspection{})
		return
	}
	server.Use(secretive{})
	server.SetDisableSuggestion(true)
	server.SetValidationRulesFn(withoutSuggestions)
}

// withoutSuggestions are the rules of validation in the versions that do not guess.
// Those for fields the executor swaps itself.
func withoutSuggestions() *rules.Rules {
	all := rules.NewDefaultRules()
	for _, swap := range [][2]core.Rule{
		{rules.KnownArgumentNamesRule, rules.KnownArgumentNamesRuleWithoutSuggestions},
		{rules.KnownTypeNamesRule, rules.KnownTypeNamesRuleWithoutSuggestions},
		{rules.ValuesOfCorrectTypeRule, rules.ValuesOfCorrectTypeRuleWithoutSuggestions},
	} {
		all.RemoveRule(swap[0].Name)
		all.AddRule(swap[1].Name, swap[1].RuleFunc)
	}
	return all
}

// telling are the fields of Query that tell the schema; the last is Federation's.
var telling = []string{"__schema", "__type", "_service"}

// secretive refuses operations that ask for the schema, before they run. __typename
// is for reading answers, and stays.
type secretive struct{}

var _ graphql.OperationContextMutator = secretive{}

// ExtensionName is asked for by the executor.
func (secretive) ExtensionName() string { return "NoIntrospection" }

// Validate finds nothing wrong with any schema.
func (secretive) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext is called before an operation runs. It changes nothing.
func (secretive) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	for _, field := range graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"}) {
		if slices.Contains(telling, field.Name) {
			return &gqlerror.Error{
				Message:    "this server does not tell its schema; ask whoever runs it",
				Extensions: map[string]any{"code": codeIntrospection},
			}
		}
	}
	return nil
}
