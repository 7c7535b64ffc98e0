// Package transport reads operations from HTTP requests, executes them and writes their
// responses, as the draft GraphQL over HTTP specifies. Package streaming adds transports that
// send more than one response.
package transport

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"

	"chancery/access"
	"chancery/graph/internal/capacity"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// StreamOptions configure WebSockets, server-sent events and multipart responses; a zero
// field means its documented default.
type StreamOptions struct {
	// ServerContext ends all streams when it is cancelled. Default: they go on.
	ServerContext context.Context
	// Origins are the origins of pages, beside the server's own, that may open a
	// WebSocket, as in https://app.example.org; * allows all. Default: none.
	Origins []string
	// MaxLag is how many transactions a subscriber that had caught up may fall behind
	// before its stream ends with RESUME. Default: 1,000.
	MaxLag int
	// KeepAlive is the interval of pings, at which tokens are verified again.
	// Default: 15 s.
	KeepAlive time.Duration
	// WriteTimeout is how long a client may take to receive a message or to answer a
	// ping before it is disconnected. Default: 20 s.
	WriteTimeout time.Duration
	// InitTimeout is how long a WebSocket may take to send connection_init.
	// Default: 10 s.
	InitTimeout time.Duration
	// MaxMessageBytes is the size of the largest message that a WebSocket accepts.
	// Default: 1 MiB.
	MaxMessageBytes int64
	// MaxOperations is how many operations may run on one WebSocket. Default: 100.
	MaxOperations int
}

// Stream answers an operation with a stream of responses; the request had a body of size
// bytes.
type Stream func(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, params *graphql.RawParams, size int64)

// Options configure the transports; a zero field means its documented default.
type Options struct {
	StreamOptions
	// Schema is the schema of the documents. It is required.
	Schema *ast.Schema
	// Authenticate verifies the token of a WebSocket's connection_init, and again those
	// of open streams. Default: tokens are ignored.
	Authenticate access.Authenticator
	// Logger receives panics. Default: slog.Default().
	Logger *slog.Logger
	// MaxBatch is how many operations one HTTP request may hold. Default: 10.
	MaxBatch int
	// OnDropped is called for each stream that is closed because its client did not
	// receive a message within WriteTimeout. Default: nothing is called.
	OnDropped func()
	// IsCached reports whether the document of a request was parsed and validated
	// before. Default: none was.
	IsCached func(ctx context.Context, params *graphql.RawParams) bool
	// StreamFor returns the way to stream responses that a request accepts beside others;
	// nil if it accepts none. Default: none is accepted.
	StreamFor func(*http.Request) Stream
	// ClientKey returns the key under which capacity is shared among clients. Default:
	// all are one client.
	ClientKey func(ctx context.Context) string
	// Capacity bounds what all transports together run and buffer. Default: that of
	// zero capacity.Options.
	Capacity *capacity.Capacity
}

// WithDefaults returns the options with every zero field replaced by its default.
func (o Options) WithDefaults() Options {
	o.ServerContext = cmp.Or(o.ServerContext, context.Background())
	o.Logger = cmp.Or(o.Logger, slog.Default())
	if o.OnDropped == nil {
		o.OnDropped = func() {}
	}
	o.KeepAlive = cmp.Or(o.KeepAlive, 15*time.Second)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, 20*time.Second)
	o.InitTimeout = cmp.Or(o.InitTimeout, 10*time.Second)
	o.MaxMessageBytes = cmp.Or(o.MaxMessageBytes, 1<<20)
	o.MaxOperations = cmp.Or(o.MaxOperations, 100)
	o.MaxBatch = cmp.Or(o.MaxBatch, 10)
	if o.IsCached == nil {
		o.IsCached = func(context.Context, *graphql.RawParams) bool { return false }
	}
	if o.StreamFor == nil {
		o.StreamFor = func(*http.Request) Stream { return nil }
	}
	if o.ClientKey == nil {
		o.ClientKey = func(context.Context) string { return "" }
	}
	if o.Capacity == nil {
		o.Capacity = capacity.New(capacity.Options{})
	}
	return o
}
