package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"chancery/telemetry"
)

// metricsOptions are the flags for metrics and the slow log.
type metricsOptions struct {
	MetricsListen string        `placeholder:"HOST:PORT" help:"Address for /metrics (Prometheus) and the probes, without TLS or tokens; use one that only operators can reach (default: none)."`
	Slow          time.Duration `default:"1s" placeholder:"DURATION" help:"Log operations that take longer, with the SHA-256 of their document; 0 logs none (default: ${default})."`
}

// monitoring is what the flags and the environment ask to be recorded of a server.
type monitoring struct {
	telemetry *telemetry.Telemetry
	listener  net.Listener // for metrics; nil without --metrics-listen
	endTraces func(context.Context) error
}

// start listens for metrics, and sends traces where the environment says.
func (o metricsOptions) start(ctx context.Context, version string, log *slog.Logger) (*monitoring, error) {
	tracing, endTraces, err := telemetry.TracingFromEnv(ctx, version, log)
	if err != nil {
		return nil, err
	}
	slow := o.Slow
	if slow == 0 {
		slow = -1
	}
	m := &monitoring{endTraces: endTraces, telemetry: telemetry.New(telemetry.Options{Logger: log, Slow: slow, Tracing: tracing, Version: version})}
	if o.MetricsListen == "" {
		return m, nil
	}
	m.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", o.MetricsListen)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w; choose another address with --metrics-listen", err), endTraces(ctx))
	}
	log.Info("metrics", "address", webAddress("http", m.listener.Addr())+"metrics")
	return m, nil
}

// flush sends the traces that have not been sent. If the collector does not take
// them, the log says so; the server has not failed.
func (m *monitoring) flush() {
	const timeout = 2 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	_ = m.endTraces(ctx)
}

// abort releases what start acquired, for a server that does not start.
func (m *monitoring) abort() error {
	m.flush()
	if m.listener == nil {
		return nil
	}
	return m.listener.Close()
}
