// Package server serves the graph over HTTP: the graph itself at /graphql, copies of it
// at /backup, the playground at /, the probes /healthz and /readyz, and on a listener of
// their own the metrics.
//
// It bounds what a request may take up, authenticates it, keeps pages of other
// origins out, and drains requests when it stops. It knows no storage engine: the
// handler of the graph is given to Server.Ready.
package server

import (
	"cmp"
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/telemetry"
	"chancery/web"
)

// Path is where the graph answers.
const Path = "/graphql"

// Bounds on what one client may take up.
const (
	maxBody      = 8 << 20 // bytes; twice the longest text that a source may keep
	maxHeader    = 64 << 10
	headerTime   = 10 * time.Second
	writeTime    = 60 * time.Second
	idleTime     = 2 * time.Minute
	readTime     = 30 * time.Second // for a whole request to arrive
	unackedTime  = 30 * time.Second // for a client to acknowledge what it was sent
	drainTime    = 10 * time.Second // for running requests when the server stops
	cancelTime   = 2 * time.Second  // for requests that were cancelled after drainTime
	retrySeconds = "1"              // for clients that come before the graph is open
)

// Options configure a Server. The zero value rejects every request to the graph,
// serves HTTP without TLS, and answers no pages of other origins.
type Options struct {
	// Authenticator authenticates requests to the graph. Default: none is accepted.
	Authenticator access.Authenticator
	// Origins are the origins, beside the server's own, whose pages may send
	// requests. Default: none.
	Origins Origins
	// CertFile and KeyFile name the PEM files of the TLS certificate with its
	// chain and of its private key; they are reloaded when they change. Default:
	// HTTP without TLS.
	CertFile, KeyFile string
	// Proxied takes the address of a client from the last entry of
	// X-Forwarded-For. Default: the address of the connection.
	Proxied bool
	// Telemetry counts the requests to the graph. Default: they are not counted.
	Telemetry *telemetry.Telemetry
	// Metrics is the listener on which Telemetry's metrics and the probes are
	// served, without TLS or tokens, until Close. Default: nowhere.
	Metrics net.Listener
	// ReadTimeout is how long a request may take to arrive. Default: 30 seconds.
	ReadTimeout time.Duration
	// Logger gets a line for each request. Default: slog.Default.
	Logger *slog.Logger
}

// Server is a running HTTP server. It answers from the start, but requests to the
// graph get 503 until Ready.
type Server struct {
	options     Options
	address     net.Addr
	certificate *certificate // nil without TLS
	graph       gate
	http        *http.Server
	metrics     *metricsServer // nil without Options.Metrics
	failed      chan error     // one element, when serving ends
	cancel      context.CancelFunc
	streams     context.Context
	endStreams  context.CancelFunc
}

// New starts a server on a listener, which it closes when it stops. It fails if the
// TLS certificate cannot be loaded, and then closes nothing.
func New(listener net.Listener, options Options) (*Server, error) {
	options.Logger = cmp.Or(options.Logger, slog.Default())
	if options.Authenticator == nil {
		options.Authenticator = new(access.TokenAuthenticator)
	}
	certificate, err := loadCertificate(options.CertFile, options.KeyFile, options.Logger)
	if err != nil {
		return nil, err
	}
	base, cancel := context.WithCancel(context.Background())
	s := &Server{options: options, address: listener.Addr(), certificate: certificate, failed: make(chan error, 1), cancel: cancel}
	s.streams, s.endStreams = context.WithCancel(base)
	s.http = s.newHTTPServer(base)
	if options.Metrics != nil {
		s.metrics = s.serveMetrics(options.Metrics)
	}
	go func() { s.failed <- s.serve(listener) }()
	return s, nil
}

func (s *Server) newHTTPServer(base context.Context) *http.Server {
	handler := telemetry.ContinueTrace(s.logRequests(setSecurityHeaders(s.routes())))
	if s.options.Proxied {
		handler = trustForwardedFor(handler)
	}
	readTimeout := cmp.Or(s.options.ReadTimeout, readTime)
	return &http.Server{
		Handler:           handler,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          slog.NewLogLogger(s.options.Logger.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: min(headerTime, readTimeout),
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
	}
}

func (s *Server) serve(listener net.Listener) error {
	if s.certificate == nil {
		return s.http.Serve(listener)
	}
	s.http.TLSConfig = s.certificate.config()
	return s.http.ServeTLS(listener, "", "")
}

func (s *Server) routes() http.Handler {
	origins := s.options.Origins
	mux := http.NewServeMux()
	mux.Handle(Path, origins.allowCORS(limitBody(origins.rejectForeign(authenticate(s.options.Authenticator, s.options.Logger, &s.graph)))))
	mux.Handle("GET "+BackupPath, origins.rejectForeign(authenticate(s.options.Authenticator, s.options.Logger, &backups{gate: &s.graph, log: s.options.Logger})))
	mux.Handle("/", web.Handler())
	s.addProbes(mux)
	return mux
}

// Ready passes requests on to the graph, and has /readyz answer 200 while its probe succeeds.
func (s *Server) Ready(graph Graph) { s.graph.open(graph) }

// Addr returns the address that the server listens on.
func (s *Server) Addr() net.Addr { return s.address }

// Streams returns the options of a graph's streams that is served here: they end
// when the server stops, and are open to the pages that Options.Origins names.
func (s *Server) Streams() graph.StreamOptions {
	return graph.StreamOptions{ServerContext: s.streams, Origins: s.options.Origins}
}
