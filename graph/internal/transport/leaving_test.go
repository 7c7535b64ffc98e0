package transport_test

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
	"chancery/store"
)

// TestNothingWorksForWhoHasGone breaks connections off, over each transport, while the
// first of fifty things is looked up, which take a second together: a tenth of one
// later no more is looked up, and no goroutine is left of it.
func TestNothingWorksForWhoHasGone(t *testing.T) {
	const most = 100 * time.Millisecond
	kept := serve(t, graph.Options{})
	kept.put(49)
	slow := &slowed{Store: kept.Store}
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
		"a socket":         func() net.Conn { w := b.wire(); w.subscribe(t, query); return w.Conn },
		"a feed of events": func() net.Conn { return b.post("text/event-stream", followed) },
		"a feed of parts":  func() net.Conn { return b.post(`multipart/mixed;subscriptionSpec="1.0"`, followed) },
		"a feed by socket": func() net.Conn { w := b.wire(); w.subscribe(t, feed); return w.Conn },
	} {
		t.Run(name, func(t *testing.T) {
			took := time.Hour
			for range 3 { // the best counts, on a machine with other things to do
				took = min(took, slow.leave(t, begin))
			}
			if took > most {
				t.Errorf("it went on for %v", took)
			}
		})
	}
}

// slowed is a store in which to look up a transaction takes a while, even if nobody
// waits for it any more once it has begun.
type slowed struct {
	store.Store
	lookups atomic.Int32
}

func (s *slowed) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	return tardy{snapshot, s}, err
}

type tardy struct {
	store.Snapshot
	of *slowed
}

func (s tardy) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.of.lookups.Add(1)
	time.Sleep(20 * time.Millisecond)
	return s.Snapshot.Transactions(ctx, numbers)
}

// leave begins, goes away while the first thing is looked up, and tells for how long
// something went on.
func (s *slowed) leave(t *testing.T, begin func() net.Conn) time.Duration {
	t.Helper()
	before := runtime.NumGoroutine()
	s.lookups.Store(0)
	conn := begin()
	soon(t, "it has begun", func() bool { return s.lookups.Load() > 0 })
	conn.Close()
	left := time.Now()
	soon(t, "it has ended", func() bool { return runtime.NumGoroutine() <= before })
	return time.Since(left)
}

// post sends a body over a connection of its own.
func (b *served) post(accept string, body []byte) net.Conn {
	conn := b.connect()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: %s\r\nContent-Length: %d\r\n\r\n%s", accept, len(body), body)
	return conn
}
