package telemetry

import (
	"context"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// followingKey is of the metrics of a subscription in its context.
type followingKey struct{}

// Reasons for which subscriptions end.
const (
	endCompleted = "completed" // nothing more will come
	endFailed    = "failed"    // its last answer was an error
	endLagging   = "lagging"   // it fell too far behind, and is to be made again
	endGone      = "gone"      // the client has gone, or the server stops
)

// codeResume is that of the error which ends a subscription that lags.
const codeResume = "RESUME"

// follow watches a subscription from its beginning to its end.
func (t *Telemetry) follow(ctx context.Context, metrics operationMetrics, next graphql.OperationHandler) graphql.ResponseHandler {
	t.metrics.subscribers.Inc()
	reason := endCompleted
	end := sync.OnceFunc(func() { t.metrics.subscribers.Dec() })
	stop := context.AfterFunc(ctx, end) // should whoever answers it panic
	respond := next(context.WithValue(ctx, followingKey{}, metrics))
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

// reasonOf is why a subscription ends, should an answer be its last.
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

// deliver watches one answer of a subscription, from when its transaction is there.
func (t *Telemetry) deliver(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	ctx, report := t.begin(ctx, ctx.Value(followingKey{}).(operationMetrics), time.Now())
	response := next(ctx)
	if response != nil {
		t.metrics.delivery.Observe(report.end(ctx, response).Seconds())
	}
	return response
}

// Dropped counts a stream that was broken off since its client took no answer in
// time.
func (t *Telemetry) Dropped() {
	if t != nil {
		t.metrics.dropped.Inc()
	}
}
