package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
)

// TestRefusalsAreWordsOfGraphQL: whoever turns a request away on its way to the graph
// does so as the graph would, in what the client accepts.
func TestRefusalsAreWordsOfGraphQL(t *testing.T) {
	shut, atShut := newTestSite(t, io.Discard)
	shut.gate.shut()
	private, atPrivate := newTestSiteFor(t, &access.Door{}, slog.New(slog.DiscardHandler), siteOptions{})
	private.gate.open(whoAsks)
	for name, test := range map[string]struct {
		url, body string
		header    []string
		status    int
		code      string
	}{
		"too large":       {atPrivate, strings.Repeat(" ", maxBody+1), nil, http.StatusRequestEntityTooLarge, "BAD_REQUEST"},
		"of another site": {atPrivate, "{}", []string{"Origin", "https://elsewhere.example"}, http.StatusForbidden, "FORBIDDEN"},
		"of nobody":       {atPrivate, "{}", nil, http.StatusUnauthorized, "UNAUTHENTICATED"},
		"too early":       {atShut, "{}", nil, http.StatusServiceUnavailable, "UNAVAILABLE"},
	} {
		t.Run(name, func(t *testing.T) {
			for accept, media := range map[string]string{
				"":                                  "application/json",
				"application/json":                  "application/json",
				"application/graphql-response+json": "application/graphql-response+json",
				"text/event-stream":                 "application/json",
				"multipart/mixed;subscriptionSpec=1.0, application/graphql-response+json;q=0.9": "application/graphql-response+json",
			} {
				answer := answerTo(t, http.MethodPost, test.url+"/graphql", test.body, append(test.header, "Accept", accept)...)
				var told map[string][]struct {
					Message    string
					Extensions map[string]string
				}
				err := json.Unmarshal([]byte(answer.text), &told)
				if err != nil || len(told) != 1 || len(told["errors"]) != 1 || told["errors"][0].Message == "" || told["errors"][0].Extensions["code"] != test.code {
					t.Errorf("%v: %s", err, answer.text)
				}
				if got := answer.Header.Get("Content-Type"); answer.StatusCode != test.status || got != media+"; charset=utf-8" {
					t.Errorf("to who accepts %q: status %d as %s", accept, answer.StatusCode, got)
				}
				if retry := answer.Header.Get("Retry-After"); (retry != "") != (test.status == http.StatusServiceUnavailable) {
					t.Errorf("it is to be tried again after %q", retry)
				}
			}
		})
	}
}
