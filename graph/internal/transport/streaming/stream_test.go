package streaming_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
	"chancery/telemetry"

	"github.com/coder/websocket"
)

const followAll = `{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions { number changes(first: 500) { nodes { recordId record { id } } } } }"}}`

// TestDisconnectedClientsLeaveNoGoroutines subscribes and closes connections without a
// close frame.
func TestDisconnectedClientsLeaveNoGoroutines(t *testing.T) {
	b := serve(t, graph.Options{})
	before := runtime.NumGoroutine()
	for range 20 {
		c := b.Connect()
		c.Send(followAll)
		c.Send(strings.Replace(followAll, `"1"`, `"2"`, 1))
		c.CloseNow()
		events := b.Events(http.MethodPost, "subscription { transactions { number } }")
		events.Body.Close()
	}
	http.DefaultClient.CloseIdleConnections()
	graphtest.Eventually(t, "all goroutines have ended", func() bool { return runtime.NumGoroutine() <= before })
}

func TestClientWithoutPongsIsDisconnected(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{KeepAlive: 20 * time.Millisecond, WriteTimeout: 50 * time.Millisecond}})
	lively := b.Connect()
	go func() { _, _ = lively.Receive() }() // reading answers pings
	before := runtime.NumGoroutine()
	silent := b.Connect()
	silent.Send(followAll)
	graphtest.Eventually(t, "the silent client is disconnected", func() bool { return runtime.NumGoroutine() <= before })
	lively.Send(`{"type": "ping"}`)
}

// TestSlowReaderIsDisconnectedAndCounted does not read, while more is sent than socket
// buffers hold.
func TestSlowReaderIsDisconnectedAndCounted(t *testing.T) {
	watch := telemetry.New(telemetry.Options{})
	b := serve(t, graph.Options{Telemetry: watch, Streams: graph.StreamOptions{WriteTimeout: 100 * time.Millisecond}})
	b.CommitLargeTopics(50)
	before := runtime.NumGoroutine()
	const all = `subscription{transactions(after:0){number changes(first:500){nodes{recordId record{...on Topic{description}}}}}}`
	fmt.Fprintf(b.DialTCP(), "GET /?query=%s HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n", url.QueryEscape(all))
	b.DialWire().Subscribe(t, all)
	graphtest.Eventually(t, "both streams have started", func() bool { return runtime.NumGoroutine() > before+2 })
	graphtest.Eventually(t, "both clients are disconnected", func() bool { return runtime.NumGoroutine() <= before })
	graphtest.Eventually(t, "the metrics count two dropped clients", func() bool {
		metrics := httptest.NewRecorder()
		watch.Handler().ServeHTTP(metrics, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		text := metrics.Body.String()
		return strings.Contains(text, "\nchancery_clients_dropped_total 2\n") && strings.Contains(text, "\nchancery_subscribers 0\n")
	})
}

// TestLaggingSubscriberIsToldWhereToResume reads too slowly, and resumes where the error
// says.
func TestLaggingSubscriberIsToldWhereToResume(t *testing.T) {
	const lag = 10
	b := serve(t, graph.Options{Streams: graph.StreamOptions{MaxLag: lag, WriteTimeout: 10 * time.Second}})
	const query = `subscription { transactions(after: %d) { number changes { nodes { record { ` + graphtest.EightDescriptions + ` } } } } }`
	w := b.DialWire()
	w.Subscribe(t, fmt.Sprintf(query, 1))
	time.Sleep(50 * time.Millisecond) // until the subscription waits
	b.CommitLargeTopics(80)           // more than socket buffers hold
	want, resumed := 2, 0
	for want <= 81 {
		var m struct {
			Type    string
			Payload json.RawMessage
		}
		_, text, err := w.Next()
		if err != nil || json.Unmarshal(text, &m) != nil {
			t.Fatalf("want %d: %.100s, %v", want, text, err)
		}
		if m.Type == "error" {
			var errs []struct {
				Extensions struct {
					Code  string
					After int
				}
			}
			if err := json.Unmarshal(m.Payload, &errs); err != nil || errs[0].Extensions.Code != "RESUME" || errs[0].Extensions.After != want-1 {
				t.Fatalf("%s, %v; the last event was %d", m.Payload, err, want-1)
			}
			resumed++
			w.Frame(graphtest.TextFrame, `{"type":"subscribe","id":"1","payload":{"query":"`+fmt.Sprintf(query, want-1)+`"}}`)
			continue
		}
		if !strings.HasPrefix(string(m.Payload), fmt.Sprintf(`{"data":{"transactions":{"number":%d,`, want)) {
			t.Fatalf("want %d: %.100s", want, text)
		}
		want++
	}
	if resumed == 0 {
		t.Error("the slow reader never fell behind")
	}
}

// TestPanicEndsOnlyItsOperation has the store panic during an event and during a query.
func TestPanicEndsOnlyItsOperation(t *testing.T) {
	var log bytes.Buffer
	b := serve(t, graph.Options{})
	broken := &panicking{Store: b.Store}
	h := serveStore(t, broken, graph.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	c := h.Connect()
	broken.armed.Store(true)
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0) { number } }"}}`)
	c.Expect(`{"type": "error", "id": "1", "payload": [{"message": "internal error; it has been logged", "extensions": {"code": "INTERNAL"}}]}`)
	broken.armed.Store(false)
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0) { number } }"}}`)
	c.Expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 1}}}}`)
	if !strings.Contains(log.String(), "on fire") {
		t.Errorf("logged: %s", &log)
	}
}

// panicking is a store that panics when transactions are read.
type panicking struct {
	store.Store
	armed atomic.Bool
}

func (s *panicking) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	return panickingSnapshot{snapshot, s}, err
}

type panickingSnapshot struct {
	store.Snapshot
	of *panicking
}

func (s panickingSnapshot) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	if s.of.armed.Load() {
		panic("the disk is on fire")
	}
	return s.Snapshot.Transactions(ctx, numbers)
}

// TestEventShowsTheGraphOfItsTransaction renames a topic; each event must show its name
// at that time.
func TestEventShowsTheGraphOfItsTransaction(t *testing.T) {
	b := serve(t, graph.Options{})
	var id diplomacy.ID
	for _, name := range []string{"first", "second"} {
		_, err := b.Write(t.Context(), store.Commit{}, func(w store.Writer) error {
			topic := &diplomacy.Topic{Thing: diplomacy.Thing{Slug: "t", Names: []diplomacy.Name{{Value: name, Language: "en"}}}}
			topic.ID = id
			err := w.Put(t.Context(), topic)
			id = topic.ID
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription ($e: [ID!]) { transactions(after: 0, touching: {entities: $e}) { changes { nodes { record { ... on Topic { name history { nodes { revision closedBy { number } } } } } } } } }", "variables": {"e": ["` + id.String() + `"]}}}`)
	c.Expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"changes": {"nodes": [{"record": {"name": "first", "history": {"nodes": [{"revision": 1, "closedBy": null}]}}}]}}}}}`)
	c.Expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"changes": {"nodes": [{"record": {"name": "second", "history": {"nodes": [{"revision": 2, "closedBy": null}, {"revision": 1, "closedBy": {"number": 3}}]}}}]}}}}}`)
	if err := c.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Error(err)
	}
}

