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

// TestNewDocumentsWaitToBeRead, and where too many do, whoever watches answers sees that
// one was turned away; one that is known does not wait.
func TestNewDocumentsWaitToBeRead(t *testing.T) {
	room := capacity.New(capacity.Options{Wait: time.Millisecond})
	for { // until readers take all there is
		if _, err := room.Reading.Enter(t.Context(), "", 1); err != nil {
			break
		}
	}
	known := func(_ context.Context, params *graphql.RawParams) bool {
		return strings.Contains(params.Query, "known")
	}
	server := handler.New(stock.NewSchema(&stock.Graph{}))
	server.AddTransport(transport.NewHTTP(transport.Options{Capacity: room, Known: known}.WithDefaults()))
	var seen *graphql.Response
	server.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		response := next(ctx)
		if response != nil { // else that was the last
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
			t.Errorf("%s: status %d, seen %+v: %s", query, answer.Code, seen, answer.Body)
		}
		if after := answer.Header().Get("Retry-After"); (after == "1") != (status != http.StatusOK) {
			t.Errorf("%s: Retry-After %q", query, after)
		}
	}
}
