package transport_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
)

// stream is an answer whose body is closed when the test ends.
type stream struct{ *http.Response }

// events asks for an event stream.
func (b *served) events(method, query string, header ...string) stream {
	b.t.Helper()
	address, body := b.url, ""
	if method == http.MethodGet {
		address += "?query=" + url.QueryEscape(query)
	} else {
		body = `{"query": "` + query + `"}`
		header = append([]string{"Content-Type", "application/json"}, header...)
	}
	request, err := http.NewRequestWithContext(b.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { answer.Body.Close() })
	return stream{answer}
}

// read gives all of a body.
func read(t testing.TB, body io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const done = "event: complete\ndata:\n\n"

func TestEventsOfASingleAnswer(t *testing.T) {
	b := serve(t, graph.Options{})
	for name, test := range map[string]struct{ method, query, data string }{
		"a query":             {http.MethodPost, "{ __typename }", `{"data":{"__typename":"Query"}}`},
		"a query by GET":      {http.MethodGet, "{ __typename }", `{"data":{"__typename":"Query"}}`},
		"one that is invalid": {http.MethodPost, "{ nothing }", `{"errors":[{"message":"Cannot query field \"nothing\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
		"none at all":         {http.MethodGet, "", `{"errors":[{"message":"no operation provided","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			answer := b.events(test.method, test.query)
			if got, want := read(t, answer.Body), ":\n\nevent: next\ndata: "+test.data+"\n\n"+done; got != want || answer.StatusCode != http.StatusOK {
				t.Errorf("status %d, %s\nwant %s", answer.StatusCode, got, want)
			}
			if media := answer.Header.Get("Content-Type"); media != "text/event-stream" {
				t.Errorf("it is %s", media)
			}
		})
	}
}

// TestAMutationIsNotSentByGet: any page could have a browser send that.
func TestAMutationIsNotSentByGet(t *testing.T) {
	b := serve(t, graph.Options{}, by(access.Principal{Role: access.Admin}))
	const revert = "mutation { revert(input: {transaction: 1}) { __typename } }"
	if got := read(t, b.events(http.MethodGet, revert).Body); !strings.Contains(got, "a mutation is sent by POST") {
		t.Errorf("by GET: %s", got)
	}
	if last, _ := b.Committed(); last != 1 {
		t.Fatalf("it was done: %d transactions", last)
	}
	if got := read(t, b.events(http.MethodPost, revert).Body); strings.Contains(got, "errors") {
		t.Errorf("by POST: %s", got)
	}
	if last, _ := b.Committed(); last != 2 {
		t.Errorf("it was not done: %d transactions", last)
	}
}

// TestEventsOfAFeed reads what is there, then what comes, then comes back.
func TestEventsOfAFeed(t *testing.T) {
	b := serve(t, graph.Options{})
	const query = "subscription { transactions(after: 0) { number } }"
	one := "id: 1\nevent: next\ndata: {\"data\":{\"transactions\":{\"number\":1}},\"extensions\":{\"revision\":1}}\n\n"
	two := strings.ReplaceAll(one, "1", "2")
	answer := b.events(http.MethodGet, query)
	expectEvents(t, answer, ":\n\n"+one)
	b.put(1)
	expectEvents(t, answer, two)
	expectEvents(t, b.events(http.MethodGet, query, "Last-Event-ID", "1"), ":\n\n"+two)
	refused := read(t, b.events(http.MethodGet, query, "Last-Event-ID", "9").Body)
	if !strings.Contains(refused, "BAD_USER_INPUT") || !strings.HasSuffix(refused, done) {
		t.Errorf("behind the present: %s", refused)
	}
}

func expectEvents(t *testing.T, answer stream, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(answer.Body, got); err != nil || string(got) != want {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
}

// TestStreamsOutliveTheServersDeadlines gives the server less time than the stream
// takes.
func TestStreamsOutliveTheServersDeadlines(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{KeepAlive: 30 * time.Millisecond}})
	server := httptest.NewUnstartedServer(graph.NewHandler(b.Store, graph.Options{Streams: graph.StreamOptions{KeepAlive: 30 * time.Millisecond}}))
	server.Config.ReadTimeout, server.Config.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	server.Start()
	defer server.Close()
	b.url = server.URL
	answer := b.events(http.MethodPost, "subscription { transactions { number } }")
	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions { number } }"}}`)
	expectEvents(t, answer, strings.Repeat(":\n\n", 8))
	b.put(1)
	scanner := bufio.NewScanner(answer.Body)
	for scanner.Scan() && !strings.HasPrefix(scanner.Text(), "data:") {
	}
	if got := scanner.Text(); !strings.Contains(got, `"number":2`) {
		t.Errorf("got %q, %v", got, scanner.Err())
	}
	c.expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 2}}}}`)
	c.CloseNow()
	answer.Body.Close()
}

func TestStoppingEndsEventsWithoutCompletion(t *testing.T) {
	serving, stop := context.WithCancel(t.Context())
	b := serve(t, graph.Options{Streams: graph.StreamOptions{Serving: serving}})
	answer := b.events(http.MethodPost, "subscription { transactions { number } }")
	time.AfterFunc(20*time.Millisecond, stop)
	if got := read(t, answer.Body); got != ":\n\n" {
		t.Errorf("the stream was %q; a client that is to come back must not be told that all has been said", got)
	}
}

func TestRequestsThatHoldNoOperation(t *testing.T) {
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
				answer := b.events(test.method, test.query, append(test.header, "Accept", accept)...)
				text := read(t, answer.Body)
				if answer.StatusCode != test.status || answer.Header.Get("Content-Type") != plain || !strings.HasPrefix(text, `{"errors":[{"message":"`) || strings.Contains(text, `"data"`) {
					t.Errorf("status %d, want %d, as %s: %s", answer.StatusCode, test.status, answer.Header.Get("Content-Type"), text)
				}
			}
		})
	}
}

// TestWhoWantsEvents: clients that take anything name events among others, and are
// answered in JSON.
func TestWhoWantsEvents(t *testing.T) {
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
		answer := b.events(http.MethodPost, "{ __typename }", "Accept", accept)
		if got := answer.Header.Get("Content-Type") == "text/event-stream"; got != events {
			t.Errorf("%s: answered as %s", accept, answer.Header.Get("Content-Type"))
		}
	}
	plain := b.events(http.MethodPost, "subscription { transactions(after: 0) { number } }", "Accept", "application/json")
	if got := read(t, plain.Body); !strings.Contains(got, "BAD_USER_INPUT") || strings.Contains(got, "number") {
		t.Errorf("a subscription in JSON: %s", got)
	}
}
