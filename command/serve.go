package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph"
	"chancery/sample"
	"chancery/server"
	"chancery/store"
)

// serveCommand opens the graph and serves it until it is stopped.
type serveCommand struct {
	dataFlag
	ReadOnly bool   `help:"Open the file for reading only; it must exist. Use it to export while the server runs."`
	NoSample bool   `help:"Do not load the sample data into an empty graph."`
	Listen   string `group:"Network:" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on (default: ${default}); port 0 chooses a free one."`

	tlsOptions            `group:"Network:"`
	Proxied               bool           `group:"Network:" help:"Take the client's address from the last entry of X-Forwarded-For; use it if only a reverse proxy can reach the server. Requests no longer count as local, so reading needs a token or --public."`
	AllowOrigin           server.Origins `group:"Network:" placeholder:"ORIGIN" help:"Origin whose pages may send requests (CORS), beside the server's own, such as https://app.example.org; may be repeated. With --public, * allows all to read (default: none)."`
	authenticationOptions `group:"Authentication:"`
	limitOptions          `group:"Limits:"`
	memoryOptions         `group:"Limits:"`
	documentOptions       `group:"Limits:"`
	metricsOptions        `group:"Monitoring:"`
	logOptions            `group:"Monitoring:"`
}

// Help is shown by serve --help.
func (*serveCommand) Help() string {
	return `The server answers GraphQL at /graphql (POST and GET), shows a playground at /, and
has the probes /healthz (the process is alive) and /readyz (the graph is open). On
SIGINT or SIGTERM it finishes running requests and stops. The log goes to standard
error. Metrics are served at /metrics on an address of their own (--metrics-listen);
traces are sent to OTEL_EXPORTER_OTLP_ENDPOINT.

Local requests may read what is not restricted. Writing, reading restricted records,
and requests from other machines need a token, created by chancery token create NAME or
by an OpenID Connect provider, in the header "Authorization: Bearer TOKEN". Each write
is logged.

Documents of --trusted are validated at the start and run by their ids; restart the
server to change them.

Examples:

    chancery
    chancery serve --data=facts.db --listen=:9000 --read-only --public
    chancery serve --private --oidc-issuer=https://login.example.org/realms/ours \
      --oidc-audience=chancery --oidc-role-claim=realm_access.roles
    chancery serve --trusted=persisted-documents.json --trusted-only
    CHANCERY_LOG_FORMAT=json chancery serve`
}

// Validate rejects options that contradict each other.
func (c *serveCommand) Validate() error {
	return errors.Join(c.documentOptions.check(), c.limitOptions.check(), c.memoryOptions.check())
}

// Run listens before it opens the graph, so that an address in use leaves the file
// alone, and probes are answered while it opens.
func (c *serveCommand) Run(ctx context.Context, of release) error {
	log := c.logger()
	options := graph.Options{Logger: log}
	c.Private = c.Private || c.Proxied && !c.Public // behind a proxy, requests of all clients look local
	if err := c.checkOrigins(); err != nil {
		return err
	}
	if err := c.trust(&options); err != nil {
		return err
	}
	listener, err := server.Listen(ctx, c.Listen)
	if err != nil {
		return fmt.Errorf("%w; choose another address with --listen", err)
	}
	s, m, err := c.start(ctx, listener, of.version(), &options)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	err = c.serve(ctx, s, options)
	m.flush()
	return errors.Join(err, s.Close())
}

// start starts the server, without the graph, and completes the graph's options.
func (c *serveCommand) start(ctx context.Context, listener net.Listener, version string, options *graph.Options) (*server.Server, *monitoring, error) {
	authenticator, err := c.authenticatorFor(ctx, listener, options.Logger)
	if err != nil {
		return nil, nil, err
	}
	m, err := c.metricsOptions.start(ctx, version, options.Logger)
	if err != nil {
		return nil, nil, err
	}
	s, err := server.New(listener, server.Options{
		Authenticator: authenticator, Origins: c.AllowOrigin, Proxied: c.Proxied,
		CertFile: c.TLSCert, KeyFile: c.TLSKey,
		Telemetry: m.telemetry, Metrics: m.listener, Logger: options.Logger,
	})
	if err != nil {
		return nil, nil, errors.Join(err, m.abort())
	}
	c.limit(options, listener.Addr(), c.Proxied)
	options.Authenticate, options.Telemetry, options.Streams = authenticator, m.telemetry, s.Streams()
	return s, m, nil
}

// serve opens the graph and answers until the context ends.
func (c *serveCommand) serve(ctx context.Context, s *server.Server, options graph.Options) error {
	opened, err := c.openWithSample(ctx)
	if err != nil {
		return errors.Join(err, s.Shutdown())
	}
	if err := warnOfClock(ctx, opened, options.Logger); err != nil {
		return errors.Join(err, opened.Close())
	}
	c.limitMemory(&options, options.Logger) // which logs a line, but not before the reason for not starting
	s.Ready(server.Graph{Handler: graph.NewHandler(opened, options), Probe: readable(opened), Copy: copyOf(opened, options.Logger)})
	c.printBanner(s.Addr(), options.Logger)
	return errors.Join(s.Wait(ctx), opened.Close())
}

// readable returns a probe that reads the last transaction.
func readable(graph store.Store) func(context.Context) error {
	return func(ctx context.Context) error {
		now, err := graph.Read(ctx, store.View{})
		if err != nil {
			return err
		}
		defer now.Release()
		_, err = now.Transactions(ctx, []diplomacy.TxNumber{now.Revision()})
		return err
	}
}

// copyOf returns a function that copies the graph for the principal of a request.
func copyOf(graph store.Store, log *slog.Logger) func(context.Context, io.Writer) (uint64, error) {
	return func(ctx context.Context, to io.Writer) (uint64, error) {
		last, err := access.GuardWithLog(graph, access.PrincipalFrom(ctx), log).(store.Copier).Copy(ctx, to)
		return uint64(last), err
	}
}

// errNotPublic: otherwise a page could read on behalf of its visitor what only the
// visitor may.
var errNotPublic = errors.New("--allow-origin=* lets the pages of all origins read, which needs --public; otherwise name the origins")

// checkOrigins rejects reading by the pages of all origins where clients need tokens.
func (c *serveCommand) checkOrigins() error {
	if slices.Contains(c.AllowOrigin, server.AnyOrigin) && !c.Public {
		return errNotPublic
	}
	return nil
}

// authenticatorFor authenticates requests to the address that was asked for.
func (c *serveCommand) authenticatorFor(ctx context.Context, listener net.Listener, log *slog.Logger) (access.Authenticator, error) {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, err
	}
	return c.authenticator(ctx, c.Data, host, listener.Addr(), log)
}

func (c *serveCommand) openWithSample(ctx context.Context) (store.Store, error) {
	opened, err := c.Data.open(c.ReadOnly)
	if err != nil || c.ReadOnly || c.NoSample {
		return opened, err
	}
	if err := loadSampleIfEmpty(ctx, opened); err != nil {
		return nil, errors.Join(fmt.Errorf("load the sample into %s: %w", c.Data, err), opened.Close())
	}
	return opened, nil
}

func loadSampleIfEmpty(ctx context.Context, into store.Store) error {
	now, err := into.Read(ctx, store.Everything(0))
	if err != nil {
		return err
	}
	revision := now.Revision()
	now.Release()
	if revision > 0 {
		return nil
	}
	_, err = sample.Load(ctx, into)
	return err
}
