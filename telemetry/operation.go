package telemetry

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

var (
	_ graphql.HandlerExtension     = (*Telemetry)(nil)
	_ graphql.OperationInterceptor = (*Telemetry)(nil)
	_ graphql.ResponseInterceptor  = (*Telemetry)(nil)
)

// ExtensionName is asked for by the executor.
func (*Telemetry) ExtensionName() string { return "Telemetry" }

// Validate finds nothing wrong with any schema.
func (*Telemetry) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation watches an operation that is executed. It goes around all that
// may still refuse it.
func (t *Telemetry) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	begun := operation.Stats.Parsing.Start
	if begun.IsZero() {
		begun = time.Now()
	}
	metrics := t.names.of(nameOf(operation.Operation))
	client, version := clientOf(operation.Headers)
	t.uses.of(use{metrics.name, client, version}).Inc()
	if operation.Operation.Operation == ast.Subscription {
		return t.follow(ctx, metrics, next)
	}
	ctx, report := t.begin(ctx, metrics, begun)
	t.metrics.running.Inc()
	respond, ended := next(ctx), false
	return func(ctx context.Context) (response *graphql.Response) {
		if !ended {
			ended = true
			defer func() { // also when it panics
				t.metrics.running.Dec()
				report.metrics.duration.Observe(report.end(ctx, response).Seconds())
			}()
		}
		return respond(ctx)
	}
}

// InterceptResponse watches what InterceptOperation does not see: operations that
// are refused before, and the answers of a subscription one by one.
func (t *Telemetry) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	switch {
	case reportOf(ctx) != nil:
		return next(ctx)
	case ctx.Value(followingKey{}) != nil:
		return t.deliver(ctx, next)
	}
	response := next(ctx)
	for _, code := range codesOf(response) {
		t.metrics.refused.WithLabelValues(code).Inc()
	}
	return response
}
