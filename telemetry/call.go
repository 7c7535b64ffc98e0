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

// callMetrics are those of one of them.
type callMetrics struct {
	duration prometheus.Observer
	errors   prometheus.Counter
}

func (m *metrics) ofCalls() *[callCount]callMetrics {
	all := new([callCount]callMetrics)
	for c, name := range callNames {
		all[c] = callMetrics{m.callDurations.WithLabelValues(name), m.callErrors.WithLabelValues(name)}
	}
	return all
}

// calling is a call that runs.
type calling struct {
	of    *callMetrics
	begun time.Time
	span  trace.Span // nil outside of an operation that is traced
}

// call begins one that asks for so many things. It counts for the operation of the
// context, if there is one.
func (t *Telemetry) call(ctx context.Context, c call, asked int) calling {
	running := calling{of: &t.calls[c], begun: time.Now()}
	if r := reportOf(ctx); r != nil {
		r.calls.Add(1)
		if r.span != nil && r.span.IsRecording() {
			_, running.span = t.tracer.Start(ctx, "store "+callNames[c], trace.WithTimestamp(running.begun), trace.WithAttributes(
				semconv.DBSystemNameKey.String("chancery"), semconv.DBOperationName(callNames[c]), semconv.DBOperationBatchSize(asked)))
		}
	}
	return running
}

// end ends it with so many things found. Of an error nothing is told but that there
// was one: its words may hold what was asked for.
func (c calling) end(found int, err error) {
	c.of.duration.Observe(time.Since(c.begun).Seconds())
	if err != nil {
		c.of.errors.Inc()
	}
	if c.span == nil {
		return
	}
	c.span.SetAttributes(semconv.DBResponseReturnedRows(found))
	if err != nil {
		c.span.SetStatus(codes.Error, "")
	}
	c.span.End()
}
