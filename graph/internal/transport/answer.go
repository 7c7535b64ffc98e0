package transport

import (
	"context"
	"fmt"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// answer gives all answers, those to a request that is refused among them, and says
// whether they tell of what was written. It ends early where there shall be no more.
func (o Options) answer(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams, method string, give func(response *graphql.Response, written bool) (more bool)) {
	operation, errs := o.understand(ctx, exec, params)
	if ctx.Err() != nil {
		return // nobody is there to be answered
	}
	if errs == nil && (method == http.MethodGet || method == http.MethodHead) && operation.Operation.Operation == ast.Mutation {
		errs = gqlerror.List{{Message: "a mutation is sent by POST", Extensions: map[string]any{"code": codeMethod}}}
	}
	if errs != nil {
		give(exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs), false)
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, operation)
	written := operation.Operation.Operation == ast.Mutation
	for response := responses(ctx); response != nil && give(response, written); response = responses(ctx) {
	}
}

// understand reads and validates a document. One that is not known yet takes time, and
// its turn.
func (o Options) understand(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	if !o.Known(ctx, params) {
		leave, err := o.Capacity.Reading.Enter(ctx, o.Client(ctx), 1)
		if err != nil {
			return new(graphql.OperationContext), Overloaded().Errors
		}
		defer leave()
	}
	operation, errs := exec.CreateOperationContext(ctx, params)
	return operation, o.judged(operation, params, errs)
}

// judged says better than the executor what is wrong with the choice of an operation and
// with its variables. What is wrong with the input of a mutation is told with its answer,
// all at once, unless the executor will not have it.
func (o Options) judged(operation *graphql.OperationContext, params *graphql.RawParams, errs gqlerror.List) gqlerror.List {
	if operation.Doc == nil {
		return errs
	}
	if operation.Operation == nil {
		return gqlerror.List{unresolved(operation.Doc.Operations, params.OperationName)}
	}
	var passOver map[string]bool
	if errs == nil && operation.Operation.Operation == ast.Mutation {
		passOver = ofInput(operation.Operation)
	}
	if wrong := wrongVariable(o.Schema, operation.Operation, params.Variables, passOver); wrong != nil {
		return gqlerror.List{wrong}
	}
	return errs
}

// unresolved is that no operation of a document is meant, or none of that name.
func unresolved(among ast.OperationList, name string) *gqlerror.Error {
	message := fmt.Sprintf("the document has %d operations; say in operationName which is meant", len(among))
	if name != "" {
		message = fmt.Sprintf("the document has no operation %s", shown(name))
	}
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": codeUnresolved}}
}
