package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"
)

const protocol = "graphql-transport-ws"

// client talks over one socket.
type client struct {
	*websocket.Conn
	t testing.TB
}

func (b *served) dial(protocols ...string) *client {
	b.t.Helper()
	return b.dialWith(nil, protocols...)
}

func (b *served) dialWith(header http.Header, protocols ...string) *client {
	b.t.Helper()
	conn, _, err := websocket.Dial(b.t.Context(), b.url, &websocket.DialOptions{HTTPHeader: header, Subprotocols: protocols}) //nolint:bodyclose // Dial leaves none to close
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { conn.CloseNow() })
	return &client{conn, b.t}
}

func (c *client) send(text string) {
	c.t.Helper()
	if err := c.Write(c.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatalf("send %s: %v", text, err)
	}
}

func (c *client) receive() (text string, err error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Second)
	defer cancel()
	_, data, err := c.Read(ctx)
	return string(data), err
}

func (c *client) expect(want string) {
	c.t.Helper()
	got, err := c.receive()
	if err != nil {
		c.t.Fatalf("want %s: %v", want, err)
	}
	var a, b any
	if err := errors.Join(json.Unmarshal([]byte(want), &a), json.Unmarshal([]byte(got), &b)); err != nil {
		c.t.Fatal(err)
	}
	if m, is := b.(map[string]any); is {
		if payload, is := m["payload"].(map[string]any); is {
			delete(payload, "extensions") // what the answer says about itself
		}
	}
	if diff := cmp.Diff(a, b); diff != "" {
		c.t.Fatalf("got %s, want %s", got, want)
	}
}

func (c *client) expectClosed(code int, reason string) {
	c.t.Helper()
	if got := c.expectClosedFor(code, reason); got != reason {
		c.t.Fatalf("closed for %s; want %s", got, reason)
	}
}

// expectClosedFor gives the whole reason, which begins as wanted.
func (c *client) expectClosedFor(code int, reason string) string {
	c.t.Helper()
	text, err := c.receive()
	closed := websocket.CloseError{}
	if !errors.As(err, &closed) || int(closed.Code) != code || !strings.HasPrefix(closed.Reason, reason) {
		c.t.Fatalf("got %s, %v; want to be closed with %d %s", text, err, code, reason)
	}
	return closed.Reason
}

// begin opens a socket that is ready.
func (b *served) begin() *client {
	b.t.Helper()
	c := b.dial(protocol)
	c.send(`{"type": "connection_init"}`)
	c.expect(`{"type": "connection_ack"}`)
	return c
}

// TestProtocol plays the dialogues of testdata: lines with > are sent, those with <
// are expected, x is the close code and reason expected, + is a transaction
// committed. Lines without a mark say what it is about.
func TestProtocol(t *testing.T) {
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
				b := serve(t, graph.Options{Authenticate: door{}, Streams: graph.StreamOptions{MaxOperations: 2}})
				b.play(b.dial(protocol), lines)
			})
		}
	}
}

func (b *served) play(c *client, lines string) {
	b.t.Helper()
	for line := range strings.Lines(lines) {
		mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch mark {
		case ">":
			c.send(rest)
		case "<":
			c.expect(rest)
		case "+":
			b.put(1)
		case "x":
			code, reason, _ := strings.Cut(rest, " ")
			n, err := strconv.Atoi(code)
			if err != nil {
				b.t.Fatal(err)
			}
			c.expectClosed(n, reason)
		default:
			b.t.Fatalf("what is %s?", line)
		}
	}
}

func TestSubprotocolIsNeeded(t *testing.T) {
	b := serve(t, graph.Options{})
	for _, offered := range [][]string{nil, {"graphql-ws"}} {
		b.dial(offered...).expectClosed(4406, "Subprotocol not acceptable")
	}
}

func TestBeginningMayNotTakeLong(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{InitTime: 50 * time.Millisecond}})
	b.dial(protocol).expectClosed(4408, "Connection initialisation timeout")
	begun := b.begin()
	time.Sleep(100 * time.Millisecond)
	begun.send(`{"type": "ping"}`)
	begun.expect(`{"type": "pong"}`)
}

// TestWhoTheRequestIsOf: who gives no token in the socket is who he was before; who
// may not read gets none.
func TestWhoTheRequestIsOf(t *testing.T) {
	nobody := serve(t, graph.Options{Authenticate: door{}}, by(access.Principal{}))
	c := nobody.dial(protocol)
	c.send(`{"type": "connection_init"}`)
	c.expectClosed(4403, "Forbidden")
	c = nobody.dial(protocol)
	c.send(`{"type": "connection_init", "payload": {"Authorization": "bearer reader"}}`)
	c.expect(`{"type": "connection_ack"}`)
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions(after: 0) { number } }"}}`)
	c.expect(`{"type": "next", "id": "1", "payload": {"data": {"transactions": {"number": 1}}}}`)
	serve(t, graph.Options{Authenticate: door{}}, by(access.Principal{Role: access.Editor})).begin()
}

func TestOnlyOurOwnPagesGetASocket(t *testing.T) {
	b := serve(t, graph.Options{})
	for origin, allowed := range map[string]bool{"": true, b.url: true, "https://elsewhere.example": false, "null": false} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		conn, answer, err := websocket.Dial(t.Context(), b.url, &websocket.DialOptions{Subprotocols: []string{protocol}, HTTPHeader: header}) //nolint:bodyclose // Dial leaves none to close
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

func TestMessagesAreBounded(t *testing.T) {
	b := serve(t, graph.Options{Streams: graph.StreamOptions{MaxMessage: 1000}})
	c := b.begin()
	c.send(`{"type": "ping", "payload": {"x": "` + strings.Repeat("x", 900) + `"}}`)
	if text, err := c.receive(); err != nil || len(text) < 900 {
		t.Errorf("%s, %v", text, err)
	}
	c.send(`{"type": "ping", "payload": {"x": "` + strings.Repeat("x", 1000) + `"}}`)
	if _, err := c.receive(); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("closed with %v", err)
	}
}

func TestBinaryMessagesAreInvalid(t *testing.T) {
	c := serve(t, graph.Options{}).dial(protocol)
	if err := c.Write(t.Context(), websocket.MessageBinary, []byte(`{"type": "connection_init"}`)); err != nil {
		t.Fatal(err)
	}
	c.expectClosed(4400, "Invalid message received: not a text")
}

func TestStoppingSaysSo(t *testing.T) {
	serving, stop := context.WithCancel(t.Context())
	b := serve(t, graph.Options{Streams: graph.StreamOptions{Serving: serving}})
	c := b.begin()
	c.send(`{"type": "subscribe", "id": "1", "payload": {"query": "subscription { transactions { number } }"}}`)
	time.AfterFunc(20*time.Millisecond, stop)
	c.expectClosed(1001, "Server is going away")
	late := b.dial(protocol)
	late.expectClosed(1001, "Server is going away")
}
