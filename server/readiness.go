package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"chancery/graph"
)

// gate passes requests on to the graph while it is open, and answers 503 before and
// after.
type gate struct {
	graph   atomic.Pointer[Graph]
	running atomic.Int64 // requests that were passed on, WebSockets included
}

// Graph is what a Server serves.
type Graph struct {
	http.Handler // of operations
	// Probe reports with an error that the graph answers no operation. Default: it does.
	Probe func(context.Context) error
	// Copy writes a copy of the graph, for the principal of the context, and returns the
	// number of its last transaction. Default: there are no backups.
	Copy func(context.Context, io.Writer) (last uint64, err error)
}

func (g *gate) open(to Graph) { g.graph.Store(&to) }

func (g *gate) shut() { g.graph.Store(nil) }

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.running.Add(1)
	defer g.running.Add(-1)
	if open := g.graph.Load(); open != nil {
		open.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Retry-After", retrySeconds)
	graph.WriteError(w, r, http.StatusServiceUnavailable, "UNAVAILABLE", notOpen)
}

const notOpen = "the graph is not open; try again in a moment"

// drain blocks until no request is running. It is needed for WebSockets, which
// net/http no longer counts once they are hijacked.
func (g *gate) drain(ctx context.Context) error {
	const interval = 10 * time.Millisecond // as http.Server.Shutdown begins with
	for g.running.Load() > 0 {
		select {
		case <-time.After(interval):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// addProbes adds the probes: /healthz for a server that lives, /readyz for one whose
// graph is open and can be read.
func (s *Server) addProbes(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
}

func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	open := s.graph.graph.Load()
	if open == nil {
		w.Header().Set("Retry-After", retrySeconds)
		http.Error(w, notOpen, http.StatusServiceUnavailable)
		return
	}
	if open.Probe != nil {
		if err := open.Probe(r.Context()); err != nil {
			s.options.Logger.ErrorContext(r.Context(), "the graph cannot be read", "error", err)
			http.Error(w, "the graph cannot be read; see the log of the server", http.StatusServiceUnavailable)
			return
		}
	}
	fmt.Fprintln(w, "ready")
}
