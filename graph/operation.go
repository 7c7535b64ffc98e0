package graph

import (
	"context"

	"chancery/access"
	"chancery/curation/duplicates"
	"chancery/diplomacy"
	"chancery/graph/fetch"
	"chancery/graph/internal/httpcache"
	"chancery/graph/internal/serial"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// addResolvers adds what resolvers need: an operation with a snapshot in each context,
// subscriptions, and errors that clients may see.
func addResolvers(server *handler.Server, s store.Store, options Options, schema *ast.Schema) {
	presenter := presenter{options.Logger}
	all := newFeeds(s, options.feed())
	server.AroundOperations(withOperation(s, all, options, httpcache.New(s, schema)))
	server.AroundOperations(subscriptions(all, s, options, presenter))
	server.SetErrorPresenter(presenter.present)
	server.SetRecoverFunc(presenter.recovered)
}

// withOperation returns a middleware that gives each operation the store with the rights
// of its principal, and releases its snapshot when the response is complete.
func withOperation(s store.Store, all *feeds, options Options, cached httpcache.Validator) graphql.OperationMiddleware {
	everyone, editors := duplicates.NewCache(), duplicates.NewCache() // one for each view that access.Guard knows
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		document := graphql.GetOperationContext(ctx)
		kind := document.Operation.Operation
		principal := access.PrincipalFrom(ctx) // for the whole operation, even if the token is revoked meanwhile
		guarded := access.GuardWithLog(s, principal, options.Logger)
		ctx, operation := fetch.New(ctx, guarded, options.Now())
		operation.ShareFeed(all[principal.Role])
		operation.ShareDuplicates(everyone)
		if principal.Role >= access.Editor {
			operation.ShareDuplicates(editors)
		}
		respond := next(ctx)
		return func(ctx context.Context) *graphql.Response {
			defer operation.Release()
			operation.Count(serial.MeterFrom(ctx))
			if cached.NotModified(ctx, operation, principal) {
				return &graphql.Response{}
			}
			response := respond(fetch.WithOperation(ctx, operation))
			setFinal(response, document.RawQuery)
			if response != nil {
				response.Errors = deduplicate(response.Errors)
				setRevision(response, revisionOf(operation, kind, s))
			}
			return response
		}
	}
}

// asOf implements the directive @asOf: it sets the operation's times before anything is
// read.
func asOf(ctx context.Context, _ any, next graphql.Resolver, validAt *diplomacy.Time, knownAt *int, knownAtTime *model.Moment) (any, error) {
	var at diplomacy.Time
	if validAt != nil {
		at = *validAt
	}
	known, err := knownTransaction(ctx, knownAt, knownAtTime)
	if err != nil {
		return nil, gqlerror.WrapIfUnwrapped(err)
	}
	fetch.From(ctx).SetTimes(at, known)
	return next(ctx)
}

// knownTransaction returns the transaction after which the graph is read; 0 for the last.
func knownTransaction(ctx context.Context, number *int, moment *model.Moment) (diplomacy.TxNumber, error) {
	switch {
	case number != nil && moment != nil:
		return 0, model.BadInput("knownAt and knownAtTime are both given; name the transaction by one of them")
	case moment != nil:
		return fetch.From(ctx).LastUntil(ctx, moment.Last)
	case number == nil:
		return 0, nil
	case *number < 1:
		return 0, model.BadInput("knownAt: transactions are counted from 1")
	}
	return diplomacy.TxNumber(*number), nil
}
