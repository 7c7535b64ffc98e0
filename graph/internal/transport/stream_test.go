package transport_test

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
	"chancery/store"
	"chancery/telemetry"

	"github.com/coder/websocket"
)

const followAll = `{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions { number changes(first: 500) { nodes { recordId record { id } } } } }"}}`

// TestVanishedClientsLeaveNothing begins many subscriptions and breaks the
// connections off, without a word.
func TestVanishedClientsLeaveNothing(t *testing.T) {
	b := serve(t, graph.Options{})
	before := runtime.NumGoroutine()
	for range 20 {
		c := b.begin()
		c.send(followAll)
		c.send(strings.Replace(followAll, `"1"`, `"2"`, 1))
		c.CloseNow()
		events := b.events(http.MethodPost, "subscription { transactions { number } }")
		events.Body.Close()
	}
	http.DefaultClient.CloseIdleConnections()
	soon(t, "the goroutines have ended", func() bool { return runtime.NumGoroutine() <= before })
}

// TestASilentClientIsDropped stops answering pings, as one does whose machine has
// gone.
func TestASilentClientIsDropped(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{KeepAlive: 20 * time.Millisecond, WriteTime: 50 * time.Millisecond}})
	lively := b.begin()
	go func() { _, _ = lively.receive() }() // reading is what answers pings
	before := runtime.NumGoroutine()
	silent := b.begin()
	silent.send(followAll)
	soon(t, "the silent one has been dropped", func() bool { return runtime.NumGoroutine() <= before })
	lively.send(`{"type": "ping"}`)
}

// TestASlowReaderIsDropped does not read at all, while more is to be told than the
// network holds.
func TestASlowReaderIsDropped(t *testing.T) {
	watch := telemetry.New(telemetry.Options{})
	b := serve(t, graph.Options{Telemetry: watch, Streams: graph.StreamOptions{WriteTime: 100 * time.Millisecond}})
	b.large(50)
	before := runtime.NumGoroutine()
	const all = `subscription{transactions(after:0){number changes(first:500){nodes{recordId record{...on Topic{description}}}}}}`
	fmt.Fprintf(b.connect(), "GET /?query=%s HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n", url.QueryEscape(all))
	b.wire().subscribe(t, all)
	soon(t, "they have begun", func() bool { return runtime.NumGoroutine() > before+2 })
	soon(t, "they have been dropped", func() bool { return runtime.NumGoroutine() <= before })
	soon(t, "it is told that two were dropped", func() bool {
		metrics := httptest.NewRecorder()
		watch.Handler().ServeHTTP(metrics, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		text := metrics.Body.String()
		return strings.Contains(text, "\nchancery_clients_dropped_total 2\n") && strings.Contains(text, "\nchancery_subscribers 0\n")
	})
}

// large makes transactions that take 160 kB each to tell of, by manifold.
func (b *served) large(n int) {
	b.t.Helper()
	for i := range n {
		name := fmt.Sprintf("large-%d", i)
		_, err := b.Write(context.Background(), store.Commit{Author: "test"}, func(w store.Writer) error {
			return w.Put(context.Background(), &diplomacy.Topic{Thing: diplomacy.Thing{Slug: name, Names: []diplomacy.Name{{Value: name, Language: "en"}}, Description: strings.Repeat("x", 20_000)}})
		})
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// manifold asks for a long text eight times.
const manifold = `... on Topic { a:description b:description c:description d:description e:description f:description g:description h:description }`

// TestFallingBehindSaysWhereToResume reads the first event, lets the feed run away,
// and goes on where the error says.
func TestFallingBehindSaysWhereToResume(t *testing.T) {
	const lag = 10
	b := serve(t, graph.Options{Streams: graph.StreamOptions{MaxLag: lag, WriteTime: 10 * time.Second}})
	const query = `subscription { transactions(after: %d) { number changes { nodes { record { ` + manifold + ` } } } } }`
	w := b.wire()
	w.subscribe(t, fmt.Sprintf(query, 1))
	time.Sleep(50 * time.Millisecond) // it waits for the second
	b.large(80)                       // more than the network holds, so it cannot keep up
	want, resumed := 2, 0
	for want <= 81 {
		var m struct {
			Type    string
			Payload json.RawMessage
		}
		_, text, err := w.next()
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
				t.Fatalf("%s, %v; the last was %d", m.Payload, err, want-1)
			}
			resumed++
			w.frame(textFrame, `{"type":"subscribe","id":"1","payload":{"query":"`+fmt.Sprintf(query, want-1)+`"}}`)
			continue
		}
		if !strings.HasPrefix(string(m.Payload), fmt.Sprintf(`{"data":{"transactions":{"number":%d,`, want)) {
			t.Fatalf("want %d: %.100s", want, text)
		}
		want++
	}
	if resumed == 0 {
		t.Error("it kept up, though it did not read")
	}
}

// TestAPanicEndsTheOperationOnly makes the store panic below an event, and below
// a query.
func TestAPanicEndsTheOperationOnly(t *testing.T) {
	var log bytes.Buffer
	b := serve(t, graph.Options{})
	broken := &panicking{Store: b.Store}
	h := serveStore(t, broken, graph.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	c := h.begin()
	broken.armed.Store(true)
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0) { number } }"}}`)
	c.expect(`{"type": "error", "id": "1", "payload": [{"message": "internal error; it has been logged", "extensions": {"code": "INTERNAL"}}]}`)
	broken.armed.Store(false)
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0) { number } }"}}`)
	c.expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 1}}}}`)
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
	return burning{snapshot, s}, err
}

type burning struct {
	store.Snapshot
	of *panicking
}

func (s burning) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	if s.of.armed.Load() {
		panic("the disk is on fire")
	}
	return s.Snapshot.Transactions(ctx, numbers)
}

// TestAnEventShowsTheGraphOfItsTransaction renames a topic twice; each event shows
// the name it had then.
func TestAnEventShowsTheGraphOfItsTransaction(t *testing.T) {
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
	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription ($e: [ID!]) { transactions(after: 0, touching: {entities: $e}) { changes { nodes { record { ... on Topic { name history { nodes { revision closedBy { number } } } } } } } } }", "variables": {"e": ["` + id.String() + `"]}}}`)
	c.expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"changes": {"nodes": [{"record": {"name": "first", "history": {"nodes": [{"revision": 1, "closedBy": null}]}}}]}}}}}`)
	c.expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"changes": {"nodes": [{"record": {"name": "second", "history": {"nodes": [{"revision": 2, "closedBy": null}, {"revision": 1, "closedBy": {"number": 3}}]}}}]}}}}}`)
	if err := c.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Error(err)
	}
}
