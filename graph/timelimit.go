package graph

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// codeTimeout is that of operations that took too long.
const codeTimeout = "TIMEOUT"

// errTooLong is why the context of such an operation ends.
var errTooLong = errors.New("the operation took too long")

// timeLimit stops queries and mutations that take longer than most, counted from
// when their request was read; so the operations of a batch share that time. A
// subscription may last.
func timeLimit(most time.Duration) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		respond := next(ctx)
		operation := graphql.GetOperationContext(ctx)
		if operation.Operation.Operation == ast.Subscription {
			return respond
		}
		until := operation.Stats.Read.End.Add(most)
		answered := false
		return func(ctx context.Context) *graphql.Response {
			if answered || ctx.Err() != nil {
				return nil
			}
			answered = true
			ctx, cancel := context.WithDeadlineCause(ctx, until, errTooLong)
			defer cancel()
			response := respond(ctx)
			if errors.Is(context.Cause(ctx), errTooLong) && (response == nil || len(response.Errors) > 0) {
				return tooLong(most, operation.Operation.Operation)
			}
			return response
		}
	}
}

func tooLong(most time.Duration, kind ast.Operation) *graphql.Response {
	message := fmt.Sprintf("this took longer than %v and was stopped; ask for less", most)
	if kind == ast.Mutation {
		message = fmt.Sprintf("this took longer than %v and was stopped; it may have been written or not: look before trying again", most)
	}
	return &graphql.Response{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": codeTimeout}}}}
}
