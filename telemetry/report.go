package telemetry

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"go.opentelemetry.io/otel/codes"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

// Report records a running operation, or one event of a subscription.
type Report struct {
	// Cost is the cost of the operation in cost units; zero if unknown. It is set on
	// the goroutine of the operation.
	Cost float64

	telemetry *Telemetry
	operation *graphql.OperationContext
	metrics   operationMetrics
	begun     time.Time
	calls     atomic.Int64 // of the store
	span      trace.Span   // nil without tracing
}

type reportKey struct{}

// ReportFrom returns the report on the operation of a context, or, outside of an operation
// and without a Telemetry, one that is discarded.
func ReportFrom(ctx context.Context) *Report {
	if r := reportOf(ctx); r != nil {
		return r
	}
	return new(Report)
}

func reportOf(ctx context.Context) *Report {
	r, _ := ctx.Value(reportKey{}).(*Report)
	return r
}

// begin starts a report on the operation of a context, which began at a time.
func (t *Telemetry) begin(ctx context.Context, metrics operationMetrics, since time.Time) (context.Context, *Report) {
	operation := graphql.GetOperationContext(ctx)
	r := &Report{telemetry: t, operation: operation, metrics: metrics, begun: since}
	if t.tracer != nil {
		ctx, r.span = t.tracer.Start(ctx, string(operation.Operation.Operation), trace.WithTimestamp(since), trace.WithSpanKind(trace.SpanKindServer))
		r.describe()
	}
	return context.WithValue(ctx, reportKey{}, r), r
}

// describe adds the operation to the span.
func (r *Report) describe() {
	if !r.span.IsRecording() {
		return
	}
	r.span.SetAttributes(semconv.GraphQLOperationTypeKey.String(string(r.operation.Operation.Operation)), documentKey.String(documentHash(r.operation)))
	if name := r.operation.Operation.Name; name != "" {
		r.span.SetAttributes(semconv.GraphQLOperationName(name))
	}
	if name, version := clientOf(r.operation.Headers); name != unknown {
		r.span.SetAttributes(clientKey.String(name), clientVersionKey.String(version))
	}
}

// end completes the report with the response, which is nil if the client has left.
func (r *Report) end(ctx context.Context, response *graphql.Response) time.Duration {
	took := time.Since(r.begun)
	all := codesOf(response)
	for _, code := range all {
		r.telemetry.metrics.errors.WithLabelValues(r.metrics.name, code).Inc()
	}
	if r.Cost > 0 {
		r.telemetry.metrics.costs.WithLabelValues(r.metrics.name).Observe(r.Cost)
	}
	r.logIfSlow(ctx, took)
	if r.span != nil {
		r.endSpan(all)
	}
	return took
}

func (r *Report) endSpan(all []string) {
	if len(all) > 0 {
		r.span.SetAttributes(semconv.ErrorTypeKey.String(all[0]))
		r.span.SetStatus(codes.Error, "")
	}
	if r.Cost > 0 {
		r.span.SetAttributes(costKey.Float64(r.Cost))
	}
	r.span.SetAttributes(callsKey.Int64(r.calls.Load()))
	r.span.End()
}
