package streaming_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"

	"github.com/coder/websocket"
)

// TestProtocolDialogues plays the dialogues of testdata: lines with > are sent, lines
// with < are expected, x is the expected close code and reason, + commits a transaction.
// The first line is the name.
func TestProtocolDialogues(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for dialogue := range strings.SplitSeq(string(text), "\n\n") {
			name, lines, _ := strings.Cut(strings.TrimSpace(dialogue), "\n")
			t.Run(name, func(t *testing.T) {
				b := serve(t, graph.Options{Authenticate: fakeAuthenticator{}, Streams: graph.StreamOptions{MaxOperations: 2}})
				b.play(b.Dial(graphtest.Subprotocol), lines)
			})
		}
	}
}

func (b *served) play(c *graphtest.Socket, lines string) {
	b.T.Helper()
	for line := range strings.Lines(lines) {
		mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch mark {
		case ">":
			c.Send(rest)
		case "<":
			c.Expect(rest)
		case "+":
			b.CommitTopics(1)
		case "x":
			code, reason, _ := strings.Cut(rest, " ")
			n, err := strconv.Atoi(code)
			if err != nil {
				b.T.Fatal(err)
			}
			c.ExpectClosed(n, reason)
		default:
			b.T.Fatalf("unknown line %s", line)
		}
	}
}

func TestSubprotocolIsRequired(t *testing.T) {
	b := serve(t, graph.Options{})
	for _, offered := range [][]string{nil, {"graphql-ws"}} {
		b.Dial(offered...).ExpectClosed(4406, "Subprotocol not acceptable")
	}
}

func TestSocketWithoutInitIsClosed(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{InitTimeout: 50 * time.Millisecond}})
	b.Dial(graphtest.Subprotocol).ExpectClosed(4408, "Connection initialisation timeout")
	begun := b.Connect()
	time.Sleep(100 * time.Millisecond)
	begun.Send(`{"type": "ping"}`)
	begun.Expect(`{"type": "pong"}`)
}

// TestSocketUsesTheTokenOfInitOrOfTheRequest: without a token in connection_init the
// principal authenticated the upgrade request; without a role the socket is closed.
func TestSocketUsesTheTokenOfInitOrOfTheRequest(t *testing.T) {
	anonymous := serve(t, graph.Options{Authenticate: fakeAuthenticator{}}, graphtest.As(access.Principal{}))
	c := anonymous.Dial(graphtest.Subprotocol)
	c.Send(`{"type": "connection_init"}`)
	c.ExpectClosed(4403, "Forbidden")
	c = anonymous.Dial(graphtest.Subprotocol)
	c.Send(`{"type": "connection_init", "payload": {"Authorization": "bearer reader"}}`)
	c.Expect(`{"type": "connection_ack"}`)
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0) { number } }"}}`)
	c.Expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 1}}}}`)
	serve(t, graph.Options{Authenticate: fakeAuthenticator{}}, graphtest.As(access.Principal{Role: access.Editor})).Connect()
}

func TestOtherOriginsAreRejected(t *testing.T) {
	b := serve(t, graph.Options{})
	for origin, allowed := range map[string]bool{"": true, b.URL: true, "https://elsewhere.example": false, "null": false} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		conn, answer, err := websocket.Dial(t.Context(), b.URL, &websocket.DialOptions{Subprotocols: []string{graphtest.Subprotocol}, HTTPHeader: header}) //nolint:bodyclose // Dial leaves none to close
		if (err == nil) != allowed {
			t.Errorf("from %q: %v", origin, err)
		}
		if err != nil && answer.StatusCode != http.StatusForbidden {
			t.Errorf("from %q: status %d", origin, answer.StatusCode)
		}
		if err == nil {
			conn.CloseNow()
		}
	}
}

func TestOversizedMessagesAreRejected(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{MaxMessageBytes: 1000}})
	c := b.Connect()
	c.Send(`{"type": "ping", "payload": {"x": "` + strings.Repeat("x", 900) + `"}}`)
	if text, err := c.Receive(); err != nil || len(text) < 900 {
		t.Errorf("%s, %v", text, err)
	}
	c.Send(`{"type": "ping", "payload": {"x": "` + strings.Repeat("x", 1000) + `"}}`)
	if _, err := c.Receive(); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("closed with %v", err)
	}
}

// TestLargeMessagesAreCompressed counts the bytes that a client receives, for a message
// above the threshold and one below.
func TestLargeMessagesAreCompressed(t *testing.T) {
	b := serve(t, graph.Options{})
	var received atomic.Int64
	dialer := net.Dialer{}
	counted := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		return countedConn{conn, &received}, err
	}}}
	conn, _, err := websocket.Dial(t.Context(), b.URL, &websocket.DialOptions{ //nolint:bodyclose // Dial leaves none to close
		HTTPClient: counted, Subprotocols: []string{graphtest.Subprotocol}, CompressionMode: websocket.CompressionNoContextTakeover,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	for size, compressed := range map[int]bool{3_000: false, 30_000: true} {
		conn.SetReadLimit(int64(2 * size))
		before := received.Load()
		if err := conn.Write(t.Context(), websocket.MessageText, []byte(`{"type": "ping", "payload": {"x": "`+strings.Repeat("x", size)+`"}}`)); err != nil {
			t.Fatal(err)
		}
		_, pong, err := conn.Read(t.Context())
		if err != nil || len(pong) < size {
			t.Fatalf("a pong of %d bytes for %d: %v", len(pong), size, err)
		}
		if bytes := received.Load() - before; (bytes < int64(size)) != compressed {
			t.Errorf("a message of %d bytes took %d; compressed is to be %t", len(pong), bytes, compressed)
		}
	}
}

// countedConn counts the bytes that are read.
type countedConn struct {
	net.Conn
	read *atomic.Int64
}

func (c countedConn) Read(into []byte) (int, error) {
	n, err := c.Conn.Read(into)
	c.read.Add(int64(n))
	return n, err
}

func TestBinaryMessagesAreRejected(t *testing.T) {
	c := serve(t, graph.Options{}).Dial(graphtest.Subprotocol)
	if err := c.Write(t.Context(), websocket.MessageBinary, []byte(`{"type": "connection_init"}`)); err != nil {
		t.Fatal(err)
	}
	c.ExpectClosed(4400, "Invalid message received: not a text message")
}

func TestShutdownClosesSocketsWithGoingAway(t *testing.T) {
	serving, stop := context.WithCancel(t.Context())
	b := serve(t, graph.Options{Streams: graph.StreamOptions{ServerContext: serving}})
	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions { number } }"}}`)
	time.AfterFunc(20*time.Millisecond, stop)
	c.ExpectClosed(1001, "Server is going away")
	late := b.Dial(graphtest.Subprotocol)
	late.ExpectClosed(1001, "Server is going away")
}
