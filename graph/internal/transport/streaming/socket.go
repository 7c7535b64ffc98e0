package streaming

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"chancery/graph/internal/capacity"
	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
)

// socket is one WebSocket. One goroutine reads from it; each operation has another, which
// writes its responses.
type socket struct {
	options   transport.Options
	conn      *websocket.Conn
	exec      graphql.GraphExecutor
	request   *http.Request // the upgrade
	client    string        // the key of the upgrade's client
	header    http.Header   // of operations; set by connection_init
	ctx       context.Context
	cancel    context.CancelFunc
	initTimer *time.Timer // closes a socket without connection_init
	pingTimer *time.Timer
	session   atomic.Pointer[session] // nil until connection_init; set by the reader

	operations sync.WaitGroup
	mu         sync.Mutex
	running    map[string]*operation
	live       int // operations that have not ended, including completed ones
}

// read handles messages until the socket is closed.
func (s *socket) read() {
	for {
		reason, err := s.readMessage()
		if err != nil {
			return
		}
		if reason != nil {
			s.close(reason)
			return
		}
	}
}

// readMessage reads and handles a message if the quota of buffered bytes allows it.
func (s *socket) readMessage() (*closeReason, error) {
	kind, from, err := s.conn.Reader(s.ctx)
	if err != nil {
		return nil, err
	}
	limited := s.options.Capacity.Buffered.For(s.client).Reader(io.NopCloser(from))
	defer limited.Release()
	data, err := io.ReadAll(limited)
	if errors.Is(err, capacity.ErrFull) {
		return overloaded, nil
	}
	if err != nil {
		return nil, err
	}
	m, reason := parseMessage(kind, data)
	if reason == nil {
		reason = s.handle(m)
	}
	return reason, nil
}

func (s *socket) handle(m message) *closeReason {
	switch m.Type {
	case typeConnectionInit:
		return s.initialize(m.Payload)
	case typePing:
		s.send(message{Type: typePong, Payload: m.Payload})
	case typeSubscribe:
		return s.subscribe(m)
	case typeComplete:
		s.complete(m.ID)
	}
	return nil
}

// send writes a message; a client that does not receive it in time is disconnected.
func (s *socket) send(m message) {
	data, err := json.Marshal(m)
	if err != nil {
		_ = s.conn.CloseNow()
		return
	}
	// Not derived from s.ctx or an operation's context: cancelling a write breaks the
	// connection.
	limit, cancel := context.WithTimeout(context.Background(), s.options.WriteTimeout)
	defer cancel()
	err = s.conn.Write(limit, websocket.MessageText, data)
	if limit.Err() != nil { // the connection is broken, even if the last byte was just written
		s.options.OnDropped()
	}
	if err != nil {
		s.cancel()
	}
}

// close closes the socket with a reason. It may be called concurrently; the first call
// counts.
func (s *socket) close(reason *closeReason) {
	_ = s.conn.Close(reason.code, reason.text) // fails if the client has closed it before
}

// wait cancels all operations and returns when they have ended.
func (s *socket) wait() {
	s.cancel()
	s.operations.Wait()
	_ = s.conn.CloseNow()
}
