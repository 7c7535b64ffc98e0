package telemetry

import (
	"context"
	"log/slog"
	"time"

	"chancery/access"
)

// logIfSlow logs an operation that took long. The hash identifies its document to those who
// have the clients' sources; the log does not contain it.
func (r *Report) logIfSlow(ctx context.Context, took time.Duration) {
	t := r.telemetry
	if t.options.Slow < 0 || took < t.options.Slow {
		return
	}
	t.metrics.slow.Inc()
	client, version := clientOf(r.operation.Headers)
	t.options.Logger.LogAttrs(ctx, slog.LevelWarn, "slow operation",
		slog.String("operation", nameOf(r.operation.Operation).operation),
		slog.String("type", string(r.operation.Operation.Operation)),
		slog.String("document", documentHash(r.operation)),
		slog.String("client", client),
		slog.String("clientVersion", version),
		slog.String("principal", access.PrincipalFrom(ctx).Name),
		slog.Duration("duration", took),
		slog.Int64("storeCalls", r.calls.Load()),
		slog.Float64("cost", r.Cost))
}
