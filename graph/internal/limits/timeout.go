package limits

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chancery/graph/internal/codes"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// errTimeout is the cause with which Timeout cancels an operation's context.
var errTimeout = errors.New("operation timeout")

// Timeout returns a middleware that stops queries and mutations after a duration,
// counted from when their request was read: the operations of a batch share it.
// Subscriptions have no timeout.
func Timeout(after time.Duration) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		respond := next(ctx)
		operation := graphql.GetOperationContext(ctx)
		if operation.Operation.Operation == ast.Subscription {
			return respond
		}
		deadline := operation.Stats.Read.End.Add(after)
		answered := false
		return func(ctx context.Context) *graphql.Response {
			if answered || ctx.Err() != nil {
				return nil
			}
			answered = true
			ctx, cancel := context.WithDeadlineCause(ctx, deadline, errTimeout)
			defer cancel()
			response := respond(ctx)
			if errors.Is(context.Cause(ctx), errTimeout) && (response == nil || len(response.Errors) > 0) {
				return timedOut(after, operation.Operation.Operation)
			}
			return response
		}
	}
}

func timedOut(after time.Duration, kind ast.Operation) *graphql.Response {
	message := fmt.Sprintf("the operation took longer than %v and was stopped; request less data", after)
	if kind == ast.Mutation {
		message = fmt.Sprintf("the operation took longer than %v and was stopped; it may have been committed: check before retrying", after)
	}
	return &graphql.Response{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": codes.Timeout}}}}
}
