package streaming_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
)

// parts is the Accept header of Apollo's clients.
const parts = `multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json`

// TestMultipartOfOneResponse compares every byte.
func TestMultipartOfOneResponse(t *testing.T) {
	b := serve(t, graph.Options{})
	const head = "\r\nContent-Type: application/json\r\n\r\n"
	for name, test := range map[string]struct{ method, query, payload string }{
		"a query":             {http.MethodPost, "{ __typename }", `{"data":{"__typename":"Query"}}`},
		"a query by GET":      {http.MethodGet, "{ __typename }", `{"data":{"__typename":"Query"}}`},
		"one that is invalid": {http.MethodPost, "{ nothing }", `{"errors":[{"message":"Cannot query field \"nothing\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`},
		"a mutation by GET":   {http.MethodGet, "mutation { __typename }", `{"errors":[{"message":"a mutation is sent by POST","extensions":{"code":"METHOD_NOT_ALLOWED"}}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			answer := b.Events(test.method, test.query, "Accept", parts)
			want := "\r\n--graphql" + head + `{"payload":` + test.payload + "}\r\n--graphql--\r\n"
			if got := graphtest.ReadAll(t, answer.Body); got != want || answer.StatusCode != http.StatusOK {
				t.Errorf("status %d, %q\nwant %q", answer.StatusCode, got, want)
			}
			if media := answer.Header.Get("Content-Type"); media != `multipart/mixed;boundary="graphql";subscriptionSpec="1.0"` {
				t.Errorf("Content-Type is %s", media)
			}
		})
	}
}

// reader reads a multipart response with the standard library.
type reader struct {
	*multipart.Reader
	t *testing.T
}

func (b *served) parts(t *testing.T, query string, header ...string) reader {
	t.Helper()
	answer := b.Events(http.MethodPost, query, append(header, "Accept", parts)...)
	_, parameters, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	return reader{multipart.NewReader(answer.Body, parameters["boundary"]), t}
}

func (r reader) next() (string, error) {
	p, err := r.NextPart()
	if err != nil {
		return "", err
	}
	if media := p.Header.Get("Content-Type"); media != "application/json" {
		r.t.Errorf("Content-Type of a part is %s", media)
	}
	text, err := io.ReadAll(p)
	return string(text), err
}

// expect expects a part; keep-alives are skipped.
func (r reader) expect(want string) {
	r.t.Helper()
	got, err := r.next()
	for err == nil && got == "{}" {
		got, err = r.next()
	}
	if err != nil || got != want {
		r.t.Fatalf("got %s, %v; want %s", got, err, want)
	}
}

// expectEnd expects the end of the response.
func (r reader) expectEnd() {
	r.t.Helper()
	if got, err := r.next(); !errors.Is(err, io.EOF) || got != "" {
		r.t.Fatalf("got %s, %v", got, err)
	}
}

func transactionPart(n int) string {
	return fmt.Sprintf(`{"payload":{"data":{"transactions":{"number":%[1]d}},"extensions":{"revision":%[1]d}}}`, n)
}

func TestMultipartOfASubscription(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{KeepAlive: 20 * time.Millisecond}})
	r := b.parts(t, "subscription { transactions(after: 0) { number } }")
	r.expect(transactionPart(1))
	if text, err := r.next(); err != nil || text != "{}" {
		t.Fatalf("the keep-alive is %q, %v", text, err)
	}
	b.CommitTopics(2)
	r.expect(transactionPart(2))
	r.expect(transactionPart(3))
	late := b.parts(t, "subscription { transactions(after: 9) { number } }")
	late.expect(`{"payload":{"errors":[{"message":"after: transaction 9 does not exist yet; the last is 3","path":["transactions"],"locations":[{"line":1,"column":16}],"extensions":{"code":"BAD_USER_INPUT"}}]}}`)
	late.expectEnd()
}

func TestLaggingMultipartSubscriberIsToldWhereToResume(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{MaxLag: 10, WriteTimeout: 10 * time.Second}})
	const query = "subscription { transactions(after: %d) { number changes { nodes { record { " + graphtest.EightDescriptions + " } } } } }"
	r := b.parts(t, fmt.Sprintf(query, 1))
	time.Sleep(50 * time.Millisecond) // until the subscription waits
	b.CommitLargeTopics(80)           // more than socket buffers hold
	resumed := 0
	for want := 2; want <= 81; {
		var got struct {
			Payload struct {
				Data   struct{ Transactions struct{ Number int } }
				Errors []struct {
					Extensions struct {
						Code  string
						After int
					}
				}
			}
		}
		text, err := r.next()
		if err != nil || json.Unmarshal([]byte(text), &got) != nil {
			t.Fatalf("%.100s, %v", text, err)
		}
		if errs := got.Payload.Errors; len(errs) > 0 {
			if errs[0].Extensions.Code != "RESUME" || errs[0].Extensions.After != want-1 {
				t.Fatalf("%s; the last event was %d", text, want-1)
			}
			r.expectEnd()
			resumed++
			r = b.parts(t, fmt.Sprintf(query, want-1))
			continue
		}
		if got.Payload.Data.Transactions.Number != want {
			t.Fatalf("want %d: %.100s", want, text)
		}
		want++
	}
	if resumed == 0 {
		t.Error("the slow reader never fell behind")
	}
}

func TestRevokedTokenEndsMultipart(t *testing.T) {
	g := serveAuthenticated(t, graph.Budget{})
	r := g.parts(t, followNumbers, "Authorization", "Bearer "+g.secret)
	g.CommitTopics(1)
	r.expect(transactionPart(2))
	if _, err := g.tokens.Revoke("Edil"); err != nil {
		t.Fatal(err)
	}
	text, err := r.next()
	for err == nil && text == "{}" {
		text, err = r.next()
	}
	if err != nil || !strings.HasPrefix(text, `{"payload":null,"errors":[{"message":"not authenticated: the token was revoked at `) || !strings.HasSuffix(text, `"extensions":{"code":"UNAUTHENTICATED"}}]}`) {
		t.Errorf("got %s, %v", text, err)
	}
	r.expectEnd()
}

func TestShutdownLeavesMultipartIncomplete(t *testing.T) {
	serving, stop := context.WithCancel(t.Context())
	b := serve(t, graph.Options{Streams: graph.StreamOptions{ServerContext: serving}})
	answer := b.Events(http.MethodPost, "subscription { transactions(after: 0) { number } }", "Accept", parts)
	time.AfterFunc(50*time.Millisecond, stop)
	if got := graphtest.ReadAll(t, answer.Body); !strings.HasSuffix(got, transactionPart(1)+"\r\n--graphql") {
		t.Errorf("the stream was %q; it must not be complete, so that the client reconnects", got)
	}
}

// TestMultipartIsNegotiated: clients that prefer JSON, or name another multipart
// protocol, get JSON.
func TestMultipartIsNegotiated(t *testing.T) {
	b := serve(t, graph.Options{})
	for accept, media := range map[string]string{
		"multipart/mixed;subscriptionSpec=1.0":                                                           "multipart/mixed",
		"multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json":                         "multipart/mixed",
		`Multipart/Mixed; boundary="graphql"; SubscriptionSpec="1.0", application/json;q=0.9`:            "multipart/mixed",
		"multipart/mixed;subscriptionSpec=1.0;q=0.9, text/event-stream;q=0.8":                            "multipart/mixed",
		"text/event-stream, multipart/mixed;subscriptionSpec=1.0":                                        "text/event-stream",
		"application/json, multipart/mixed;subscriptionSpec=1.0":                                         "application/json",
		"multipart/mixed;subscriptionSpec=1.0;q=0.5, application/json":                                   "application/json",
		"multipart/mixed;subscriptionSpec=1.0;q=0, application/json;q=0.1":                               "application/json",
		"multipart/mixed;subscriptionSpec=2.0, application/json":                                         "application/json",
		"multipart/mixed;deferSpec=20220824, application/json":                                           "application/json",
		"application/graphql-response+json, application/json, multipart/mixed":                           "application/graphql-response+json",
		"application/graphql-response+json, application/json, text/event-stream, multipart/mixed, */*":   "application/graphql-response+json",
		"multipart/mixed, application/graphql-response+json;q=0.9, application/json;q=0.8, */*;q=0.1":    "application/graphql-response+json",
		"multipart/mixed;subscriptionSpec=1.0;charset=utf-16, application/json;q=0.5, text/plain;q=0.99": "application/json",
	} {
		answer := b.Events(http.MethodPost, "{ __typename }", "Accept", accept)
		if got, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")); got != media || answer.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d as %s, want %s", accept, answer.StatusCode, got, media)
		}
	}
	if answer := b.Events(http.MethodPost, "{ __typename }", "Accept", "multipart/mixed"); answer.StatusCode != http.StatusNotAcceptable {
		t.Errorf("multipart without a protocol: status %d", answer.StatusCode)
	}
}
