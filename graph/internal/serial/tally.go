package serial

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Tally counts the elements of lists of objects, by their field in the document. It
// belongs to the one goroutine that answers.
type Tally map[*ast.Field]int

type tallyKey struct{}

// WithTally has the lists of an answer counted.
func WithTally(ctx context.Context, t Tally) context.Context {
	return context.WithValue(ctx, tallyKey{}, t)
}

func tally(ctx context.Context, length int) {
	if t, ok := ctx.Value(tallyKey{}).(Tally); ok {
		if field := graphql.GetFieldContext(ctx); field != nil {
			t[field.Field.Field] += length
		}
	}
}
