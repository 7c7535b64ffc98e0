package streaming

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"sync"

	"chancery/graph/internal/codes"
	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// operation is one that runs on a socket.
type operation struct {
	id     string
	size   int64 // bytes of its message, which are held while it runs
	cancel context.CancelFunc

	mu        sync.Mutex // held while a response is written
	completed bool       // by the client: nothing more may be sent for its id
}

// subscribe starts an operation, after verifying the token again: one that was revoked a
// moment ago must not write.
func (s *socket) subscribe(m message) *closeReason {
	session := s.session.Load()
	if session == nil {
		return unauthorized
	}
	if err := session.refresh(s.ctx); err != nil {
		return s.revoked(err)
	}
	params, reason := parseOperation(m.Payload)
	if reason != nil {
		return reason
	}
	params.Headers = s.header
	size := int64(len(m.ID) + len(m.Payload))
	if !s.options.Capacity.StreamRequests.For(s.client).Reserve(size) {
		s.send(errorMessage(m.ID, transport.Overloaded().Errors))
		return nil
	}
	ctx, cancel := context.WithCancel(graphql.StartOperationTrace(transport.WithPosition(session.context(s.ctx), &transport.Position{})))
	o := &operation{id: m.ID, size: size, cancel: cancel}
	switch duplicate, full := s.add(o); {
	case duplicate:
		s.release(o)
		return alreadyExists(m.ID)
	case full:
		s.release(o)
		s.send(tooManyOperations(m.ID, s.options.MaxOperations))
		return nil
	}
	go s.run(ctx, o, params)
	return nil
}

// add registers an operation, unless its id is in use or the socket has as many as
// allowed.
func (s *socket) add(o *operation) (duplicate, full bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[o.id] != nil {
		return true, false
	}
	if s.live >= s.options.MaxOperations {
		return false, true
	}
	s.running[o.id] = o
	s.live++
	s.operations.Add(1)
	return false, false
}

func tooManyOperations(id string, limit int) message {
	return errorMessage(id, gqlerror.List{{
		Message:    fmt.Sprintf("%d operations run on this socket, which is the limit; complete one first", limit),
		Extensions: map[string]any{"code": codes.TooManyOperations},
	}})
}

func errorMessage(id string, errs gqlerror.List) message {
	payload, _ := json.Marshal(errs) // contains strings and numbers only
	return message{ID: id, Type: typeError, Payload: payload}
}

// run executes an operation. Its id is free again before the client learns of its end.
func (s *socket) run(ctx context.Context, o *operation, params *graphql.RawParams) {
	defer s.operations.Done()
	defer s.end(o)
	defer func() {
		if cause := recover(); cause != nil {
			s.options.Logger.ErrorContext(ctx, "an operation panicked", "error", fmt.Sprintf("%v\n%s", cause, debug.Stack()))
			s.operations.Go(func() { s.close(internalError) }) // closing waits for the client
		}
	}()
	last := message{ID: o.id, Type: typeComplete}
	s.options.Execute(ctx, s.exec, params, "", func(response *graphql.Response, isMutation bool) (more bool) {
		buffer := transport.NewResponseBuffer(s.options.Capacity.Buffered.For(s.client), 0)
		defer buffer.Release()
		response, fits := buffer.Add(response, isMutation)
		if response.Data == nil && len(response.Errors) > 0 {
			last = errorMessage(o.id, response.Errors) // the operation was rejected, or ends
			return fits
		}
		payload, err := transport.AppendResponse(nil, response)
		response.Data = nil // the client may be slow, and the payload has it
		if err != nil {
			panic(err)
		}
		s.sendFor(o, message{ID: o.id, Type: typeNext, Payload: payload})
		return true
	})
	if ctx.Err() == nil {
		s.forget(o)
		s.sendFor(o, last)
	}
}

// sendFor sends a message of an operation unless the client has completed it.
func (s *socket) sendFor(o *operation, m message) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.completed {
		s.send(m)
	}
}

// complete ends an operation at the client's request. When it returns, nothing more is
// sent for it.
func (s *socket) complete(id string) {
	s.mu.Lock()
	o := s.running[id]
	delete(s.running, id)
	s.mu.Unlock()
	if o == nil {
		return // it has ended, or never started
	}
	o.cancel()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.completed = true
}

// forget frees the id of an operation.
func (s *socket) forget(o *operation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[o.id] == o {
		delete(s.running, o.id)
	}
}

func (s *socket) end(o *operation) {
	s.forget(o)
	s.release(o)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live--
}

// release frees what an operation holds, whether it ran or not.
func (s *socket) release(o *operation) {
	o.cancel()
	s.options.Capacity.StreamRequests.For(s.client).Release(o.size)
}
