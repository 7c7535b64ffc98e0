package fetch

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

var representationRows = rows{"Query._entities": representationStep{}, "Query._service": nothing{}, "Query.viewer": nothing{}}

// Represented returns the entities that a federation router identifies, in its order;
// nil for those that are not there. An invalid representation is an error of its
// element.
func Represented(ctx context.Context) ([]diplomacy.Entity, error) {
	return answer[[]diplomacy.Entity](ctx, 0)
}

// representationStep looks up the entities that a router identifies.
type representationStep struct{}

func (representationStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	raw := rawArguments(ctx, field.Field)
	given := model.Elements(raw["representations"])
	wanted := make([]arguments.Entity, len(given))
	for i, representation := range given {
		var err error
		if wanted[i], err = arguments.ReadRepresentation(representation); err != nil {
			addElementError(ctx, i, fmt.Errorf("representations[%d]: %w", i, err))
		}
	}
	ids, err := o.find(ctx, wanted)
	if err != nil {
		return err
	}
	if err := o.loadAndWalk(ctx, ids, field.Selections); err != nil {
		return err
	}
	entities := make([]diplomacy.Entity, len(ids))
	for i, id := range ids {
		if id.Kind() == wanted[i].Kind {
			entities[i], _ = o.records[id].(diplomacy.Entity)
		}
	}
	o.answers[place{field: field.Field}] = entities
	return nil
}

// addElementError reports an error at one element of the list being resolved.
func addElementError(ctx context.Context, index int, err error) {
	element := graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &index})
	graphql.AddError(element, graphql.AddFieldLocationToError(ctx, gqlerror.WrapPath(graphql.GetPath(element), err)))
}
