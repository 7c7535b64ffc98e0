package graph

import (
	"context"
	"time"

	"chancery/feed"
	"chancery/graph/internal/capacity"
	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// StreamOptions are for what answers more than once; the zero value is the
// documented default.
type StreamOptions struct {
	// Serving ends all streams when it ends. Default: they go on.
	Serving context.Context
	// Origins are those of pages, beside ours, that may open a socket, as in
	// https://app.example.org; * stands for all. Default: none.
	Origins []string
	// MaxLag is by how many transactions a subscriber that had reached the present
	// may fall behind it before he is told to subscribe again. Default: 1,000.
	MaxLag int
	// KeepAlive is how often a sign of life is sent, and how often it is looked at
	// who may still be answered. Default: 15 s.
	KeepAlive time.Duration
	// WriteTime is how long a client may take to take a message or to answer a
	// ping before it is taken for gone. Default: 20 s.
	WriteTime time.Duration
	// InitTime is how long a socket may take to begin. Default: 10 s.
	InitTime time.Duration
	// MaxMessage is the largest message a socket may send, in bytes. Default:
	// 1 MiB.
	MaxMessage int64
	// MaxOperations is how many operations may run on one socket. Default: 100.
	MaxOperations int
}

func (o Options) feed() feed.Options { return feed.Options{MaxLag: o.Streams.MaxLag} }

// transport are the options of all transports. What is known are documents that were
// parsed and validated before.
func (o Options) transport(schema *ast.Schema, room *capacity.Capacity, known func(context.Context, *graphql.RawParams) bool) transport.Options {
	s := o.Streams
	return transport.Options{
		Serving: s.Serving, Origins: s.Origins, Authenticate: o.Authenticate, Logger: o.Logger,
		KeepAlive: s.KeepAlive, WriteTime: s.WriteTime, InitTime: s.InitTime,
		MaxMessage: s.MaxMessage, MaxOperations: s.MaxOperations, MaxBatch: o.MaxBatch, Dropped: o.Telemetry.Dropped,
		Client: clientOf, Schema: schema, Capacity: room, Known: known,
	}.WithDefaults()
}
