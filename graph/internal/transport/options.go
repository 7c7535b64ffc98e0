// Package transport carries operations: those that answer once over HTTP, as the
// draft GraphQL over HTTP has it; those that answer more than once over WebSocket,
// as the protocol graphql-transport-ws has it, as server-sent events, as graphql-sse
// has it in its mode of distinct connections, and as parts, as Apollo's protocol for
// subscriptions has it. Those three take queries and mutations too.
//
// What a client may take up is bounded: by the size of a message, by the number of
// operations on a socket, and by the time a message may wait to be taken. A client
// that went away is noticed by pings, and leaves nothing behind.
package transport

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"chancery/access"
	"chancery/graph/internal/capacity"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Options of the transports; the zero value is the documented default.
type Options struct {
	// Serving ends all streams when it ends. Default: they go on.
	Serving context.Context
	// Origins are those of pages, beside ours, that may open a socket; * stands for
	// all. Default: none.
	Origins []string
	// Authenticate knows whose token a socket gives when it begins, and whose that
	// of a stream still is. Default: tokens are not looked at.
	Authenticate access.Authenticator
	// Logger receives panics. Default: slog.Default().
	Logger *slog.Logger
	// KeepAlive is how often a sign of life is sent, and how often it is looked at
	// who may still be answered. Default: 15 s.
	KeepAlive time.Duration
	// WriteTime is how long a client may take to take a message or to answer a
	// ping. Default: 20 s.
	WriteTime time.Duration
	// InitTime is how long a socket may take to begin. Default: 10 s.
	InitTime time.Duration
	// MaxMessage is the largest message a socket may send, in bytes. Default:
	// 1 MiB.
	MaxMessage int64
	// MaxOperations is how many operations may run on one socket. Default: 100.
	MaxOperations int
	// MaxBatch is how many operations one HTTP request may hold. Default: 10.
	MaxBatch int
	// Dropped is told of each stream that is broken off since its client took no
	// answer in time. Default: nobody is told.
	Dropped func()
	// Schema is that of the documents. It has to be given.
	Schema *ast.Schema
	// Known reports whether the document of a request was read and validated before.
	// Default: none was.
	Known func(ctx context.Context, params *graphql.RawParams) bool
	// Client names the client of a request, who has a share of the capacity. Default:
	// all are one.
	Client func(ctx context.Context) string
	// Capacity is what there is room for, in all transports together. Default: as
	// capacity.Options have it.
	Capacity *capacity.Capacity
}

// WithDefaults fills in what is not set.
func (o Options) WithDefaults() Options {
	o.Serving = cmp.Or(o.Serving, context.Background())
	o.Logger = cmp.Or(o.Logger, slog.Default())
	if o.Dropped == nil {
		o.Dropped = func() {}
	}
	o.KeepAlive = cmp.Or(o.KeepAlive, 15*time.Second)
	o.WriteTime = cmp.Or(o.WriteTime, 20*time.Second)
	o.InitTime = cmp.Or(o.InitTime, 10*time.Second)
	o.MaxMessage = cmp.Or(o.MaxMessage, 1<<20)
	o.MaxOperations = cmp.Or(o.MaxOperations, 100)
	o.MaxBatch = cmp.Or(o.MaxBatch, 10)
	if o.Known == nil {
		o.Known = func(context.Context, *graphql.RawParams) bool { return false }
	}
	if o.Client == nil {
		o.Client = func(context.Context) string { return "" }
	}
	if o.Capacity == nil {
		o.Capacity = capacity.New(capacity.Options{})
	}
	return o
}

// ofOne are the options of one client, who is dropped once, though several of his
// operations may find so.
func (o Options) ofOne() Options {
	o.Dropped = sync.OnceFunc(o.Dropped)
	return o
}
