package fetch

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// rawArguments returns the arguments of a field as the document and its variables have
// them, with the schema's defaults.
func rawArguments(ctx context.Context, field *ast.Field) map[string]any {
	return field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
}

// decoded returns the arguments of a field below Query. They are decoded once, however
// many records and resolvers ask for them.
func decoded[A any](ctx context.Context, o *Operation, of argumentsOf, read func(raw map[string]any) (A, error)) (A, error) {
	if known, ok := o.arguments[of].(A); ok {
		return known, nil
	}
	arguments, err := read(rawArguments(ctx, of.field))
	if err == nil {
		put(&o.arguments, of, any(arguments))
	}
	return arguments, err
}

// CheckArguments returns an error if the scalars of a field reject its arguments. It
// discards the decoded values, since each step decodes its own for the store.
// Once a field of the document has passed, it passes for all records.
func CheckArguments(ctx context.Context, field graphql.CollectedField, variables map[string]any, decode func(context.Context, map[string]any) (map[string]any, error)) error {
	o := From(ctx)
	if _, checked := o.checked[field.Field]; checked {
		return nil
	}
	_, err := decode(ctx, field.ArgumentMap(variables))
	if err == nil && field.ObjectDefinition.Name != "Query" { // whose fields are resolved once
		put(&o.checked, field.Field, struct{}{})
	}
	return err
}
