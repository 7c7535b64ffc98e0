package streaming_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

// blockedStore is a store whose reads block until free is closed.
type blockedStore struct {
	store.Store
	free    chan struct{}
	reading chan struct{} // receives when a read begins, if there is space
}

func (j blockedStore) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	select {
	case j.reading <- struct{}{}:
	default:
	}
	select {
	case <-j.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return j.Store.Read(ctx, view)
}

// serveBlocked serves a graph in which all capacity is used by one blocked operation; release
// lets it finish.
func serveBlocked(t *testing.T, options graph.Options) (b *served, release func()) {
	t.Helper()
	plain := serve(t, graph.Options{})
	j := blockedStore{plain.Store, make(chan struct{}), make(chan struct{}, 1)}
	b = serveStore(t, j, options)
	done := make(chan int)
	go func() { done <- b.status(cheap) }()
	<-j.reading
	return b, func() {
		close(j.free)
		if status := <-done; status != http.StatusOK {
			t.Errorf("the blocked operation: status %d", status)
		}
	}
}

func (b *served) status(query string) int {
	status, _ := b.ask(query)
	return status
}

func (b *served) ask(query string) (int, http.Header) {
	answer, err := http.Post(b.URL, "application/json", strings.NewReader(`{"query": "`+query+`"}`))
	if err != nil {
		b.T.Error(err)
		return 0, nil
	}
	answer.Body.Close()
	return answer.StatusCode, answer.Header
}

// singleOperation allows one operation and no queue.
var singleOperation = graph.Capacity{LightOperations: 1, QueueTimeout: time.Millisecond}

// TestOperationsBeyondCapacityAreRejectedOnEveryTransport rejects them while an
// operation is blocked, and accepts them afterwards.
func TestOperationsBeyondCapacityAreRejectedOnEveryTransport(t *testing.T) {
	b, release := serveBlocked(t, graph.Options{Capacity: singleOperation})
	if status, header := b.ask(cheap); status != http.StatusServiceUnavailable || header.Get("Retry-After") != "1" {
		t.Errorf("over HTTP: status %d, Retry-After %q", status, header.Get("Retry-After"))
	}
	if got := graphtest.ReadAll(t, b.Events(http.MethodPost, cheap).Body); !strings.Contains(got, `"code":"OVERLOADED"`) || !strings.HasSuffix(got, completeEvent) {
		t.Errorf("as server-sent events: %s", got)
	}
	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + cheap + `"}}`)
	if got, err := c.Receive(); err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, `"code":"OVERLOADED"`) {
		t.Errorf("over WebSocket: %s, %v", got, err)
	}
	release()
	for range 3 {
		if status := b.status(cheap); status != http.StatusOK {
			t.Errorf("with free capacity: status %d", status)
		}
	}
	c.CloseNow()
}

func TestOverloadedOperationsAreNotCharged(t *testing.T) {
	b, release := serveBlocked(t, graph.Options{Capacity: singleOperation, Budget: graph.Budget{Burst: 5, Refill: 1}}) // two cost 2 each
	for range 10 {
		if status := b.status(cheap); status != http.StatusServiceUnavailable {
			t.Errorf("status %d", status)
		}
	}
	release()
}

func TestStreamsAndSubscriptionsAreLimited(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{Streams: 2}})
	const follow = `subscription { transactions { number } }`
	c, other := b.Connect(), b.Connect()
	if answer := b.Events(http.MethodPost, follow); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "1" {
		t.Errorf("a third stream: status %d", answer.StatusCode)
	}
	other.CloseNow()
	graphtest.Eventually(t, "another stream is accepted", func() bool {
		answer := b.Events(http.MethodPost, cheap)
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	following := func(id string) bool { // false: it was rejected
		c.Send(`{"type": "subscribe", "id": "` + id + `", "payload": {"query": "` + follow + `"}}`)
		for {
			time.Sleep(10 * time.Millisecond) // until it has started
			b.CommitTopics(1)
			got, err := c.Receive()
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(got, `{"id":"`+id+`"`) {
				return strings.Contains(got, `"next"`)
			}
		}
	}
	for i, id := range []string{"1", "2", "3"} {
		if got := following(id); got != (i < 2) {
			t.Errorf("subscription %s: accepted %v", id, got)
		}
	}
	c.Send(`{"type": "complete", "id": "1"}`)
	for n := 4; !following(fmt.Sprint(n)); n++ {
		if n > 50 {
			t.Fatal("no other subscription is accepted")
		}
	}
	c.CloseNow()
}

// TestBufferedBytesAreLimitedAndReleased sends bodies and messages beyond the quota, and
// then within it.
func TestBufferedBytesAreLimitedAndReleased(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{BufferedBytes: 2_000}})
	long := cheap + strings.Repeat(" ", 2_000)
	for range 3 {
		if status, header := b.ask(long); status != http.StatusServiceUnavailable || header.Get("Retry-After") != "1" {
			t.Errorf("a body of %d bytes: status %d", len(long), status)
		}
		if status := b.status(cheap); status != http.StatusOK {
			t.Errorf("a short body: status %d", status)
		}
	}
	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + long + `"}}`)
	c.ExpectClosed(1013, "Server is overloaded")
	if status := b.status(cheap); status != http.StatusOK {
		t.Errorf("the next request: status %d", status)
	}
}

// TestRequestsOfStreamsAreLimitedSeparately: the requests of open streams are counted
// while these are open, since ten thousand subscriptions with an id of a megabyte each
// would exhaust the memory. Other requests have a quota of their own.
func TestRequestsOfStreamsAreLimitedSeparately(t *testing.T) {
	b := serve(t, graph.Options{Capacity: graph.Capacity{BufferedBytes: 20_000}})
	const follow = `subscription { transactions { number } }`
	c, id := b.Connect(), strings.Repeat("x", 8_000)
	for i := range 3 {
		c.Send(fmt.Sprintf(`{"type": "subscribe", "id": "%d%s", "payload": {"query": "%s"}}`, i, id, follow))
	}
	if got, err := c.Receive(); err != nil || !strings.HasPrefix(got, `{"id":"2`) || !strings.Contains(got, `"code":"OVERLOADED"`) {
		t.Errorf("the third subscription: %.20s, %v", got, err)
	}
	if answer := b.Events(http.MethodPost, follow+strings.Repeat(" ", 8_000)); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "1" {
		t.Errorf("as server-sent events: status %d", answer.StatusCode)
	}
	if status := b.status(cheap + strings.Repeat(" ", 8_000)); status != http.StatusOK {
		t.Errorf("a request: status %d", status)
	}
	c.Send(`{"type": "complete", "id": "0` + id + `"}`)
	graphtest.Eventually(t, "another stream is accepted", func() bool {
		answer := b.Events(http.MethodPost, follow+strings.Repeat(" ", 8_000))
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	c.CloseNow()
}
