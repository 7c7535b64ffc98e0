package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"

	"chancery/access"
	"chancery/graph"
	"chancery/sample"
	"chancery/store"
	"chancery/store/bolt"
	"chancery/telemetry"
)

// serveCommand opens the graph and serves it until it is told to stop.
type serveCommand struct {
	dataFile
	ReadOnly bool   `help:"Open the file for reading only; it must be there."`
	NoSample bool   `help:"Leave an empty graph empty; else the sample is put into it."`
	Listen   string `group:"Where it is reached:" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen (default: ${default}); port 0 takes a free one."`

	encryption       `group:"Where it is reached:"`
	Proxied          bool    `group:"Where it is reached:" help:"Take callers' addresses from X-Forwarded-For, the last in it; for a server that only a proxy reaches. Nobody is on this machine then, so reading takes a token or --public."`
	AllowOrigin      origins `group:"Where it is reached:" placeholder:"ORIGIN" help:"An origin whose pages may ask, beside ours, as in https://app.example.org; may be given again. With --public * lets all read."`
	authentication   `group:"Who may ask:"`
	limiting         `group:"What may be asked:"`
	trustedDocuments `group:"What may be asked:"`
	lookout          `group:"How it is watched:"`
	LogFormat        string `group:"How it is watched:" enum:"text,json" default:"text" placeholder:"FORMAT" help:"How to write the log: text or json (default: ${default})."`
	LogLevel         level  `group:"How it is watched:" default:"info" placeholder:"LEVEL" help:"What to log at least: debug, info, warn or error (default: ${default})."`
}

// Help is shown by serve --help.
func (*serveCommand) Help() string {
	return `The server answers GraphQL at /graphql (POST and GET), shows a playground at /,
and says at /healthz that it lives and at /readyz whether the graph is open. It stops
on SIGINT or SIGTERM, once the requests that are running have been answered.
The log goes to standard error. Metrics are at /metrics of an address of their own
(--metrics-listen); traces go where OTEL_EXPORTER_OTLP_ENDPOINT says.

Whoever is on this machine may read what is not restricted. To write, to see all, and
to ask from other machines takes a token: one of ours (chancery token create NAME) or of
an OpenID Connect provider, in the header "Authorization: Bearer TOKEN". Each write
leaves a line in the log.

Documents of --trusted are validated at the start and run by their ids; to change them,
start the server again.

Examples:

    chancery
    chancery serve --data=facts.db --listen=:9000 --read-only --public
    chancery serve --private --oidc-issuer=https://login.example.org/realms/ours \
      --oidc-audience=chancery --oidc-role-claim=realm_access.roles
    chancery serve --trusted=persisted-documents.json --trusted-only
    CHANCERY_LOG_FORMAT=json chancery serve`
}

// Validate is called when the command line has been read.
func (c *serveCommand) Validate() error {
	return errors.Join(c.trustedDocuments.check(), c.limiting.check())
}

// Run listens before it opens the file, so that an address in use leaves the
// file alone and probes have something to ask.
func (c *serveCommand) Run(ctx context.Context) error {
	log := c.logger()
	options := graph.Options{Logger: log}
	c.Private = c.Private || c.Proxied && !c.Public // a proxy brings anybody to this machine, under any Host
	if err := c.AllowOrigin.check(c.Public); err != nil {
		return err
	}
	if err := c.trust(&options); err != nil {
		return err
	}
	listener, err := listening(silentTime).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("%w; choose another address with --listen", err)
	}
	site, seen, err := c.site(ctx, listener, &options)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return errors.Join(c.serve(ctx, site, options), seen.stop())
}

// site answers at the listener's address, its gate shut, and is looked at; the options
// are then those of a graph behind it.
func (c *serveCommand) site(ctx context.Context, listener net.Listener, options *graph.Options) (*site, *seen, error) {
	door, err := c.doorOf(ctx, listener, options.Logger)
	if err != nil {
		return nil, nil, err
	}
	certificate, err := c.certificate(options.Logger)
	if err != nil {
		return nil, nil, err
	}
	seen, err := c.look(ctx, options.Logger)
	if err != nil {
		return nil, nil, err
	}
	site := newSite(listener, door, options.Logger, siteOptions{pages: c.AllowOrigin, certificate: certificate, telemetry: seen.telemetry, proxied: c.Proxied})
	seen.serve(site)
	c.limit(options, listener.Addr(), c.Proxied)
	options.Authenticate, options.Telemetry = door, seen.telemetry
	options.Streams = graph.StreamOptions{Serving: site.serving, Origins: c.AllowOrigin}
	return site, seen, nil
}

// serve opens the graph and answers until the context ends.
func (c *serveCommand) serve(ctx context.Context, site *site, options graph.Options) error {
	kept, err := c.openWithSample(ctx)
	if err != nil {
		return errors.Join(err, site.stop())
	}
	site.gate.open(graph.NewHandler(kept, options))
	c.greet(site.address, site.log)
	return errors.Join(site.wait(ctx), kept.Close())
}

// doorOf is the door at the address that was asked for.
func (c *serveCommand) doorOf(ctx context.Context, listener net.Listener, log *slog.Logger) (*access.Door, error) {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, err
	}
	return c.door(ctx, c.dataFile, host, listener.Addr(), log)
}

func (c *serveCommand) openWithSample(ctx context.Context) (store.Store, error) {
	kept, err := bolt.Open(c.Data, bolt.Options{ReadOnly: c.ReadOnly})
	if err != nil || c.ReadOnly || c.NoSample {
		return kept, err
	}
	if err := loadIfEmpty(ctx, kept); err != nil {
		return nil, errors.Join(fmt.Errorf("put the sample into %s: %w", c.Data, err), kept.Close())
	}
	return kept, nil
}

func loadIfEmpty(ctx context.Context, kept store.Store) error {
	now, err := kept.Read(ctx, store.Everything(0))
	if err != nil {
		return err
	}
	revision := now.Revision()
	now.Release()
	if revision > 0 {
		return nil
	}
	_, err = sample.Load(ctx, kept)
	return err
}

func (c *serveCommand) logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.Level(c.LogLevel)}
	if c.LogFormat == "json" {
		return slog.New(telemetry.WithTraceID(slog.NewJSONHandler(os.Stderr, options)))
	}
	return slog.New(telemetry.WithTraceID(slog.NewTextHandler(os.Stderr, options)))
}

// level is how much is logged.
type level slog.Level

// UnmarshalText reads a level by its name, in capitals or not.
func (l *level) UnmarshalText(text []byte) error {
	if (*slog.Level)(l).UnmarshalText(text) != nil {
		return fmt.Errorf("%q is no level; want debug, info, warn or error", text)
	}
	return nil
}
