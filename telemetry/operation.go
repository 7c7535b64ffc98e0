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

// ExtensionName implements graphql.HandlerExtension.
func (*Telemetry) ExtensionName() string { return "Telemetry" }

// Validate implements graphql.HandlerExtension; it accepts every schema.
func (*Telemetry) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation records an operation that is executed, including the interceptors
// that may still reject it.
func (t *Telemetry) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	begun := operation.Stats.Parsing.Start
	if begun.IsZero() {
		begun = time.Now()
	}
	metrics := t.names.get(nameOf(operation.Operation))
	client, version := clientOf(operation.Headers)
	t.uses.get(use{metrics.name, client, version}).Inc()
	if operation.Operation.Operation == ast.Subscription {
		return t.follow(ctx, metrics, next)
	}
	ctx, report := t.begin(ctx, metrics, begun)
	t.metrics.running.Inc()
	respond, ended := next(ctx), false
	return func(ctx context.Context) (response *graphql.Response) {
		if !ended {
			ended = true
			defer func() { // even after a panic
				t.metrics.running.Dec()
				report.metrics.duration.Observe(report.end(ctx, response).Seconds())
			}()
		}
		return respond(ctx)
	}
}

// InterceptResponse records what InterceptOperation does not: operations that were rejected
// before, and each event of a subscription.
func (t *Telemetry) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	switch {
	case reportOf(ctx) != nil:
		return next(ctx)
	case ctx.Value(subscriptionKey{}) != nil:
		return t.deliver(ctx, next)
	}
	response := next(ctx)
	for _, code := range codesOf(response) {
		t.metrics.refused.WithLabelValues(code).Inc()
	}
	return response
}
