package telemetry

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/codes"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

// call is a method of the store's contract.
type call int

const (
	callRead call = iota
	callRecords
	callFind
	callSame
	callLinks
	callCountLinks
	callList
	callCountList
	callVersions
	callTransactions
	callChanges
	callReceipt
	callWrite
	callCount
)

var callNames = [callCount]string{
	"read", "records", "find", "same", "links", "count_links", "list", "count_list",
	"versions", "transactions", "changes", "receipt", "write",
}

// callMetrics are the metrics of one method.
type callMetrics struct {
	duration prometheus.Observer
	errors   prometheus.Counter
}

func (m *metrics) forCalls() *[callCount]callMetrics {
	all := new([callCount]callMetrics)
	for c, name := range callNames {
		all[c] = callMetrics{m.callDurations.WithLabelValues(name), m.callErrors.WithLabelValues(name)}
	}
	return all
}

// runningCall is a call of the store that has not returned.
type runningCall struct {
	metrics *callMetrics
	begun   time.Time
	span    trace.Span // nil outside of traced operations
}

// call starts recording a call with a number of arguments, for the operation of the context
// if it has one.
func (t *Telemetry) call(ctx context.Context, c call, arguments int) runningCall {
	running := runningCall{metrics: &t.calls[c], begun: time.Now()}
	if r := reportOf(ctx); r != nil {
		r.calls.Add(1)
		if r.span != nil && r.span.IsRecording() {
			_, running.span = t.tracer.Start(ctx, "store "+callNames[c], trace.WithTimestamp(running.begun), trace.WithAttributes(
				semconv.DBSystemNameKey.String("chancery"), semconv.DBOperationName(callNames[c]), semconv.DBOperationBatchSize(arguments)))
		}
	}
	return running
}

// end records the number of results and whether the call failed. The text of the error may
// be private and is not recorded.
func (c runningCall) end(results int, err error) {
	c.metrics.duration.Observe(time.Since(c.begun).Seconds())
	if err != nil {
		c.metrics.errors.Inc()
	}
	if c.span == nil {
		return
	}
	c.span.SetAttributes(semconv.DBResponseReturnedRows(results))
	if err != nil {
		c.span.SetStatus(codes.Error, "")
	}
	c.span.End()
}
