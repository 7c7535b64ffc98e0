// Package introspection allows or rejects operations that read the schema.
package introspection

import (
	"context"
	"slices"

	"chancery/graph/internal/codes"
	"chancery/graph/internal/validation"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Enable configures a server to answer introspection queries.
func Enable(server *handler.Server) {
	server.Use(extension.Introspection{})
	server.SetValidationRulesFn(validation.Rules)
}

// Disable rejects operations that read the server's schema, and removes suggestions
// for misspelt names from errors, since these would reveal it bit by bit.
func Disable(server *handler.Server) {
	server.Use(disabled{})
	server.SetDisableSuggestion(true)
	server.SetValidationRulesFn(validation.RulesWithoutSuggestions)
}

// schemaFields are the fields of Query that return the schema; the last is Federation's.
// __typename is allowed, since clients need it to read responses.
var schemaFields = []string{"__schema", "__type", "_service"}

// disabled is the extension that rejects operations with schemaFields.
type disabled struct{}

var _ graphql.OperationContextMutator = disabled{}

// ExtensionName implements graphql.HandlerExtension.
func (disabled) ExtensionName() string { return "NoIntrospection" }

// Validate implements graphql.HandlerExtension; every schema is valid.
func (disabled) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext rejects an operation before it runs. It changes nothing.
func (disabled) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	for _, field := range graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"}) {
		if slices.Contains(schemaFields, field.Name) {
			return &gqlerror.Error{
				Message:    "introspection is disabled on this server; ask its operator for the schema",
				Extensions: map[string]any{"code": codes.IntrospectionDisabled},
			}
		}
	}
	return nil
}
