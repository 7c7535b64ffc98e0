package transport

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// answer gives all answers, those to a request that is refused among them.
func answer(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams, method string, give func(*graphql.Response)) {
	operation, errs := exec.CreateOperationContext(ctx, params)
	if errs == nil && (method == http.MethodGet || method == http.MethodHead) && operation.Operation.Operation == ast.Mutation {
		errs = gqlerror.List{{Message: "a mutation is sent by POST", Extensions: map[string]any{"code": codeMethod}}}
	}
	if errs != nil {
		give(exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs))
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, operation)
	for response := responses(ctx); response != nil; response = responses(ctx) {
		give(response)
	}
}
