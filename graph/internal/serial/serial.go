// Package serial runs generated resolvers one after another. The generated executor of
// gqlgen starts a goroutine for each element of a list and each field with a resolver;
// here an operation reads one snapshot on one goroutine, where goroutines would be
// overhead without gain. After generation the executor's calls are replaced by the
// functions below, which have the signatures of those they replace.
//
// Fields under @defer are answered with the rest, as the proposal allows.
package serial

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// List replaces graphql.MarshalSliceConcurrently: it marshals the elements of a list in
// order and counts them. When the context ends it adds an error at the list and leaves the remaining
// elements null.
func List(ctx context.Context, length int, _ int64, _ bool, element func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	m := MeterFrom(ctx)
	countElements(m, length)
	list := make(graphql.Array, length)
	indexes := make([]int, length)
	for i := range list {
		if err := ctx.Err(); err != nil {
			return stop(ctx, err, list, i)
		}
		indexes[i] = i
		list[i] = marshal(graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &indexes[i]}), i, element)
		countFields(m, list[i])
	}
	return list
}

// stop sets the elements from i on to null.
func stop(ctx context.Context, err error, list graphql.Array, i int) graphql.Array {
	graphql.AddError(ctx, err)
	for ; i < len(list); i++ {
		list[i] = graphql.Null
	}
	return list
}

// marshal marshals one element; a panic becomes an error at its path.
func marshal(ctx context.Context, i int, element func(ctx context.Context, i int) graphql.Marshaler) (result graphql.Marshaler) {
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, r))
			result = graphql.Null
		}
	}()
	return element(ctx, i)
}

// Field replaces FieldSet.ResolveConcurrently: it resolves a field of an object.
func Field(ctx context.Context, set *Set, oc *graphql.OperationContext, i int, nonNull bool, resolve func(ctx context.Context) graphql.Marshaler) {
	set.Values[i] = resolveSafely(ctx, oc, resolve)
	countInvalid(set, i, nonNull)
}

// Root replaces FieldSet.ResolveRootConcurrently: it resolves a field of Query,
// Mutation or Subscription.
func Root(ctx context.Context, set *Set, oc *graphql.OperationContext, i int, nonNull bool, resolve func(ctx context.Context) graphql.Marshaler) {
	set.Values[i] = oc.RootResolverMiddleware(ctx, func(ctx context.Context) graphql.Marshaler {
		return resolveSafely(ctx, oc, resolve)
	})
	countInvalid(set, i, nonNull)
}

// resolveSafely resolves a field; a panic becomes an error at its path.
func resolveSafely(ctx context.Context, oc *graphql.OperationContext, resolve func(ctx context.Context) graphql.Marshaler) (result graphql.Marshaler) {
	defer func() {
		if r := recover(); r != nil {
			oc.Error(ctx, oc.Recover(ctx, r))
			result = graphql.Null
		}
	}()
	return resolve(ctx)
}

// countInvalid counts a null that makes the enclosing object null.
func countInvalid(set *Set, i int, nonNull bool) {
	invalid := graphql.RequiredNull
	if nonNull {
		invalid = graphql.Null
	}
	if set.Values[i] == invalid {
		set.Invalids++
	}
}
