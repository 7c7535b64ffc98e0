package transport_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chancery/graph/internal/capacity"
	"chancery/graph/internal/stock"
	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
)

// TestUncachedDocumentsWaitForCapacity rejects them when parsing capacity is exhausted,
// visibly to extensions; cached documents do not wait.
func TestUncachedDocumentsWaitForCapacity(t *testing.T) {
	room := capacity.New(capacity.Options{QueueTimeout: time.Millisecond})
	for { // until all parsing capacity is in use
		if _, err := room.Parsing.Acquire(t.Context(), "", 1); err != nil {
			break
		}
	}
	known := func(_ context.Context, params *graphql.RawParams) bool {
		return strings.Contains(params.Query, "known")
	}
	server := handler.New(stock.NewSchema(&stock.Graph{}))
	server.AddTransport(transport.NewHTTP(transport.Options{Capacity: room, IsCached: known}.WithDefaults()))
	var seen *graphql.Response
	server.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		response := next(ctx)
		if response != nil { // nil after the last
			seen = response
		}
		return response
	})
	for query, status := range map[string]int{"{ known: __typename }": http.StatusOK, "{ fresh: __typename }": http.StatusServiceUnavailable} {
		seen = nil
		request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(`{"query": "`+query+`"}`))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, request)
		if answer.Code != status || seen == nil || (len(seen.Errors) > 0) != (status != http.StatusOK) {
			t.Errorf("%s: status %d, extensions saw %+v: %s", query, answer.Code, seen, answer.Body)
		}
		if after := answer.Header().Get("Retry-After"); (after == "1") != (status != http.StatusOK) {
			t.Errorf("%s: Retry-After %q", query, after)
		}
	}
}
