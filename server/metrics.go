package server

import (
	"context"
	"errors"
	"net"
	"net/http"
)

// metricsServer serves metrics and probes on a listener of their own.
type metricsServer struct {
	http   *http.Server
	failed chan error // one element, when serving ends
}

// serveMetrics starts before the graph is open and ends after it is closed, so that
// operators see the start and the shutdown too.
func (s *Server) serveMetrics(listener net.Listener) *metricsServer {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.options.Telemetry.Handler())
	s.addProbes(mux)
	m := &metricsServer{failed: make(chan error, 1), http: &http.Server{
		Handler: mux, ErrorLog: s.http.ErrorLog, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
	}}
	go func() {
		m.failed <- m.http.Serve(listener)
		close(m.failed)
	}()
	return m
}

func (m *metricsServer) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), cancelTime)
	defer cancel()
	err := m.http.Shutdown(ctx)
	if served, first := <-m.failed; first && !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
