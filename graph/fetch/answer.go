package fetch

import (
	"context"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

// query stands for Query in place of records.
var query = subjects{ids: []diplomacy.ID{0}}

// answer returns the answer of the field being resolved, on a record or (zero) on
// Query. Unless it was read ahead, its step runs now, for this record alone.
func answer[A any](ctx context.Context, parent diplomacy.ID) (A, error) {
	var none A
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	here := place{parent, field.Field}
	if _, ready := o.answers[here]; !ready {
		of := query
		if parent != 0 {
			of.ids = []diplomacy.ID{parent}
		}
		if err := o.step(ctx, field, of); err != nil {
			return none, err
		}
	}
	switch value := o.answers[here].(type) {
	case A:
		return value, nil
	case error:
		return none, value
	}
	return none, nil
}

// unanswered returns the ids for which a field has no answer yet. One field may be
// reached by several ways, as in a fragment, with other fields merged into its
// selection.
func (o *Operation) unanswered(field graphql.CollectedField, ids []diplomacy.ID) []diplomacy.ID {
	var missing []diplomacy.ID
	for _, id := range ids {
		if o.answers[place{id, field.Field}] == nil {
			missing = append(missing, id)
		}
	}
	return missing
}
