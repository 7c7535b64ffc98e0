package fetch

import (
	"context"
	"math"
	"slices"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

var restrictedRows = rows{
	"Source.restricted":    restrictedStep{},
	"Statement.restricted": restrictedStep{},
}

// restrictedStep finds out which records are merged with those that are restricted.
type restrictedStep struct{}

func (restrictedStep) fetch(ctx context.Context, o *Operation, _ graphql.CollectedField, of subjects) error {
	if of.recorded != nil {
		return nil
	}
	ids := slices.DeleteFunc(slices.Clone(of.ids), func(id diplomacy.ID) bool { return !diplomacy.Restricted(o.records[id]) })
	return o.loadGroups(ctx, ids)
}

// Restricted reports whether only editors may read a source or statement. One into which
// others were merged is restricted if all of them are: a reader is shown the first that is
// not. A version, or a record shown as it was recorded, answers for itself.
func (o *Operation) Restricted(ctx context.Context, r diplomacy.Record) (bool, error) {
	id := r.Header().ID
	if !diplomacy.Restricted(r) || o.records[id] != r {
		return diplomacy.Restricted(r), nil
	}
	if err := o.loadGroups(ctx, []diplomacy.ID{id}); err != nil {
		return false, err
	}
	return !slices.ContainsFunc(o.others(id, math.MaxInt), func(other diplomacy.Record) bool { return !diplomacy.Restricted(other) }), nil
}
