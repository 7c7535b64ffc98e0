package transport

import (
	"context"
	"fmt"
	"net/http"

	"chancery/graph/internal/codes"
	"chancery/graph/internal/variables"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Execute executes the operation of a request and passes each response to deliver, which
// learns whether the operation was a mutation and returns whether it wants more. Invalid
// requests get a response with errors; cancelled ones get none.
func (o Options) Execute(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams, method string, deliver func(response *graphql.Response, isMutation bool) (more bool)) {
	operation, errs := o.validate(ctx, exec, params)
	if ctx.Err() != nil {
		return // the client is gone
	}
	if errs == nil && (method == http.MethodGet || method == http.MethodHead) && operation.Operation.Operation == ast.Mutation {
		errs = gqlerror.List{{Message: "a mutation is sent by POST", Extensions: map[string]any{"code": codes.MethodNotAllowed}}}
	}
	if errs != nil {
		deliver(exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs), false)
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, operation)
	isMutation := operation.Operation.Operation == ast.Mutation
	for response := responses(ctx); response != nil && deliver(response, isMutation); response = responses(ctx) {
	}
}

// validate parses and validates the document and the variables. A document that is not
// cached waits for capacity.
func (o Options) validate(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	if !o.IsCached(ctx, params) {
		release, err := o.Capacity.Parsing.Acquire(ctx, o.ClientKey(ctx), 1)
		if err != nil {
			return new(graphql.OperationContext), Overloaded().Errors
		}
		defer release()
	}
	operation, errs := exec.CreateOperationContext(ctx, params)
	return operation, o.refine(operation, params, errs)
}

// refine replaces the executor's errors about the choice of an operation and about its
// variables by clearer ones. The input of a mutation is skipped if the executor accepts
// it: its errors are reported in the payload, all at once.
func (o Options) refine(operation *graphql.OperationContext, params *graphql.RawParams, errs gqlerror.List) gqlerror.List {
	if operation.Doc == nil {
		return errs
	}
	if operation.Operation == nil {
		return gqlerror.List{unresolvedOperation(operation.Doc.Operations, params.OperationName)}
	}
	var skip map[string]bool
	if errs == nil && operation.Operation.Operation == ast.Mutation {
		skip = variables.OfRootFields(operation.Operation)
	}
	if invalid := variables.Check(o.Schema, operation.Operation, params.Variables, skip); invalid != nil {
		return gqlerror.List{invalid}
	}
	return errs
}

func unresolvedOperation(operations ast.OperationList, name string) *gqlerror.Error {
	message := fmt.Sprintf("the document has %d operations; name one in operationName", len(operations))
	if name != "" {
		message = fmt.Sprintf("the document has no operation %s", variables.Describe(name))
	}
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": codes.OperationResolution}}
}
