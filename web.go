package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/telemetry"
	"chancery/web"
)

// Bounds on what one client may take up.
const (
	maxBody     = 8 << 20 // bytes; twice the longest text that a source may keep
	maxHeader   = 64 << 10
	headerTime  = 10 * time.Second
	writeTime   = 60 * time.Second
	idleTime    = 2 * time.Minute
	readTime    = 30 * time.Second // for a request to arrive
	silentTime  = 30 * time.Second // in which a client that is sent something must say that it has come
	finishTime  = 10 * time.Second // for running requests when the server stops
	abandonTime = 2 * time.Second  // for requests that were told to give up
)

// graphPath is where the graph answers.
const graphPath = "/graphql"

// site is the HTTP server. It answers from the start; the graph is behind a
// gate, so that whoever watches can tell "not yet" from "dead".
type site struct {
	siteOptions

	gate    gate
	log     *slog.Logger
	address net.Addr
	server  *http.Server
	failed  chan error         // one element, when serving ends
	cancel  context.CancelFunc // ends the requests that still run
	// serving is the context of streams, which would not finish by themselves;
	// endStreams ends it.
	serving    context.Context
	endStreams context.CancelFunc
}

// siteOptions are what a site may do without.
type siteOptions struct {
	pages       origins              // whose pages may ask, beside ours
	certificate *certificate         // nil without TLS
	telemetry   *telemetry.Telemetry // nil where nobody watches
	proxied     bool                 // whether callers' addresses are the proxy's word
	readTime    time.Duration        // for a request to arrive; 0 for the default
}

// newSite starts serving on the listener who the door lets in; the gate is shut.
func newSite(listener net.Listener, door access.Authenticator, log *slog.Logger, options siteOptions) *site {
	base, cancel := context.WithCancel(context.Background())
	s := &site{siteOptions: options, log: log, address: listener.Addr(), failed: make(chan error, 1), cancel: cancel}
	s.serving, s.endStreams = context.WithCancel(base)
	s.server = &http.Server{
		Handler:           telemetry.Continued(s.logged(hardened(s.routes(door)))),
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: min(headerTime, cmp.Or(options.readTime, readTime)),
		ReadTimeout:       cmp.Or(options.readTime, readTime),
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
	}
	if options.proxied {
		s.server.Handler = forwarded(s.server.Handler)
	}
	go func() { s.failed <- s.serve(listener) }()
	return s
}

func (s *site) serve(listener net.Listener) error {
	if s.certificate == nil {
		return s.server.Serve(listener)
	}
	s.server.TLSConfig = s.certificate.config()
	return s.server.ServeTLS(listener, "", "")
}

func (s *site) routes(door access.Authenticator) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(graphPath, s.pages.shared(bounded(s.pages.ownPages(authenticated(door, s.log, &s.gate)))))
	mux.Handle("/", web.Handler())
	s.addProbes(mux)
	return mux
}

// addProbes says to whoever watches that the server lives, and whether it can be
// asked.
func (s *site) addProbes(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.gate.ready)
}

// wait serves until the context ends, or until serving fails.
func (s *site) wait(ctx context.Context) error {
	select {
	case err := <-s.failed:
		return err
	case <-ctx.Done():
		return s.stop()
	}
}

// stop ends streams, lets running requests finish, and after finishTime tells them
// to give up. When it returns nil, none is left.
func (s *site) stop() error {
	s.gate.shut()
	s.endStreams()
	err := s.drain(finishTime)
	s.cancel()
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.drain(abandonTime)
	}
	if err != nil {
		return fmt.Errorf("some requests did not end in time: %w", errors.Join(err, s.server.Close()))
	}
	return nil
}

func (s *site) drain(most time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	return errors.Join(s.server.Shutdown(ctx), s.gate.wait(ctx))
}

// gate lets requests through to the graph while it is open, and answers 503 to
// them before and after.
type gate struct {
	graph   atomic.Pointer[http.Handler]
	running atomic.Int64 // requests that are through, sockets among them
}

func (g *gate) open(to http.Handler) { g.graph.Store(&to) }
func (g *gate) shut()                { g.graph.Store(nil) }

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.running.Add(1)
	defer g.running.Add(-1)
	if through := g.graph.Load(); through != nil {
		(*through).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Retry-After", "1")
	graph.Refuse(w, r, http.StatusServiceUnavailable, "UNAVAILABLE", notOpen)
}

const notOpen = "the graph is not open; try again in a moment"

// wait waits for the sockets too, of which the server knows nothing any more.
func (g *gate) wait(ctx context.Context) error {
	const glance = 10 * time.Millisecond // as the server itself waits
	for g.running.Load() > 0 {
		select {
		case <-time.After(glance):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// ready says whether the gate is open.
func (g *gate) ready(w http.ResponseWriter, _ *http.Request) {
	if g.graph.Load() == nil {
		w.Header().Set("Retry-After", "1")
		http.Error(w, notOpen, http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}
