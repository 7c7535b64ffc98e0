package streaming_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

// TestDisconnectStopsWorkOnEveryTransport closes connections during the first of fifty
// reads that take a second together: within a tenth of a second reading must stop and
// all goroutines end.
func TestDisconnectStopsWorkOnEveryTransport(t *testing.T) {
	const most = 100 * time.Millisecond
	kept := serve(t, graph.Options{})
	kept.CommitTopics(49)
	slow := &sleepingStore{Store: kept.Store}
	b := serveStore(t, slow, graph.Options{})
	lookups := ""
	for i := range 50 {
		lookups += fmt.Sprintf("a%d: transaction(number: %d) { number } ", i, i+1)
	}
	query, feed := "{ "+lookups+"}", "subscription { transactions(after: 0) { number } }"
	one, _ := json.Marshal(map[string]string{"query": query})
	followed, _ := json.Marshal(map[string]string{"query": feed})
	for name, begin := range map[string]func() net.Conn{
		"JSON": func() net.Conn { return b.post("application/json", one) },
		"a batch": func() net.Conn {
			return b.post("application/json", bytes.Join([][]byte{{'['}, one, {','}, one, {']'}}, nil))
		},
		"events":           func() net.Conn { return b.post("text/event-stream", one) },
		"parts":            func() net.Conn { return b.post(`multipart/mixed;subscriptionSpec="1.0"`, one) },
		"a socket":         func() net.Conn { w := b.DialWire(); w.Subscribe(t, query); return w.Conn },
		"a feed of events": func() net.Conn { return b.post("text/event-stream", followed) },
		"a feed of parts":  func() net.Conn { return b.post(`multipart/mixed;subscriptionSpec="1.0"`, followed) },
		"a feed by socket": func() net.Conn { w := b.DialWire(); w.Subscribe(t, feed); return w.Conn },
	} {
		t.Run(name, func(t *testing.T) {
			took := time.Hour
			for range 3 { // the best of three, on a busy machine
				took = min(took, slow.disconnect(t, begin))
			}
			if took > most {
				t.Errorf("work went on for %v", took)
			}
		})
	}
}

// sleepingStore is a store whose reads of transactions take 20 ms and do not stop when their
// context ends.
type sleepingStore struct {
	store.Store
	lookups atomic.Int32
}

func (s *sleepingStore) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	return sleepingSnapshot{snapshot, s}, err
}

type sleepingSnapshot struct {
	store.Snapshot
	of *sleepingStore
}

func (s sleepingSnapshot) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.of.lookups.Add(1)
	time.Sleep(20 * time.Millisecond)
	return s.Snapshot.Transactions(ctx, numbers)
}

// disconnect closes a connection during the first read and returns how long work went on.
func (s *sleepingStore) disconnect(t *testing.T, begin func() net.Conn) time.Duration {
	t.Helper()
	before := runtime.NumGoroutine()
	s.lookups.Store(0)
	conn := begin()
	graphtest.Eventually(t, "reading has started", func() bool { return s.lookups.Load() > 0 })
	conn.Close()
	left := time.Now()
	graphtest.Eventually(t, "all goroutines have ended", func() bool { return runtime.NumGoroutine() <= before })
	return time.Since(left)
}

// post sends a body over a connection of its own.
func (b *served) post(accept string, body []byte) net.Conn {
	conn := b.DialTCP()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: %s\r\nContent-Length: %d\r\n\r\n%s", accept, len(body), body)
	return conn
}
