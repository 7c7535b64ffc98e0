package streaming_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
)

const completeEvent = "event: complete\ndata:\n\n"

func TestEventsOfOneResponse(t *testing.T) {
	b := serve(t, graph.Options{})
	for name, test := range map[string]struct{ method, query, data string }{
		"a query":             {http.MethodPost, "{ __typename }", `{"data":{"__typename":"Query"}}`},
		"a query by GET":      {http.MethodGet, "{ __typename }", `{"data":{"__typename":"Query"}}`},
		"one that is invalid": {http.MethodPost, "{ nothing }", `{"errors":[{"message":"Cannot query field \"nothing\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
		"none at all":         {http.MethodGet, "", `{"errors":[{"message":"no operation provided","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			answer := b.Events(test.method, test.query)
			if got, want := graphtest.ReadAll(t, answer.Body), ":\n\nevent: next\ndata: "+test.data+"\n\n"+completeEvent; got != want || answer.StatusCode != http.StatusOK {
				t.Errorf("status %d, %s\nwant %s", answer.StatusCode, got, want)
			}
			if media := answer.Header.Get("Content-Type"); media != "text/event-stream" {
				t.Errorf("Content-Type is %s", media)
			}
		})
	}
}

// TestMutationByGetIsRejected, since any page could make a browser send one.
func TestMutationByGetIsRejected(t *testing.T) {
	b := serve(t, graph.Options{}, graphtest.As(access.Principal{Role: access.Admin}))
	const revert = "mutation { revert(input: {transaction: 1}) { __typename } }"
	if got := graphtest.ReadAll(t, b.Events(http.MethodGet, revert).Body); !strings.Contains(got, "a mutation is sent by POST") {
		t.Errorf("by GET: %s", got)
	}
	if last, _ := b.Committed(); last != 1 {
		t.Fatalf("the mutation by GET was committed: %d transactions", last)
	}
	if got := graphtest.ReadAll(t, b.Events(http.MethodPost, revert).Body); strings.Contains(got, "errors") {
		t.Errorf("by POST: %s", got)
	}
	if last, _ := b.Committed(); last != 2 {
		t.Errorf("the mutation by POST was not committed: %d transactions", last)
	}
}

// TestEventsOfASubscriptionResume reads past and new events, and resumes with Last-
// Event-ID.
func TestEventsOfASubscriptionResume(t *testing.T) {
	b := serve(t, graph.Options{})
	const query = "subscription { transactions(after: 0) { number } }"
	one := "id: 1\nevent: next\ndata: {\"data\":{\"transactions\":{\"number\":1}},\"extensions\":{\"revision\":1}}\n\n"
	two := strings.ReplaceAll(one, "1", "2")
	answer := b.Events(http.MethodGet, query)
	expectEvents(t, answer, ":\n\n"+one)
	b.CommitTopics(1)
	expectEvents(t, answer, two)
	expectEvents(t, b.Events(http.MethodGet, query, "Last-Event-ID", "1"), ":\n\n"+two)
	refused := graphtest.ReadAll(t, b.Events(http.MethodGet, query, "Last-Event-ID", "9").Body)
	if !strings.Contains(refused, "BAD_USER_INPUT") || !strings.HasSuffix(refused, completeEvent) {
		t.Errorf("resuming in the future: %s", refused)
	}
}

func expectEvents(t *testing.T, answer graphtest.Stream, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(answer.Body, got); err != nil || string(got) != want {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
}

// TestStreamsOutliveServerDeadlines has server deadlines that are shorter than the
// stream.
func TestStreamsOutliveServerDeadlines(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{KeepAlive: 30 * time.Millisecond}})
	server := httptest.NewUnstartedServer(graph.NewHandler(b.Store, graph.Options{Streams: graph.StreamOptions{KeepAlive: 30 * time.Millisecond}}))
	server.Config.ReadTimeout, server.Config.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	server.Start()
	defer server.Close()
	b.URL = server.URL
	answer := b.Events(http.MethodPost, "subscription { transactions { number } }")
	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions { number } }"}}`)
	expectEvents(t, answer, strings.Repeat(":\n\n", 8))
	b.CommitTopics(1)
	scanner := bufio.NewScanner(answer.Body)
	for scanner.Scan() && !strings.HasPrefix(scanner.Text(), "data:") {
	}
	if got := scanner.Text(); !strings.Contains(got, `"number":2`) {
		t.Errorf("got %q, %v", got, scanner.Err())
	}
	c.Expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 2}}}}`)
	c.CloseNow()
	answer.Body.Close()
}

func TestShutdownLeavesEventsIncomplete(t *testing.T) {
	serving, stop := context.WithCancel(t.Context())
	b := serve(t, graph.Options{Streams: graph.StreamOptions{ServerContext: serving}})
	answer := b.Events(http.MethodPost, "subscription { transactions { number } }")
	time.AfterFunc(20*time.Millisecond, stop)
	if got := graphtest.ReadAll(t, answer.Body); got != ":\n\n" {
		t.Errorf("the stream was %q; it must not be complete, so that the client reconnects", got)
	}
}

func TestStreamRequestsWithoutAnOperationAreRejected(t *testing.T) {
	b := serve(t, graph.Options{})
	for name, test := range map[string]struct {
		method, query string
		header        []string
		status        int
	}{
		"a form":          {http.MethodPost, "", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415},
		"no JSON":         {http.MethodPost, `"`, nil, 400},
		"a body too much": {http.MethodPost, `"} {"query": "`, nil, 400},
		"another method":  {http.MethodPut, "{ __typename }", nil, 405},
	} {
		t.Run(name, func(t *testing.T) {
			for _, accept := range []string{"text/event-stream", parts} {
				answer := b.Events(test.method, test.query, append(test.header, "Accept", accept)...)
				text := graphtest.ReadAll(t, answer.Body)
				if answer.StatusCode != test.status || answer.Header.Get("Content-Type") != graphtest.PlainJSON || !strings.HasPrefix(text, `{"errors":[{"message":"`) || strings.Contains(text, `"data"`) {
					t.Errorf("status %d, want %d, as %s: %s", answer.StatusCode, test.status, answer.Header.Get("Content-Type"), text)
				}
			}
		})
	}
}

