package telemetry

import (
	"log/slog"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Handler answers what Prometheus asks. It is not for everybody: names of operations
// and clients, and how much is written, are in it.
func (t *Telemetry) Handler() http.Handler {
	return promhttp.HandlerFor(t.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(t.options.Logger.Handler(), slog.LevelError),
	})
}

// Answered counts a request for /graphql by the status of its answer; a WebSocket's
// is 101, when it has ended.
func (t *Telemetry) Answered(status int) {
	if t != nil {
		t.metrics.responses.WithLabelValues(strconv.Itoa(status)).Inc()
	}
}
