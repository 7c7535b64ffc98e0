package streaming

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
)

// compressionThreshold is the size in bytes from which messages are compressed for clients
// that offer permessage-deflate: below, it takes more time than it saves. No dictionary is
// kept between messages, which would take memory for each open socket.
const compressionThreshold = 4 << 10

// WebSocket carries any number of operations over one WebSocket.
type WebSocket struct{ transport.Options }

var _ graphql.Transport = WebSocket{}

// Supports accepts requests to upgrade to a WebSocket.
func (WebSocket) Supports(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// Do serves the socket until either side closes it, and returns when all its operations
// have ended. It accepts pages of the server's own and of the configured origins only,
// since browsers let any page open a WebSocket.
func (t WebSocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	client := t.ClientKey(r.Context())
	slots := t.Capacity.Streams.For(client)
	if !slots.Reserve(1) {
		transport.WriteOverloaded(w, transport.PlainJSON)
		return
	}
	defer slots.Release(1)
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols: []string{subprotocol}, InsecureSkipVerify: t.isAllowed(r.Header.Get("Origin")),
		CompressionMode: websocket.CompressionNoContextTakeover, CompressionThreshold: compressionThreshold,
	})
	if err != nil {
		return // Accept has sent a response
	}
	ctx, cancel := context.WithCancel(r.Context())
	s := &socket{options: withOneDrop(t.Options), conn: conn, exec: exec, request: r, client: client, ctx: ctx, cancel: cancel, running: map[string]*operation{}}
	defer s.wait()
	if conn.Subprotocol() != subprotocol {
		s.close(notAcceptable)
		return
	}
	conn.SetReadLimit(t.MaxMessageBytes)
	defer context.AfterFunc(t.ServerContext, func() { s.close(goingAway) })()
	s.initTimer = time.AfterFunc(t.InitTimeout, func() { s.close(initTimeout) })
	defer s.initTimer.Stop()
	s.pingTimer = time.AfterFunc(time.Hour, s.keepAlive) // started only after it is assigned
	s.pingTimer.Reset(t.KeepAlive)
	defer s.pingTimer.Stop()
	s.read()
}

func (t WebSocket) isAllowed(origin string) bool {
	return slices.Contains(t.Origins, origin) || slices.Contains(t.Origins, "*")
}

// keepAlive verifies the token again and pings the client.
func (s *socket) keepAlive() {
	if session := s.session.Load(); session != nil {
		if err := session.refresh(s.ctx); err != nil {
			s.close(s.revoked(err))
			return
		}
	}
	ctx, cancel := context.WithTimeout(s.ctx, s.options.WriteTimeout)
	defer cancel()
	if err := s.conn.Ping(ctx); err != nil {
		_ = s.conn.CloseNow()
		return
	}
	s.pingTimer.Reset(s.options.KeepAlive)
}