func TestSubscriptionsTakeReferences(t *testing.T) {
	b := serve(t, graph.Options{})
	for _, slug := range []string{"other", "asked-for"} {
		_, err := b.Write(t.Context(), store.Commit{}, func(w store.Writer) error {
			return w.Put(t.Context(), &diplomacy.Topic{Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug, Language: "en"}}}})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	const query = "subscription ($e: [ID!]) { transactions(after: 0, touching: {entities: $e}) { changes { nodes { record { ... on Topic { slug } } } } } }"
	for _, test := range []struct{ entities, want string }{
		{`"Topic/asked-for"`, `{"type": "next", "id": "1", "payload": {"data": {"transactions": {"changes": {"nodes": [{"record": {"slug": "asked-for"}}]}}}}}`},
		{`["nonsense"]`, `{"type": "error", "id": "1", "payload": [{"message": "touching.entities[0]: \"nonsense\" is not a reference: want an id, Type/slug or scheme:value", "path": ["transactions"], "locations": [{"line": 1, "column": 28}], "extensions": {"code": "BAD_USER_INPUT"}}]}`},
		{`["Topic/nowhere"]`, `{"type": "error", "id": "1", "payload": [{"message": "touching.entities[0]: there is no \"Topic/nowhere\"", "path": ["transactions"], "locations": [{"line": 1, "column": 28}], "extensions": {"code": "NOT_FOUND"}}]}`},
	} {
		c := b.Connect()
		c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "` + query + `", "variables": {"e": ` + test.entities + `}}}`)
		c.Expect(test.want)
		if err := c.Close(websocket.StatusNormalClosure, ""); err != nil {
			t.Error(err)
		}
	}
}
