package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
)

// FuzzHTTP sends any request as an administrator. The response must be JSON or a stream,
// within seconds and without an internal error.
func FuzzHTTP(f *testing.F) {
	f.Add("POST", "", "application/json", "application/json", []byte(graphtest.TypenameRequest))
	f.Add("POST", "", "application/json;charset=utf-8", "*/*;q=0.1", []byte("["+graphtest.TypenameRequest+"]"))
	f.Add("GET", "query="+url.QueryEscape("{ events { nodes { id } } }"), "", "application/graphql-response+json", []byte{})
	f.Add("GET", "query=mutation{__typename}&variables={}", "", "text/event-stream", []byte{})
	f.Add("HEAD", "query=%", "", "text/html", []byte{})
	f.Add("POST", "", "application/json", "", []byte(`{"query": "query($a: [ID!]!) { nodes(ids: $a) { id ...F } } fragment F on Person { name }", "variables": {"a": ["person_068yvn2g0000", 1e9]}}`))
	f.Add("POST", "", "application/json", "", []byte(`{"query": "mutation { commit(input: {changes: []}) { userErrors { message } } }"}`))
	f.Add("GET", "documentId=sha256:"+hash("{ __typename }")+"&query={ __typename }", "", "", []byte{})
	f.Add("POST", "", "application/json", "", []byte(asked("{ __typename }", true)))
	f.Add("POST", "", "application/json", `multipart/mixed;boundary="graphql";subscriptionSpec=1.0`, []byte(`{"query": "subscription { transactions(after: 0) { number } }"}`))
	log := &bytes.Buffer{}
	kept := graphtest.Serve(f, graph.Options{}).Store
	handler := graphtest.As(access.Principal{Role: access.Admin})(graph.NewHandler(kept, graph.Options{Logger: slog.New(slog.NewTextHandler(log, nil))}))
	f.Fuzz(func(t *testing.T, method, query, media, accept string, body []byte) {
		log.Reset()
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond) // subscriptions go on
		defer cancel()
		request := (&http.Request{
			Method: method, URL: &url.URL{Path: "/graphql", RawQuery: query}, Body: io.NopCloser(bytes.NewReader(body)),
			Header: http.Header{"Content-Type": {media}, "Accept": {accept}},
		}).WithContext(ctx)
		answer, begun := httptest.NewRecorder(), time.Now()
		handler.ServeHTTP(answer, request)
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("the request took %v", took)
		}
		if answer.Code >= http.StatusInternalServerError || strings.Contains(log.String(), "level=ERROR") {
			t.Errorf("status %d: %s\n%s", answer.Code, answer.Body, log)
		}
		kind := answer.Header().Get("Content-Type")
		if text := answer.Body.Bytes(); strings.Contains(kind, "json") && !json.Valid(text) {
			t.Errorf("invalid JSON: %s", text)
		}
	})
}
