package graphtest

import (
	"bytes"
	"log/slog"
	"math"
	"net/http"
	"os"

	"chancery/access"
	"chancery/graph"
	"chancery/store"
)

// Principals of tests.
var (
	Reader  = access.Principal{Name: "reader", Role: access.Reader}
	Editor  = access.Principal{Name: "editor", Role: access.Editor}
	Curator = access.Principal{Name: "a.curator", Role: access.Editor}
)

// Warnings logs warnings and errors, but not each write.
var Warnings = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))

// Unlimited has no limits, for documents that ask for everything there is.
var Unlimited = graph.Limits{
	Bytes: math.MaxInt, Tokens: math.MaxInt - 1, Depth: math.MaxInt, Fields: math.MaxInt,
	RootFields: math.MaxInt, Aliases: math.MaxInt, Directives: math.MaxInt, Cost: 1 << 50, Memory: 1 << 50,
}

// NewHandler returns a handler with the tests' clock.
func NewHandler(s store.Store) http.Handler {
	return graph.NewHandler(s, graph.Options{Now: Clock, Logger: Warnings})
}

// NewUnlimitedHandler returns a handler with the tests' clock that does not limit the
// size, depth or cost of operations.
func NewUnlimitedHandler(s store.Store) http.Handler {
	return graph.NewHandler(s, graph.Options{Now: Clock, Logger: Warnings, Limits: Unlimited})
}

// NewLoggingHandler returns a handler that logs into a buffer.
func NewLoggingHandler(s store.Store, log *bytes.Buffer) http.Handler {
	return graph.NewHandler(s, graph.Options{Now: Clock, Logger: slog.New(slog.NewTextHandler(log, nil))})
}

// As returns a middleware that sets the principal of all requests.
func As(p access.Principal) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r.WithContext(access.WithPrincipal(r.Context(), p)))
		})
	}
}
