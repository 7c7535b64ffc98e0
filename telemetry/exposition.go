package telemetry

import (
	"log/slog"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Handler returns the handler of /metrics for Prometheus. Restrict access to it: the
// metrics include names of operations and clients.
func (t *Telemetry) Handler() http.Handler {
	return promhttp.HandlerFor(t.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(t.options.Logger.Handler(), slog.LevelError),
	})
}

// CountResponse counts a response of /graphql by its HTTP status; 101 for a WebSocket, when
// it is closed.
func (t *Telemetry) CountResponse(status int) {
	if t != nil {
		t.metrics.responses.WithLabelValues(strconv.Itoa(status)).Inc()
	}
}