// TestEventStreamIsNegotiated: clients that accept anything name events among others,
// and get JSON.
func TestEventStreamIsNegotiated(t *testing.T) {
	b := serve(t, graph.Options{})
	for accept, events := range map[string]bool{
		"text/event-stream":                        true,
		"text/event-stream, multipart/mixed":       true,
		"application/json;q=0.5,text/event-stream": true,
		"application/graphql-response+json, application/json, text/event-stream, multipart/mixed": false,
		"text/event-stream;q=0.1, */*": false,
		"*/*":                          false,
		"text/event-stream;q=0":        false,
	} {
		answer := b.Events(http.MethodPost, "{ __typename }", "Accept", accept)
		if got := answer.Header.Get("Content-Type") == "text/event-stream"; got != events {
			t.Errorf("%s: answered as %s", accept, answer.Header.Get("Content-Type"))
		}
	}
	const subscription = "subscription { transactions(after: 0) { number } }"
	for accept, media := range map[string]string{
		"application/json, text/event-stream":                                         "text/event-stream",
		"application/graphql-response+json, text/event-stream;q=0.5, multipart/mixed": "text/event-stream",
		"application/json, multipart/mixed;subscriptionSpec=1.0, text/event-stream":   `multipart/mixed;boundary="graphql";subscriptionSpec="1.0"`,
		"application/json, multipart/mixed":                                           "application/json; charset=utf-8",
		"application/json, text/event-stream;q=0":                                     "application/json; charset=utf-8",
	} {
		answer := b.Events(http.MethodPost, subscription, "Accept", accept)
		if got := answer.Header.Get("Content-Type"); got != media {
			t.Errorf("%s: a subscription is answered as %s, want %s", accept, got, media)
		}
		if got := make([]byte, 300); strings.Contains(media, "stream") {
			n, _ := io.ReadAtLeast(answer.Body, got, len(":\n\nid: 1\nevent: next\ndata: {}"))
			if !strings.Contains(string(got[:n]), `{"data":{"transactions":{"number":1}}`) {
				t.Errorf("%s: the stream begins with %q", accept, got[:n])
			}
		}
		answer.Body.Close()
	}
	plain := b.Events(http.MethodPost, "subscription { transactions(after: 0) { number } }", "Accept", "application/json")
	if got := graphtest.ReadAll(t, plain.Body); !strings.Contains(got, "BAD_USER_INPUT") || strings.Contains(got, "number") {
		t.Errorf("a subscription in JSON: %s", got)
	}
}
