package telemetry

import (
	"context"
	"log/slog"
	"time"

	"chancery/access"
)

// tellIfSlow writes the line of an operation that took long. By the document's hash
// whoever has the clients finds out what was asked; the log holds nothing of it.
func (r *Report) tellIfSlow(ctx context.Context, took time.Duration) {
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
		slog.String("principal", access.Of(ctx).Name),
		slog.Duration("duration", took),
		slog.Int64("storeCalls", r.calls.Load()),
		slog.Float64("cost", r.Cost))
}
