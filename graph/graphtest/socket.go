package graphtest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"
)

// Subprotocol is the WebSocket subprotocol of graphql-ws.
const Subprotocol = "graphql-transport-ws"

// Socket is a WebSocket client of graphql-transport-ws.
type Socket struct {
	*websocket.Conn
	t testing.TB
}

// Dial opens a socket with subprotocols.
func (s *Server) Dial(protocols ...string) *Socket {
	s.T.Helper()
	return s.DialWithHeader(nil, protocols...)
}

// DialWithHeader opens a socket with headers of the upgrade request and subprotocols.
func (s *Server) DialWithHeader(header http.Header, protocols ...string) *Socket {
	s.T.Helper()
	conn, _, err := websocket.Dial(s.T.Context(), s.URL, &websocket.DialOptions{HTTPHeader: header, Subprotocols: protocols}) //nolint:bodyclose // Dial leaves none to close
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(func() { _ = conn.CloseNow() })
	return &Socket{conn, s.T}
}

// Connect opens a socket and sends connection_init.
func (s *Server) Connect() *Socket {
	s.T.Helper()
	c := s.Dial(Subprotocol)
	c.Send(`{"type": "connection_init"}`)
	c.Expect(`{"type": "connection_ack"}`)
	return c
}

// Send sends a message.
func (c *Socket) Send(text string) {
	c.t.Helper()
	if err := c.Write(c.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatalf("send %s: %v", text, err)
	}
}

// Receive returns the next message, within five seconds.
func (c *Socket) Receive() (text string, err error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Second)
	defer cancel()
	_, data, err := c.Read(ctx)
	return string(data), err
}

// Expect compares the next message as JSON, without the extensions of a response.
func (c *Socket) Expect(want string) {
	c.t.Helper()
	got, err := c.Receive()
	if err != nil {
		c.t.Fatalf("want %s: %v", want, err)
	}
	var a, b any
	if err := errors.Join(json.Unmarshal([]byte(want), &a), json.Unmarshal([]byte(got), &b)); err != nil {
		c.t.Fatal(err)
	}
	if m, ok := b.(map[string]any); ok {
		if payload, ok := m["payload"].(map[string]any); ok {
			delete(payload, "extensions")
		}
	}
	if diff := cmp.Diff(a, b); diff != "" {
		c.t.Fatalf("got %s, want %s", got, want)
	}
}

// ExpectClosed expects the socket to be closed with a code and a reason.
func (c *Socket) ExpectClosed(code int, reason string) {
	c.t.Helper()
	if got := c.ExpectClosedFor(code, reason); got != reason {
		c.t.Fatalf("close reason %s; want %s", got, reason)
	}
}

// ExpectClosedFor expects a close reason with a prefix and returns the whole reason.
func (c *Socket) ExpectClosedFor(code int, prefix string) string {
	c.t.Helper()
	text, err := c.Receive()
	closed := websocket.CloseError{}
	if !errors.As(err, &closed) || int(closed.Code) != code || !strings.HasPrefix(closed.Reason, prefix) {
		c.t.Fatalf("got %s, %v; want to be closed with %d %s", text, err, code, prefix)
	}
	return closed.Reason
}
