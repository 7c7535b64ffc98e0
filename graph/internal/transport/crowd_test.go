package transport_test

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
	_ "chancery/store/storetest" // for -long
)

// TestACrowdThatVanishes opens many streams of both sorts. Half of each are reset;
// the other half falls silent, as when a machine or the way to it has gone: they
// neither answer pings nor take what is sent. Nothing stays of any.
func TestACrowdThatVanishes(t *testing.T) {
	crowd := 500                                      // over WebSocket, and as many for event streams
	if flag.Lookup("long").Value.String() == "true" { // of package storetest
		crowd = 2_000
	}
	patience := time.Duration(crowd) * 4 * time.Millisecond // they all come in a third of that
	b := serve(t, graph.Options{Streams: graph.StreamOptions{KeepAlive: patience, WriteTime: time.Second}})
	heap, routines := occupied()
	begun := time.Now()
	sockets, streams := crowded(crowd, b.silentSocket), crowded(crowd, b.silentStream)
	full, most := occupied()
	if most < routines+2*crowd {
		t.Errorf("there are %d goroutines, and were %d: not all have come", most, routines)
	}
	t.Logf("%d came in %v, and take %d goroutines and %d bytes each", 2*crowd, time.Since(begun), (most-routines)/(2*crowd), (full-heap)/int64(2*crowd))
	begun = time.Now()
	for i := range crowd / 2 {
		reset(t, sockets[i])
		reset(t, streams[i])
	}
	soon(t, "those reset have gone", func() bool { _, now := occupied(); return now <= routines+(most-routines)*6/10 })
	b.large(2) // more than the network holds
	soon(t, "those silent have gone", func() bool { _, now := occupied(); return now <= routines })
	rest, _ := occupied()
	t.Logf("they went in %v; %d bytes are left", time.Since(begun), rest-heap)
	if rest-heap > (full-heap)/8 { // the runtime keeps what goroutines were, and the test its own ends
		t.Errorf("%d bytes are left of %d", rest-heap, full-heap)
	}
}

func crowded(n int, come func() net.Conn) []net.Conn {
	all := make([]net.Conn, n)
	for i := range all {
		all[i] = come()
	}
	return all
}

func (b *served) silentSocket() net.Conn {
	w := b.wire()
	w.subscribe(b.t, "subscription { transactions { number } }")
	return w.Conn
}

func (b *served) silentStream() net.Conn {
	b.t.Helper()
	conn := b.connect()
	const query = `subscription { transactions { number changes { nodes { record { ` + manifold + ` } } } } }`
	fmt.Fprintf(conn, "GET /?query=%s HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n", url.QueryEscape(query))
	answer, err := http.ReadResponse(bufio.NewReaderSize(conn, 512), nil) //nolint:bodyclose // it never ends; the connection is closed
	if err != nil || answer.StatusCode != http.StatusOK {
		b.t.Fatal(answer, err)
	}
	return conn
}

// reset breaks a connection off without a word.
func reset(t *testing.T, conn net.Conn) {
	t.Helper()
	if err := conn.(*net.TCPConn).SetLinger(0); err != nil {
		t.Fatal(err)
	}
	conn.Close()
}
