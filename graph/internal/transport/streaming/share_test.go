package streaming_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
)

// withClientAddress sets the address of a request's client from its header From.
func withClientAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := access.Caller{Remote: r.Header.Get("From") + ":1000"}
		next.ServeHTTP(w, r.WithContext(access.WithPrincipal(access.WithCaller(r.Context(), from), access.Anonymous)))
	})
}

// TestStreamsAreSharedAmongClients opens streams up to the share of a client, and
// another after closing one.
func TestStreamsAreSharedAmongClients(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Streams: 6, ClientShare: 3}}, withClientAddress)
	const follow = `subscription { transactions { number } }`
	open := func(from string, want int) graphtest.Stream {
		t.Helper()
		answer := b.Events(http.MethodPost, follow, "From", from)
		if answer.StatusCode != want {
			t.Errorf("a stream of %s: status %d, want %d", from, answer.StatusCode, want)
		}
		return answer
	}
	open("192.0.2.1", http.StatusOK)
	last := open("192.0.2.1", http.StatusOK)
	if got := graphtest.ReadAll(t, open("192.0.2.1", http.StatusServiceUnavailable).Body); !strings.Contains(got, "too many requests open") {
		t.Errorf("rejection of the third stream: %s", got)
	}
	open("192.0.2.2", http.StatusOK)
	last.Body.Close()
	graphtest.Eventually(t, "another stream is accepted", func() bool {
		return b.Events(http.MethodPost, follow, "From", "192.0.2.1").StatusCode == http.StatusOK
	})
}

// TestBufferedBytesAreSharedAmongClients has one client send bodies slowly.
func TestBufferedBytesAreSharedAmongClients(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{BufferedBytes: 40_000, ClientShare: 4}}, withClientAddress)
	post := func(from string, body io.Reader) int {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.URL, body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("From", from)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Error(err)
			return 0
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	body := `{"query": "` + cheap + strings.Repeat(" ", 6_000) + `"}`
	rest, pen := io.Pipe()
	slow := make(chan int)
	go func() { slow <- post("192.0.2.1", rest) }()
	if _, err := io.WriteString(pen, body[:6_000]); err != nil {
		t.Fatal(err)
	}
	graphtest.Eventually(t, "the share of the first client is used up", func() bool { return post("192.0.2.1", strings.NewReader(body)) == http.StatusServiceUnavailable })
	if status := post("192.0.2.2", strings.NewReader(body)); status != http.StatusOK {
		t.Errorf("another client: status %d", status)
	}
	if _, err := io.WriteString(pen, body[6_000:]); err != nil {
		t.Fatal(err)
	}
	pen.Close()
	if status := <-slow; status != http.StatusOK {
		t.Errorf("the slow request: status %d", status)
	}
	if status := post("192.0.2.1", strings.NewReader(body)); status != http.StatusOK {
		t.Errorf("the same client afterwards: status %d", status)
	}
}

// TestClientShareDefaultsToATenthWithBudgets: without budgets one client may use all
// capacity.
func TestClientShareDefaultsToATenthWithBudgets(t *testing.T) {
	for _, c := range []struct {
		budget int64
		want   int
	}{{0, http.StatusOK}, {1_000, http.StatusServiceUnavailable}} {
		b := serve(t, graph.Options{Budget: graph.Budget{Burst: c.budget}, Capacity: graph.Capacity{Streams: 10}}, withClientAddress)
		b.Events(http.MethodPost, `subscription { transactions { number } }`, "From", "192.0.2.1")
		if answer := b.Events(http.MethodPost, cheap, "From", "192.0.2.1"); answer.StatusCode != c.want {
			t.Errorf("with a budget of %d a second stream of ten: status %d", c.budget, answer.StatusCode)
		}
	}
}

// TestOversizedEventEndsTheStreamForResume: an event that exceeds the buffer ends the
// subscription, and a client that resumes after the last event loses none.
func TestOversizedEventEndsTheStreamForResume(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{BufferedBytes: 2_000}})
	const follow = `subscription { transactions(after: 1) { number changes(first: 100) { nodes { __typename a: __typename b: __typename c: __typename } } } }`
	const refusal = `{"message":"the response has 3831 bytes; the limit is 2000: split the request","extensions":{"code":"LIMIT"}}`
	b.CommitTopics(1)
	b.CommitTopicsAtOnce(60)
	b.CommitTopics(1)

	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + follow + `"}}`)
	if got, err := c.Receive(); err != nil || !strings.Contains(got, `"number":2`) {
		t.Errorf("over a socket, first: %s, %v", got, err)
	}
	c.Expect(`{"type": "error", "id": "1", "payload": [` + refusal + `]}`)
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 2) { number } }"}}`)
	if got, err := c.Receive(); err != nil || !strings.Contains(got, `"number":3`) {
		t.Errorf("over a socket, again: %s, %v", got, err)
	}
	c.CloseNow()

	got := graphtest.ReadAll(t, b.Events(http.MethodPost, follow).Body)
	if !strings.Contains(got, "id: 2\n") || strings.Contains(got, "id: 3\n") || !strings.HasSuffix(got, "event: next\ndata: {\"errors\":["+refusal+"]}\n\n"+completeEvent) {
		t.Errorf("as server-sent events: %s", got)
	}
}
