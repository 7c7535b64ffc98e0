package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"chancery/telemetry"
)

// lookout is from where whoever runs the server sees how it does.
type lookout struct {
	MetricsListen string        `placeholder:"HOST:PORT" help:"Where to answer /metrics for Prometheus, and the probes, without TLS or tokens; an address that only those who watch can reach. Default: nowhere."`
	Slow          time.Duration `default:"1s" placeholder:"DURATION" help:"Log operations that take longer, by the hash of their document; 0 for none (default: ${default})."`
}

// seen is a lookout that is in use.
type seen struct {
	telemetry *telemetry.Telemetry
	endTraces func(context.Context) error
	server    *http.Server // nil where nobody may ask
	listener  net.Listener
	failed    chan error
}

// look begins to watch. What is written before the graph is open is not seen.
func (l lookout) look(ctx context.Context, log *slog.Logger) (*seen, error) {
	tracing, endTraces, err := telemetry.Tracing(ctx, version(), log)
	if err != nil {
		return nil, err
	}
	slow := l.Slow
	if slow == 0 {
		slow = -1
	}
	s := &seen{endTraces: endTraces, telemetry: telemetry.New(telemetry.Options{Logger: log, Slow: slow, Tracing: tracing, Version: version()})}
	if l.MetricsListen == "" {
		return s, nil
	}
	s.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", l.MetricsListen)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w; choose another address with --metrics-listen", err), endTraces(ctx))
	}
	log.Info("metrics", "address", webAddress("http", s.listener.Addr())+"metrics")
	return s, nil
}

// serve answers those who watch a site, for longer than the site does: how it stops
// is seen too.
func (s *seen) serve(of *site) {
	if s.listener == nil {
		return
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.telemetry.Handler())
	of.addProbes(mux)
	s.server = &http.Server{
		Handler: mux, ErrorLog: of.server.ErrorLog, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
	}
	s.failed = make(chan error, 1)
	go func() { s.failed <- s.server.Serve(s.listener) }()
}

// stop sends what is left of traces. That nobody takes them is no failure of ours:
// the log tells of it.
func (s *seen) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), abandonTime)
	defer cancel()
	_ = s.endTraces(ctx)
	if s.server == nil {
		return nil
	}
	err := s.server.Shutdown(ctx)
	if served := <-s.failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
