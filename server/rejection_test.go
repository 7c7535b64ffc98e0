package server

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

// TestRejectionsAreGraphQLResponses: middleware rejects requests as the graph does, in a
// media type that the client accepts.
func TestRejectionsAreGraphQLResponses(t *testing.T) {
	shut, atShut := newServer(t, io.Discard)
	shut.graph.shut()
	private, atPrivate := newServerWith(t, Options{Logger: slog.New(slog.DiscardHandler)})
	private.Ready(Graph{Handler: showPrincipal})
	for name, test := range map[string]struct {
		url, body string
		header    []string
		status    int
		code      string
	}{
		"too large":         {atPrivate, strings.Repeat(" ", maxBody+1), nil, http.StatusRequestEntityTooLarge, "BAD_REQUEST"},
		"of another origin": {atPrivate, "{}", []string{"Origin", "https://elsewhere.example"}, http.StatusForbidden, "FORBIDDEN"},
		"without token":     {atPrivate, "{}", nil, http.StatusUnauthorized, "UNAUTHENTICATED"},
		"before opening":    {atShut, "{}", nil, http.StatusServiceUnavailable, "UNAVAILABLE"},
	} {
		t.Run(name, func(t *testing.T) {
			for accept, media := range map[string]string{
				"":                                  "application/json",
				"application/json":                  "application/json",
				"application/graphql-response+json": "application/graphql-response+json",
				"text/event-stream":                 "application/json",
				"multipart/mixed;subscriptionSpec=1.0, application/graphql-response+json;q=0.9": "application/graphql-response+json",
			} {
				answer := do(t, http.MethodPost, test.url+"/graphql", test.body, append(test.header, "Accept", accept)...)
				var told map[string][]struct {
					Message    string
					Extensions map[string]string
				}
				err := json.Unmarshal([]byte(answer.text), &told)
				if err != nil || len(told) != 1 || len(told["errors"]) != 1 || told["errors"][0].Message == "" || told["errors"][0].Extensions["code"] != test.code {
					t.Errorf("%v: %s", err, answer.text)
				}
				if got := answer.Header.Get("Content-Type"); answer.StatusCode != test.status || got != media+"; charset=utf-8" {
					t.Errorf("with Accept %q: status %d as %s", accept, answer.StatusCode, got)
				}
				if retry := answer.Header.Get("Retry-After"); (retry != "") != (test.status == http.StatusServiceUnavailable) {
					t.Errorf("Retry-After is %q", retry)
				}
			}
		})
	}
}
