package transport

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
)

// WebSocket takes any number of operations over one socket.
type WebSocket struct{ Options }

var _ graphql.Transport = WebSocket{}

// Supports takes requests to become a WebSocket.
func (WebSocket) Supports(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// Do talks until either side closes the socket, and returns when nothing of it
// runs any more. Only pages of our own origin, and of those named, get a socket:
// browsers let any page ask for one.
func (t WebSocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	client := t.Client(r.Context())
	room := t.Capacity.Streams.Of(client)
	if !room.Take(1) {
		shed(w, plainJSON)
		return
	}
	defer room.Give(1)
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{subprotocol}, InsecureSkipVerify: t.trusts(r.Header.Get("Origin"))})
	if err != nil {
		return // the client has been told
	}
	ctx, cancel := context.WithCancel(r.Context())
	s := &socket{options: t.ofOne(), conn: conn, exec: exec, request: r, client: client, ctx: ctx, cancel: cancel, running: map[string]*operation{}}
	defer s.wait()
	if conn.Subprotocol() != subprotocol {
		s.close(notAcceptable)
		return
	}
	conn.SetReadLimit(t.MaxMessage)
	defer context.AfterFunc(t.Serving, func() { s.close(goingAway) })()
	s.late = time.AfterFunc(t.InitTime, func() { s.close(initTimeout) })
	defer s.late.Stop()
	s.ping = time.AfterFunc(time.Hour, s.keepAlive) // which must not find it unset
	s.ping.Reset(t.KeepAlive)
	defer s.ping.Stop()
	s.read()
}

func (t WebSocket) trusts(origin string) bool {
	return slices.Contains(t.Origins, origin) || slices.Contains(t.Origins, "*")
}

// keepAlive asks whether the client is there, and still who may be.
func (s *socket) keepAlive() {
	if asker := s.asker.Load(); asker != nil {
		if err := asker.look(s.ctx); err != nil {
			s.close(s.dismissal(err))
			return
		}
	}
	ctx, cancel := context.WithTimeout(s.ctx, s.options.WriteTime)
	defer cancel()
	if err := s.conn.Ping(ctx); err != nil {
		_ = s.conn.CloseNow()
		return
	}
	s.ping.Reset(s.options.KeepAlive)
}
