package graph

import (
	"context"
	"net/http"

	"chancery/graph/internal/budget"
	"chancery/graph/internal/capacity"
	"chancery/graph/internal/charging"
	"chancery/graph/internal/cost"
	"chancery/graph/internal/documents"
	"chancery/graph/internal/generated"
	"chancery/graph/internal/introspection"
	"chancery/graph/internal/limits"
	"chancery/graph/internal/transport"
	"chancery/graph/internal/transport/streaming"
	"chancery/graph/model"
	"chancery/store"
	"chancery/telemetry"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
)

// NewHandler returns an HTTP handler that answers GraphQL operations from a store, with
// the rights of the principal in the request's context: over HTTP, also in batches; over
// WebSocket (graphql-transport-ws), as server-sent events or as Apollo's multipart
// subscription protocol, as the request's headers ask. It does not limit the size of
// requests; wrap it with http.MaxBytesHandler.
func NewHandler(s store.Store, options Options) http.Handler {
	options = options.withDefaults()
	s = options.Telemetry.Instrument(s)
	schema := newSchema()
	server := handler.New(schema)
	cache := options.TrustedDocuments.Cache(documents.NewCache(options.QueryCache))
	server.SetQueryCache(telemetry.InstrumentCache(options.Telemetry, cache))
	persisted := documents.New(options.TrustedDocuments, options.TrustedOnly, options.PersistedQueries)
	slots := capacity.New(options.Capacity)
	addTransports(server, options.transport(schema.Schema(), slots, func(ctx context.Context, params *graphql.RawParams) bool {
		text := persisted.Text(params)
		_, cached := cache.Get(ctx, text)
		return cached || text == "" // without a text there is nothing to validate
	}))

	// What is added first sees a request first, and its response last.
	if options.Telemetry != nil {
		server.Use(options.Telemetry) // sees what the others reject
	}
	server.Use(persisted) // replaces an id by its text, which the limits need
	budgets := budget.New(options.Budget, options.Now)
	server.Use(limits.Documents{Limits: options.Limits, Cache: cache, Budgets: budgets})
	if options.DisableIntrospection {
		introspection.Disable(server)
	} else {
		introspection.Enable(server)
	}
	charger := &charging.Charger{
		Estimator: cost.NewEstimator(schema.Schema(), options.QueryCache, model.MaxPage),
		MaxCost:   int64(options.Limits.Cost), MaxMemory: options.Limits.Memory, MaxRepresentations: int64(options.Limits.Representations),
		Budgets: budgets, Capacity: slots, Report: options.ReportCost,
	}
	server.AroundOperations(charger.Charge)                           // no snapshot is open in the queue
	server.AroundOperations(limits.Timeout(options.OperationTimeout)) // the charger sees timeouts
	addResolvers(server, s, options, schema.Schema())
	return server
}

// addTransports adds all transports; the last takes the requests that the others do not
// support.
func addTransports(server *handler.Server, options transport.Options) {
	server.AddTransport(streaming.WebSocket{Options: options})
	server.AddTransport(streaming.SSE{Options: options})
	server.AddTransport(streaming.Multipart{Options: options})
	options.StreamFor = func(r *http.Request) transport.Stream { return streaming.For(r, options) }
	server.AddTransport(transport.NewHTTP(options))
}

// WriteError rejects a request that does not reach the handler in the way the handler
// would: with a GraphQL error that has a code, in the media type that the client accepts.
// Headers that belong to the status must be set before.
func WriteError(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	transport.WriteError(w, r, status, code, message)
}

func newSchema() graphql.ExecutableSchema {
	return generated.NewExecutableSchema(generated.Config{
		Schema:     generated.Shown(),
		Resolvers:  &resolver{},
		Directives: generated.DirectiveRoot{AsOf: asOf},
	})
}
