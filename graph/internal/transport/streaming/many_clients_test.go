package streaming_test

import (
	"bufio"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
	_ "chancery/store/storetest" // for -long
)

// TestManyDisconnectedClientsLeaveNothing opens many WebSockets and event streams. Half
// of their connections are reset; the others neither answer pings nor read. No goroutine
// and no memory of any may remain.
func TestManyDisconnectedClientsLeaveNothing(t *testing.T) {
	crowd := 500                                      // over WebSocket, and as many for event streams
	if flag.Lookup("long").Value.String() == "true" { // of package storetest
		crowd = 2_000
	}
	patience := time.Duration(crowd) * 4 * time.Millisecond // connecting takes a third of that
	b := serve(t, graph.Options{Streams: graph.StreamOptions{KeepAlive: patience, WriteTimeout: time.Second}})
	heap, routines := graphtest.MemoryAndGoroutines()
	begun := time.Now()
	sockets, streams := connectAll(crowd, b.silentSocket), connectAll(crowd, b.silentStream)
	full, most := graphtest.MemoryAndGoroutines()
	if most < routines+2*crowd {
		t.Errorf("%d goroutines, %d before: not all clients are connected", most, routines)
	}
	t.Logf("%d clients connected in %v, with %d goroutines and %d bytes each", 2*crowd, time.Since(begun), (most-routines)/(2*crowd), (full-heap)/int64(2*crowd))
	begun = time.Now()
	for i := range crowd / 2 {
		reset(t, sockets[i])
		reset(t, streams[i])
	}
	graphtest.Eventually(t, "reset clients are gone", func() bool { _, now := graphtest.MemoryAndGoroutines(); return now <= routines+(most-routines)*6/10 })
	b.CommitLargeTopics(2) // more than socket buffers hold
	graphtest.Eventually(t, "silent clients are gone", func() bool { _, now := graphtest.MemoryAndGoroutines(); return now <= routines })
	rest, _ := graphtest.MemoryAndGoroutines()
	t.Logf("they were gone in %v; %d bytes remain", time.Since(begun), rest-heap)
	if rest-heap > (full-heap)/8 { // the runtime keeps stacks, and the test its connections
		t.Errorf("%d of %d bytes remain", rest-heap, full-heap)
	}
}

func connectAll(n int, come func() net.Conn) []net.Conn {
	all := make([]net.Conn, n)
	for i := range all {
		all[i] = come()
	}
	return all
}

func (b *served) silentSocket() net.Conn {
	w := b.DialWire()
	w.Subscribe(b.T, "subscription { transactions { number } }")
	return w.Conn
}

func (b *served) silentStream() net.Conn {
	b.T.Helper()
	conn := b.DialTCP()
	const query = `subscription { transactions { number changes { nodes { record { ` + graphtest.EightDescriptions + ` } } } } }`
	fmt.Fprintf(conn, "GET /?query=%s HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n", url.QueryEscape(query))
	answer, err := http.ReadResponse(bufio.NewReaderSize(conn, 512), nil) //nolint:bodyclose // it never ends; the connection is closed
	if err != nil || answer.StatusCode != http.StatusOK {
		b.T.Fatal(answer, err)
	}
	return conn
}

// reset resets a connection without closing the stream.
func reset(t *testing.T, conn net.Conn) {
	t.Helper()
	if err := conn.(*net.TCPConn).SetLinger(0); err != nil {
		t.Fatal(err)
	}
	conn.Close()
}
