package graph

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"chancery/access"
	"chancery/feed"
	"chancery/graph/internal/budget"
	"chancery/graph/internal/capacity"
	"chancery/graph/internal/limits"
	"chancery/graph/internal/transport"
	"chancery/telemetry"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Options configure the handler; a zero field means its documented default.
type Options struct {
	// Logger receives each internal error once, with its cause, and a line for each
	// write. Default: slog.Default().
	Logger *slog.Logger
	// Now is the clock that defines today. Default: time.Now.
	Now func() time.Time
	// QueryCache is how many parsed and validated documents are kept, if they are not
	// long. Default: 1,000.
	QueryCache int
	// Limits bound documents that are not trusted, and the cost of each operation.
	Limits Limits
	// Budget limits what each client may spend. Default: no limit.
	Budget Budget
	// Capacity limits what the server runs and buffers at once.
	Capacity Capacity
	// ReportCost adds the estimated and the actual cost, and the client's remaining
	// budget, to extensions.cost of each response. Default: false.
	ReportCost bool
	// TrustedDocuments are documents that clients may request by id; see ReadManifests.
	// Default: none.
	TrustedDocuments *TrustedDocuments
	// TrustedOnly rejects all other documents. Default: they run, within the limits.
	TrustedOnly bool
	// PersistedQueries is how many automatic persisted queries are kept: documents that
	// a client sent once with their SHA-256. Default: 1,000.
	PersistedQueries int
	// OperationTimeout is how long a query or mutation may take before it is stopped
	// with the code TIMEOUT. Default: 30 s.
	OperationTimeout time.Duration
	// MaxBatch is how many operations one HTTP request may hold; they share one
	// OperationTimeout. Default: 10.
	MaxBatch int
	// DisableIntrospection rejects __schema and __type, and removes suggestions for
	// misspelt names from errors. Default: introspection is allowed.
	DisableIntrospection bool
	// Authenticate verifies tokens that do not come in an HTTP header, as in a
	// WebSocket's connection_init. Default: such tokens are ignored.
	Authenticate access.Authenticator
	// Telemetry records metrics, traces and slow operations. Default: none.
	Telemetry *telemetry.Telemetry
	// Streams configure subscriptions and their transports.
	Streams StreamOptions
}

// Limits bound the size of one document and the cost of one operation.
type Limits = limits.Limits

// Budget configures how many cost units each client may spend, as a burst and a refill.
type Budget = budget.Options

// Capacity configures how much the server runs and buffers at once; what exceeds it is
// rejected as OVERLOADED.
type Capacity = capacity.Options

// StreamOptions configure WebSockets, server-sent events and multipart responses.
type StreamOptions = transport.StreamOptions

func (o Options) withDefaults() Options {
	o.Logger = cmp.Or(o.Logger, slog.Default())
	if o.Now == nil {
		o.Now = time.Now
	}
	o.QueryCache = cmp.Or(o.QueryCache, 1_000)
	o.PersistedQueries = cmp.Or(o.PersistedQueries, 1_000)
	o.OperationTimeout = cmp.Or(o.OperationTimeout, 30*time.Second)
	o.Limits = o.Limits.WithDefaults()
	if o.Capacity.ClientShare == 0 && o.Budget.Burst > 0 {
		o.Capacity.ClientShare = 10 // clients are distinguished, so none may use all capacity
	}
	return o
}

func (o Options) feed() feed.Options { return feed.Options{MaxLag: o.Streams.MaxLag} }

// transport returns the options of all transports; isCached reports whether a document
// was parsed and validated before.
func (o Options) transport(schema *ast.Schema, c *capacity.Capacity, isCached func(context.Context, *graphql.RawParams) bool) transport.Options {
	return transport.Options{
		StreamOptions: o.Streams, Authenticate: o.Authenticate, Logger: o.Logger, MaxBatch: o.MaxBatch,
		OnDropped: o.Telemetry.CountDropped, ClientKey: budget.ClientKey, Schema: schema, Capacity: c, IsCached: isCached,
	}.WithDefaults()
}
