// Package serial runs generated resolvers one after another. The generated
// executor starts a goroutine for each element of a list and each field with a
// resolver; an operation here reads one snapshot on one goroutine, so that
// would be overhead without gain. After generation the executor's calls are
// pointed to the functions below, which have the signatures of those they
// replace.
//
// Fields under @defer are answered with the rest, as the proposal allows.
package serial

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// List replaces graphql.MarshalSliceConcurrently. It stops between elements
// when the request is cancelled or out of time, which is an error at the list;
// what is left is null.
func List(ctx context.Context, length int, _ int64, _ bool, element func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	tally(ctx, length)
	list := make(graphql.Array, length)
	indexes := make([]int, length)
	for i := range list {
		if err := ctx.Err(); err != nil {
			return stop(ctx, err, list, i)
		}
		indexes[i] = i
		list[i] = one(graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &indexes[i]}), i, element)
	}
	return list
}

// stop leaves the elements from i on null.
func stop(ctx context.Context, err error, list graphql.Array, i int) graphql.Array {
	graphql.AddError(ctx, err)
	for ; i < len(list); i++ {
		list[i] = graphql.Null
	}
	return list
}

// one marshals an element; a panic in it becomes an error at its path.
func one(ctx context.Context, i int, element func(ctx context.Context, i int) graphql.Marshaler) (result graphql.Marshaler) {
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, r))
			result = graphql.Null
		}
	}()
	return element(ctx, i)
}

// Field replaces FieldSet.ResolveConcurrently.
func Field(ctx context.Context, set *Set, oc *graphql.OperationContext, i int, nonNull bool, resolve func(ctx context.Context) graphql.Marshaler) {
	set.Values[i] = guarded(ctx, oc, resolve)
	count(set, i, nonNull)
}

// Root replaces FieldSet.ResolveRootConcurrently.
func Root(ctx context.Context, set *Set, oc *graphql.OperationContext, i int, nonNull bool, resolve func(ctx context.Context) graphql.Marshaler) {
	set.Values[i] = oc.RootResolverMiddleware(ctx, func(ctx context.Context) graphql.Marshaler {
		return guarded(ctx, oc, resolve)
	})
	count(set, i, nonNull)
}

// guarded resolves a field; a panic in it becomes an error at its path.
func guarded(ctx context.Context, oc *graphql.OperationContext, resolve func(ctx context.Context) graphql.Marshaler) (result graphql.Marshaler) {
	defer func() {
		if r := recover(); r != nil {
			oc.Error(ctx, oc.Recover(ctx, r))
			result = graphql.Null
		}
	}()
	return resolve(ctx)
}

// count notes a null that makes the enclosing object null.
func count(set *Set, i int, nonNull bool) {
	invalid := graphql.RequiredNull
	if nonNull {
		invalid = graphql.Null
	}
	if set.Values[i] == invalid {
		set.Invalids++
	}
}
