package graph

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/internal/budget"
	"chancery/graph/internal/documents"
	"chancery/graph/internal/generated"
	"chancery/graph/internal/transport"
	"chancery/graph/model"
	"chancery/store"
	"chancery/telemetry"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Options of the handler; the zero value is the documented default.
type Options struct {
	// Logger receives faults of ours, each once with its cause, and a line for
	// each write. Default: slog.Default().
	Logger *slog.Logger
	// Now is the clock by which "today" is meant. Default: time.Now.
	Now func() time.Time
	// QueryCache is how many parsed and validated documents are kept, if they are not
	// long. Default: 1,000.
	QueryCache int
	// Limits are those of a document that is not trusted.
	Limits Limits
	// Budget is what each client may spend. Default: as much as they like.
	Budget Budget
	// Capacity is how much is done at once.
	Capacity Capacity
	// TellCost has each answer say in extensions.cost what was asked of the server
	// and what it spent, and what is left of the client's budget. Default: it does not.
	TellCost bool
	// Trusted are documents that clients need not send; see ReadTrusted. Default: none.
	Trusted *Trusted
	// TrustedOnly refuses all other documents. Default: they run, within the limits.
	TrustedOnly bool
	// Automatic is how many documents are kept that some client has sent with their
	// SHA-256, so that this will do. Default: 1,000.
	Automatic int
	// OperationTime is how long a query or mutation may take; one that takes longer
	// is stopped and answered with the code TIMEOUT. Default: 30 s.
	OperationTime time.Duration
	// MaxBatch is how many operations one HTTP request may hold; they share the time
	// of one. Default: 10.
	MaxBatch int
	// NoIntrospection keeps the schema to ourselves: __schema and __type are refused,
	// and errors do not guess what a misspelt name was meant for. Default: it is told
	// to whoever asks.
	NoIntrospection bool
	// Authenticate knows who a token is of, where a transport brings one that no
	// HTTP header can. Default: nobody is known.
	Authenticate access.Authenticator
	// Telemetry watches what is asked and how it goes. Default: nobody does.
	Telemetry *telemetry.Telemetry
	// Streams are options of subscriptions and their transports.
	Streams StreamOptions
}

func (o Options) withDefaults() Options {
	o.Logger = cmp.Or(o.Logger, slog.Default())
	if o.Now == nil {
		o.Now = time.Now
	}
	o.QueryCache = cmp.Or(o.QueryCache, 1_000)
	o.Automatic = cmp.Or(o.Automatic, 1_000)
	o.OperationTime = cmp.Or(o.OperationTime, 30*time.Second)
	o.Limits = o.Limits.withDefaults()
	return o
}

// NewHandler answers GraphQL from a store, to each as the principal of the request's
// context may have it: over HTTP, one by one or in batches; over WebSocket, to who
// asks for graphql-transport-ws; with server-sent events, or with the parts of Apollo's
// protocol for subscriptions, to who would rather have those.
// How large a request may be is for whoever stands before it (http.MaxBytesHandler).
func NewHandler(s store.Store, options Options) http.Handler {
	options = options.withDefaults()
	s = options.Telemetry.Watch(s)
	schema := newSchema()
	server := handler.New(schema)
	parsed := options.Trusted.Cache(newQueryCache(options.QueryCache))
	server.SetQueryCache(telemetry.Documents(options.Telemetry, parsed))
	persisted := documents.New(options.Trusted, options.TrustedOnly, options.Automatic)
	room := options.capacity()
	addTransports(server, options.transport(schema.Schema(), room, func(ctx context.Context, params *graphql.RawParams) bool {
		text := persisted.Text(params)
		_, is := parsed.Get(ctx, text)
		return is || text == "" // of which there is nothing to read
	}))

	// What is added first sees a request first, and its answer last.
	if options.Telemetry != nil {
		server.Use(options.Telemetry) // it sees what all others refuse
	}
	server.Use(persisted) // a text for the id, which is weighed
	buckets := budget.New(options.budget())
	server.Use(limiter{options.Limits, parsed, buckets})
	setIntrospection(server, !options.NoIntrospection)
	server.AroundOperations(newCashier(options, schema.Schema(), buckets, room).charge) // in the queue no snapshot is open
	server.AroundOperations(timeLimit(options.OperationTime))                           // which is told to the cashier
	server.AroundOperations(operations(s, options, newRepeats(s, schema.Schema())))
	presenter := presenter{options.Logger}
	server.AroundOperations(subscriptions(newFeeds(s, options.feed()), s, options, presenter))
	server.SetErrorPresenter(presenter.present)
	server.SetRecoverFunc(presenter.recovered)
	return server
}

// addTransports adds all, of which the last takes what the others do not.
func addTransports(server *handler.Server, options transport.Options) {
	server.AddTransport(transport.WebSocket{Options: options})
	server.AddTransport(transport.SSE{Options: options})
	server.AddTransport(transport.Multipart{Options: options})
	server.AddTransport(transport.NewHTTP(options))
}

// Refuse answers a request that is not let through to the handler as the handler
// would: with an error of GraphQL that has a code, in the media type that the client
// accepts most. Headers that belong to the status are set before.
func Refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	transport.Refuse(w, r, status, code, message)
}

func newSchema() graphql.ExecutableSchema {
	return generated.NewExecutableSchema(generated.Config{
		Schema:     generated.Shown(),
		Resolvers:  &resolver{},
		Directives: generated.DirectiveRoot{AsOf: asOf},
	})
}

// operations gives each operation the store as its principal may use it, and
// takes the snapshot back when the answer is written.
func operations(s store.Store, options Options, again repeats) graphql.OperationMiddleware {
	anybody, editors := model.NewMemo(), model.NewMemo() // as access.Guard tells views apart
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		kind := graphql.GetOperationContext(ctx).Operation.Operation
		asker := access.Of(ctx) // for all of it, though he may become another on the way
		guarded := access.GuardLogging(s, asker, options.Logger)
		ctx, operation := model.NewOperation(ctx, guarded, options.Now())
		operation.Share(anybody)
		if asker.Role >= access.Editor {
			operation.Share(editors)
		}
		respond := next(ctx)
		return func(ctx context.Context) *graphql.Response {
			defer operation.Release()
			if again.has(ctx, operation, asker) {
				return &graphql.Response{}
			}
			response := respond(model.WithOperation(ctx, operation))
			if response != nil {
				response.Errors = once(response.Errors)
				mark(response, revisionOf(operation, kind, s))
			}
			return response
		}
	}
}

// asOf is the directive: it sets the operation's times before anything is read.
func asOf(ctx context.Context, _ any, next graphql.Resolver, validAt *diplomacy.Time, knownAt *int) (any, error) {
	var at diplomacy.Time
	var known diplomacy.TxNumber
	if validAt != nil {
		at = *validAt
	}
	if knownAt != nil {
		if *knownAt < 1 {
			return nil, gqlerror.WrapIfUnwrapped(&model.UserError{Code: model.CodeBadInput, Message: "knownAt: transactions are counted from 1"})
		}
		known = diplomacy.TxNumber(*knownAt)
	}
	model.From(ctx).SetTimes(at, known)
	return next(ctx)
}
