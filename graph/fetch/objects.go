package fetch

import (
	"context"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// objectType has the steps of the fields of an object type of the schema whose
// objects are no records but lead to some. Fields that are fetched when they are
// resolved have a nil step.
type objectType[T any] struct {
	name   string
	fields map[string]objectStep[T]
}

// objectStep fetches what one field of objects needs, and what is selected below.
type objectStep[T any] func(ctx context.Context, o *Operation, field graphql.CollectedField, of []T) error

// walk fetches what selections need of objects.
func (t objectType[T]) walk(ctx context.Context, o *Operation, selections []ast.SelectionSet, of []T) error {
	for _, selection := range selections {
		for _, field := range collect(ctx, selection, t.name) {
			step := t.fields[field.Name]
			if step == nil {
				continue
			}
			if err := step(ctx, o, field, of); err != nil {
				return err
			}
		}
	}
	return nil
}

// collect returns the fields that a selection has of an object type.
func collect(ctx context.Context, selection ast.SelectionSet, typeName string) []graphql.CollectedField {
	return graphql.CollectFields(graphql.GetOperationContext(ctx), selection, []string{typeName})
}

// toRecords returns the step of a field that shows records as they were recorded.
func toRecords[T any](record func(T) diplomacy.Record) objectStep[T] {
	return func(ctx context.Context, o *Operation, field graphql.CollectedField, of []T) error {
		var records []diplomacy.Record
		for _, object := range of {
			if r := record(object); r != nil {
				records = append(records, r)
			}
		}
		return o.walkRecorded(ctx, field.Selections, records)
	}
}

// toAll returns the step of a field that shows the canonical records with some ids.
func toAll[T any](ids func(T) []diplomacy.ID) objectStep[T] {
	return func(ctx context.Context, o *Operation, field graphql.CollectedField, of []T) error {
		var all []diplomacy.ID
		for _, object := range of {
			all = append(all, ids(object)...)
		}
		return o.loadAndWalk(ctx, all, field.Selections)
	}
}
