package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// operation is one that runs on a socket.
type operation struct {
	id     string
	size   int64 // of what it was asked with, which is held while it runs
	cancel context.CancelFunc

	mu        sync.Mutex // held while an answer is written
	forgotten bool       // by the client: nothing more may be sent under its id
}

// subscribe starts an operation.
func (s *socket) subscribe(m message) *closing {
	asker := s.asker.Load()
	if asker == nil {
		return unauthorized
	}
	params, why := parseOperation(m.Payload)
	if why != nil {
		return why
	}
	params.Headers = s.header
	size := int64(len(m.ID) + len(m.Payload))
	if !s.options.Capacity.Asked.Of(s.client).Take(size) {
		s.send(errorMessage(m.ID, Overloaded().Errors))
		return nil
	}
	ctx, cancel := context.WithCancel(graphql.StartOperationTrace(withPlace(asker.context(s.ctx), &place{})))
	o := &operation{id: m.ID, size: size, cancel: cancel}
	switch taken, full := s.add(o); {
	case taken:
		s.release(o)
		return alreadyExists(m.ID)
	case full:
		s.release(o)
		s.send(tooMany(m.ID, s.options.MaxOperations))
		return nil
	}
	go s.run(ctx, o, params)
	return nil
}

// add makes the operation a running one, unless its id is taken or there are as
// many as there may be.
func (s *socket) add(o *operation) (taken, full bool) {
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

func tooMany(id string, most int) message {
	return errorMessage(id, gqlerror.List{{
		Message:    fmt.Sprintf("%d operations run on this socket, as many as may; complete one first", most),
		Extensions: map[string]any{"code": "TOO_MANY_OPERATIONS"},
	}})
}

func errorMessage(id string, errs gqlerror.List) message {
	payload, _ := json.Marshal(errs) // it holds texts and numbers only
	return message{ID: id, Type: failed, Payload: payload}
}

// run answers an operation. Its id is free before the client reads of its end.
func (s *socket) run(ctx context.Context, o *operation, params *graphql.RawParams) {
	defer s.operations.Done()
	defer s.end(o)
	defer func() {
		if cause := recover(); cause != nil {
			s.options.Logger.ErrorContext(ctx, "an operation panicked", "error", fmt.Sprintf("%v\n%s", cause, debug.Stack()))
			s.operations.Go(func() { s.close(internalError) }) // closing waits for the client
		}
	}()
	last := message{ID: o.id, Type: complete}
	s.options.answer(ctx, s.exec, params, "", func(response *graphql.Response, written bool) (more bool) {
		held := holding{room: s.options.Capacity.Bytes.Of(s.client)}
		defer held.release()
		response, fits := held.take(response, written)
		if response.Data == nil && len(response.Errors) > 0 {
			last = errorMessage(o.id, response.Errors) // it was not executed, or ends
			return fits
		}
		payload, err := appendResponse(nil, response)
		if err != nil {
			panic(err)
		}
		s.tell(o, message{ID: o.id, Type: next, Payload: payload})
		return true
	})
	if ctx.Err() == nil {
		s.drop(o)
		s.tell(o, last)
	}
}

// tell sends a message of an operation that the client still wants.
func (s *socket) tell(o *operation, m message) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.forgotten {
		s.send(m)
	}
}

// forget ends an operation that the client has completed. When it returns,
// nothing more is sent for it.
func (s *socket) forget(id string) {
	s.mu.Lock()
	o := s.running[id]
	delete(s.running, id)
	s.mu.Unlock()
	if o == nil {
		return // it has ended, or never was
	}
	o.cancel()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.forgotten = true
}

// drop makes an operation's id free again.
func (s *socket) drop(o *operation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[o.id] == o {
		delete(s.running, o.id)
	}
}

func (s *socket) end(o *operation) {
	s.drop(o)
	s.release(o)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live--
}

// release lets go of what an operation takes up, whether it ran or not.
func (s *socket) release(o *operation) {
	o.cancel()
	s.options.Capacity.Asked.Of(s.client).Give(o.size)
}
