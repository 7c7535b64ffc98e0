package streaming

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"chancery/access"
	"chancery/graph/internal/codes"
	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// format is how the pieces of an HTTP stream are written.
type format struct {
	media     string
	start     string
	keepAlive string
	end       string // announces that the stream is complete
	// response formats a response, which is JSON, and its position in a feed.
	response func(response []byte, position string) string
	// streamErrors formats the errors, which are JSON, for which the stream itself ends:
	// they are not a response to the operation.
	streamErrors func(errors []byte) string
}

// eventStream is an HTTP response with more than one GraphQL response. Keep-alives are
// written by a timer, so it is locked; it needs no goroutine of its own.
type eventStream struct {
	format
	options transport.Options
	session *session
	ctx     context.Context // of the operation
	cancel  context.CancelFunc

	mu    sync.Mutex
	w     http.ResponseWriter
	rc    *http.ResponseController
	timer *time.Timer
	ended bool
}

// serveStream sends responses until the operation ends or the client disconnects. A
// client that resumes says with position where it was.
func serveStream(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, options transport.Options, f format, position string) {
	client := options.ClientKey(r.Context())
	body := options.Capacity.StreamRequests.For(client).Reader(r.Body)
	defer body.Release()
	r.Body = body
	params, rejection := transport.ReadOperation(r)
	if rejection != nil {
		transport.Reject(w, r, rejection)
		return
	}
	streamOperation(w, r, exec, params, options, f, position)
}

// streamOperation sends the responses to an operation.
func streamOperation(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, params *graphql.RawParams, options transport.Options, f format, position string) {
	client := options.ClientKey(r.Context())
	slots := options.Capacity.Streams.For(client)
	if !slots.Reserve(1) {
		transport.WriteOverloaded(w, transport.ErrorMedia(r.Header))
		return
	}
	defer slots.Release(1)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(options.ServerContext, cancel)()
	s := &eventStream{
		format: f, options: withOneDrop(options), session: sessionOf(options.Authenticate, r), ctx: ctx, cancel: cancel,
		w: w, rc: http.NewResponseController(w),
	}
	s.open()
	defer s.close()
	s.execute(exec, params, r.Method, client, &transport.Position{Resume: position})
	if ctx.Err() == nil {
		s.send(s.end)
	}
}

// execute sends the responses of an operation. One that does not fit into the response
// buffer ends the stream without a position, so that the client resumes before it.
func (s *eventStream) execute(exec graphql.GraphExecutor, params *graphql.RawParams, method, client string, position *transport.Position) {
	ctx := transport.WithPosition(s.session.context(s.ctx), position)
	s.options.Execute(ctx, exec, params, method, func(response *graphql.Response, isMutation bool) (more bool) {
		buffer := transport.NewResponseBuffer(s.options.Capacity.Buffered.For(client), 0)
		defer buffer.Release()
		response, fits := buffer.Add(response, isMutation)
		if !fits {
			position.Current = ""
		}
		s.next(position.Current, response)
		return fits
	})
}

// open starts the response. The server's deadlines are meant for short requests: the
// read deadline is removed, since the server must notice when the client disconnects; the
// write deadline is set for each piece.
func (s *eventStream) open() {
	header := s.w.Header()
	header.Set("Content-Type", s.media)
	header.Set("Cache-Control", "no-store")
	header.Add("Vary", "Accept")
	header.Set("X-Accel-Buffering", "no") // for proxies that buffer responses
	_ = s.rc.SetReadDeadline(time.Time{}) // fails where there are no deadlines to remove
	s.mu.Lock()
	defer s.mu.Unlock()
	s.timer = time.AfterFunc(s.options.KeepAlive, s.ping)
	s.write(s.start)
}

// next sends a response.
func (s *eventStream) next(position string, response *graphql.Response) {
	text, err := transport.AppendResponse(nil, response)
	response.Data = nil // the client may be slow, and the text has it
	if err != nil {
		s.options.Logger.ErrorContext(s.ctx, "encoding a response failed", "error", err)
		s.cancel()
		return
	}
	s.send(s.response(text, position))
}

// ping verifies the token and sends a keep-alive.
func (s *eventStream) ping() {
	if err := s.session.refresh(s.ctx); err != nil {
		s.terminate(err)
		return
	}
	s.send(s.keepAlive)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.timer.Reset(s.options.KeepAlive)
	}
}

// terminate ends the stream because its token was not verified. If the token was not
// rejected the stream is left incomplete, so that the client reconnects.
func (s *eventStream) terminate(err error) {
	switch {
	case isRejection(err):
		text, _ := json.Marshal(gqlerror.List{{ // contains strings only
			Message: err.Error(), Extensions: map[string]any{"code": codes.Unauthenticated},
		}})
		s.send(s.streamErrors(text) + s.end)
	case !errors.Is(err, access.ErrUnavailable) && s.ctx.Err() == nil:
		s.options.Logger.ErrorContext(s.ctx, "verifying the token of a stream failed", "error", err)
	}
	s.close()
	s.cancel()
}

// send writes a piece. A client that does not receive it in time is disconnected.
func (s *eventStream) send(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.write(text)
	}
}

// write sets a deadline for this piece alone: over HTTP/2 a remaining one would end the
// stream when it passes, even while nothing is written.
func (s *eventStream) write(text string) {
	s.setWriteDeadline()
	_, err := io.WriteString(s.w, text)
	if err == nil {
		err = s.rc.Flush()
	}
	_ = s.rc.SetWriteDeadline(time.Time{})
	if errors.Is(err, os.ErrDeadlineExceeded) {
		s.options.OnDropped()
	}
	if err != nil {
		s.cancel()
	}
}

func (s *eventStream) setWriteDeadline() {
	_ = s.rc.SetWriteDeadline(time.Now().Add(s.options.WriteTimeout))
}

// close stops the keep-alives, since the response must not be written to after its
// handler has returned. The deadline is for the server, which ends the response.
func (s *eventStream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	s.setWriteDeadline()
	s.timer.Stop()
}

// maySendStream reports whether the response to a request may be a stream.
func maySendStream(r *http.Request) bool {
	return r.Header.Get("Upgrade") == "" && r.Method != http.MethodHead
}

// withOneDrop returns the options of one client, for which OnDropped is called once even
// if several of its operations find that it is gone.
func withOneDrop(o transport.Options) transport.Options {
	o.OnDropped = sync.OnceFunc(o.OnDropped)
	return o
}
