package telemetry

import (
	"context"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// subscriptionKey is the context key of a subscription's metrics.
type subscriptionKey struct{}

// Reasons for which subscriptions end.
const (
	endCompleted = "completed" // there are no more events
	endFailed    = "failed"    // its last event was an error
	endLagging   = "lagging"   // it fell too far behind, and the client must subscribe again
	endGone      = "gone"      // the client has left, or the server stops
)

// codeResume is the code of the error that ends a lagging subscription.
const codeResume = "RESUME"

// follow records a subscription from start to end.
func (t *Telemetry) follow(ctx context.Context, metrics operationMetrics, next graphql.OperationHandler) graphql.ResponseHandler {
	t.metrics.subscribers.Inc()
	reason := endCompleted
	end := sync.OnceFunc(func() { t.metrics.subscribers.Dec() })
	stop := context.AfterFunc(ctx, end) // if the transport panics
	respond := next(context.WithValue(ctx, subscriptionKey{}, metrics))
	return func(ctx context.Context) *graphql.Response {
		response := respond(ctx)
		switch {
		case response != nil:
			reason = reasonOf(response)
			return response
		case ctx.Err() != nil:
			reason = endGone
		}
		stop()
		end()
		t.metrics.ended.WithLabelValues(reason).Inc()
		return nil
	}
}

// reasonOf returns why a subscription ends if a response is its last.
func reasonOf(response *graphql.Response) string {
	for _, code := range codesIn(response.Errors) {
		switch {
		case code == codeResume:
			return endLagging
		case response.Data == nil:
			return endFailed
		}
	}
	return endCompleted
}

// deliver records one event of a subscription, once its transaction was read.
func (t *Telemetry) deliver(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	ctx, report := t.begin(ctx, ctx.Value(subscriptionKey{}).(operationMetrics), time.Now())
	response := next(ctx)
	if response != nil {
		t.metrics.delivery.Observe(report.end(ctx, response).Seconds())
	}
	return response
}

// CountDropped counts a stream that was closed because the client read too slowly.
func (t *Telemetry) CountDropped() {
	if t != nil {
		t.metrics.dropped.Inc()
	}
}
