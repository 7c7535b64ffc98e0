package fetch

import (
	"context"
	"slices"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Selects reports whether one of some fields is selected of the payload being resolved.
func Selects(ctx context.Context, names ...string) bool {
	field := graphql.GetFieldContext(ctx).Field
	return slices.ContainsFunc(collect(ctx, field.Selections, field.Definition.Type.Name()), func(f graphql.CollectedField) bool {
		return slices.Contains(names, f.Name)
	})
}

// Along loads records, and what is selected of them, where the field being resolved
// leads to them along fields of objects that were made for it alone, such as payloads
// of mutations. Nothing is loaded if they are not selected.
func Along(ctx context.Context, ids []diplomacy.ID, path ...string) error {
	fields := []graphql.CollectedField{graphql.GetFieldContext(ctx).Field}
	for _, name := range path {
		var next []graphql.CollectedField
		for _, field := range fields {
			for _, f := range collect(ctx, field.Selections, field.Definition.Type.Name()) {
				if f.Name == name {
					next = append(next, f)
				}
			}
		}
		fields = next
	}
	var selections []ast.SelectionSet
	for _, field := range fields {
		selections = append(selections, field.Selections)
	}
	if len(selections) == 0 {
		return nil
	}
	return From(ctx).loadAndWalk(ctx, ids, selections...)
}
