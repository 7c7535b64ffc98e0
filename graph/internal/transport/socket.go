package transport

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"chancery/access"
	"chancery/graph/internal/capacity"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
)

// socket is one connection. One goroutine reads from it; each operation has
// another, which writes its own answers.
type socket struct {
	options Options
	conn    *websocket.Conn
	exec    graphql.GraphExecutor
	request *http.Request // that became the socket
	client  string        // it is of, as it was then
	header  http.Header   // of its operations; set when it begins
	ctx     context.Context
	cancel  context.CancelFunc
	late    *time.Timer // closes a socket that does not begin
	ping    *time.Timer
	asker   atomic.Pointer[asker] // nil until the socket begins; set by who reads

	operations sync.WaitGroup
	mu         sync.Mutex
	running    map[string]*operation
	live       int // operations that have not ended, whether still wanted or not
}

// read takes messages until the socket is closed.
func (s *socket) read() {
	for {
		why, err := s.readOne()
		if err != nil {
			return
		}
		if why != nil {
			s.close(why)
			return
		}
	}
}

// readOne takes a message, if there is room for it.
func (s *socket) readOne() (*closing, error) {
	kind, from, err := s.conn.Reader(s.ctx)
	if err != nil {
		return nil, err
	}
	room := s.options.Capacity.Bytes.Of(s.client).Reader(io.NopCloser(from))
	defer room.Release()
	data, err := io.ReadAll(room)
	if errors.Is(err, capacity.ErrFull) {
		return overloaded, nil
	}
	if err != nil {
		return nil, err
	}
	m, why := parse(kind, data)
	if why == nil {
		why = s.take(m)
	}
	return why, nil
}

func (s *socket) take(m message) *closing {
	switch m.Type {
	case connectionInit:
		return s.begin(m.Payload)
	case pingType:
		s.send(message{Type: pongType, Payload: m.Payload})
	case subscribe:
		return s.subscribe(m)
	case complete:
		s.forget(m.ID)
	}
	return nil
}

// begin finds out who is there.
func (s *socket) begin(payload json.RawMessage) *closing {
	if s.asker.Load() != nil {
		return tooManyInits
	}
	s.late.Stop()
	asker, err := s.authenticate(payload)
	if err != nil {
		return s.refusal(err)
	}
	if asker.principal().Role < access.Reader {
		return forbidden
	}
	s.header = identified(s.request.Header, payload)
	s.asker.Store(asker)
	s.send(message{Type: connectionAck})
	return nil
}

// refusal is why somebody is not let in. What is no fault of his is logged, if it is
// one of ours.
func (s *socket) refusal(err error) *closing {
	switch {
	case errors.Is(err, access.ErrUnavailable):
		return tryAgain
	case isNoGood(err):
		return forbidden
	}
	s.options.Logger.ErrorContext(s.ctx, "it could not be found out whose a socket is", "error", err)
	return internalError
}

// dismissal is why somebody who was let in may not stay.
func (s *socket) dismissal(err error) *closing {
	if !isNoGood(err) {
		return s.refusal(err)
	}
	return &closing{forbidden.code, shortened(forbidden.reason+": "+err.Error(), maxReason)}
}

// authenticate finds out who the payload's token is of; who the request is of that
// became the socket, if it gives none.
func (s *socket) authenticate(payload json.RawMessage) (*asker, error) {
	var given map[string]json.RawMessage
	_ = json.Unmarshal(payload, &given) // it is an object, or not there
	for name, value := range given {
		if s.options.Authenticate == nil || !strings.EqualFold(name, "authorization") {
			continue
		}
		var credentials string
		_ = json.Unmarshal(value, &credentials) // what is no text is no token
		scheme, token, _ := strings.Cut(strings.TrimSpace(credentials), " ")
		if !strings.EqualFold(scheme, "Bearer") || strings.TrimSpace(token) == "" {
			return nil, access.ErrUnauthenticated
		}
		ctx, cancel := context.WithTimeout(s.ctx, s.options.InitTime)
		defer cancel()
		token = strings.TrimSpace(token)
		principal, err := s.options.Authenticate.Authenticate(ctx, token)
		return newAsker(s.options.Authenticate, token, principal), err
	}
	return askerOf(s.options.Authenticate, s.request), nil
}

// send writes a message; a client that does not take it in time is dropped.
func (s *socket) send(m message) {
	data, err := json.Marshal(m)
	if err != nil {
		_ = s.conn.CloseNow()
		return
	}
	// Not within s.ctx, of an operation least of all: to cancel a write is to break
	// the connection off.
	limit, cancel := context.WithTimeout(context.Background(), s.options.WriteTime)
	defer cancel()
	err = s.conn.Write(limit, websocket.MessageText, data)
	if limit.Err() != nil { // the connection is broken off then, even if the last byte has just gone
		s.options.Dropped()
	}
	if err != nil {
		s.cancel()
	}
}

// close closes the socket and says why. It may be called by any goroutine; the
// first one counts.
func (s *socket) close(why *closing) {
	_ = s.conn.Close(why.code, why.reason) // the client may have gone first
}

// wait ends what runs, and returns when nothing is left.
func (s *socket) wait() {
	s.cancel()
	s.operations.Wait()
	_ = s.conn.CloseNow()
}
