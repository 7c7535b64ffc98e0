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

// Report is what becomes known of an operation while it runs; of a subscription, for
// each answer.
type Report struct {
	// Cost is what the operation is reckoned to cost; zero if nobody does. Whoever
	// does sets it, from the goroutine that the operation runs on.
	Cost float64

	telemetry *Telemetry
	operation *graphql.OperationContext
	metrics   operationMetrics
	begun     time.Time
	calls     atomic.Int64 // of the store
	span      trace.Span   // nil where there are none
}

type reportKey struct{}

// ReportOf is that of the operation of a context; outside of one, and where nobody
// watches, it is one that nobody reads.
func ReportOf(ctx context.Context) *Report {
	if r := reportOf(ctx); r != nil {
		return r
	}
	return new(Report)
}

func reportOf(ctx context.Context) *Report {
	r, _ := ctx.Value(reportKey{}).(*Report)
	return r
}

// begin begins a report on the operation of a context, which is being answered since
// a time.
func (t *Telemetry) begin(ctx context.Context, metrics operationMetrics, since time.Time) (context.Context, *Report) {
	operation := graphql.GetOperationContext(ctx)
	r := &Report{telemetry: t, operation: operation, metrics: metrics, begun: since}
	if t.tracer != nil {
		ctx, r.span = t.tracer.Start(ctx, string(operation.Operation.Operation), trace.WithTimestamp(since), trace.WithSpanKind(trace.SpanKindServer))
		r.describe()
	}
	return context.WithValue(ctx, reportKey{}, r), r
}

// describe says on the span which operation it is.
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

// end closes the report with the answer; nil is that of who has gone.
func (r *Report) end(ctx context.Context, response *graphql.Response) time.Duration {
	took := time.Since(r.begun)
	all := codesOf(response)
	for _, code := range all {
		r.telemetry.metrics.errors.WithLabelValues(r.metrics.name, code).Inc()
	}
	if r.Cost > 0 {
		r.telemetry.metrics.costs.WithLabelValues(r.metrics.name).Observe(r.Cost)
	}
	r.tellIfSlow(ctx, took)
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
