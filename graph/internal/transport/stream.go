package transport

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

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// framing is how a stream is written, piece by piece.
type framing struct {
	media string
	begin string
	alive string // a sign of life
	done  string // says that there will be no more
	// answer frames an answer, which is in JSON, and where in a feed it stands.
	answer func(answer []byte, at string) string
	// dismissal frames why the stream itself ends, which is in JSON too: it is no
	// answer to the operation.
	dismissal func(errors []byte) string
}

// stream is a response that goes on. Signs of life come from a timer, so it is
// locked; it needs no goroutine of its own.
type stream struct {
	framing
	options Options
	asker   *asker
	ctx     context.Context    // of whoever makes the answers
	cancel  context.CancelFunc // ends that

	mu    sync.Mutex
	w     http.ResponseWriter
	rc    *http.ResponseController
	timer *time.Timer
	ended bool
}

// answerStream answers until the operation or the client ends. A client that comes
// back says with last where it stood.
func answerStream(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, options Options, as framing, last string) {
	client := options.Client(r.Context())
	body := options.Capacity.Asked.Of(client).Reader(r.Body)
	defer body.Release()
	r.Body = body
	params, refused := readParams(r)
	if refused != nil {
		refuse(w, mediaForErrors(r.Header), refused)
		return
	}
	room := options.Capacity.Streams.Of(client)
	if !room.Take(1) {
		shed(w, mediaForErrors(r.Header))
		return
	}
	defer room.Give(1)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(options.Serving, cancel)()
	s := &stream{
		framing: as, options: options.ofOne(), asker: askerOf(options.Authenticate, r), ctx: ctx, cancel: cancel,
		w: w, rc: http.NewResponseController(w),
	}
	s.open()
	defer s.end()
	at := &place{last: last}
	options.answer(withPlace(s.asker.context(ctx), at), exec, params, r.Method, func(response *graphql.Response, written bool) (more bool) {
		held := holding{room: options.Capacity.Bytes.Of(client)}
		defer held.release()
		response, fits := held.take(response, written)
		if !fits {
			at.now = "" // the client comes back to where he was
		}
		s.next(at.now, response)
		return fits
	})
	if ctx.Err() == nil {
		s.send(s.done)
	}
}

// open begins the response. The server's own deadlines are for requests that end
// soon: that for reading is lifted, since the server reads on to notice when the
// client goes away; that for writing is set anew for each piece.
func (s *stream) open() {
	header := s.w.Header()
	header.Set("Content-Type", s.media)
	header.Set("Cache-Control", "no-store")
	header.Add("Vary", "Accept")
	header.Set("X-Accel-Buffering", "no") // for proxies that would hold pieces back
	_ = s.rc.SetReadDeadline(time.Time{}) // where there are no deadlines, none need lifting
	s.mu.Lock()
	defer s.mu.Unlock()
	s.timer = time.AfterFunc(s.options.KeepAlive, s.keepAlive)
	s.write(s.begin)
}

// next sends an answer.
func (s *stream) next(at string, response *graphql.Response) {
	text, err := appendResponse(nil, response)
	if err != nil {
		s.options.Logger.ErrorContext(s.ctx, "an answer could not be written as JSON", "error", err)
		s.cancel()
		return
	}
	s.send(s.answer(text, at))
}

// keepAlive sends a sign of life, to who still may be answered.
func (s *stream) keepAlive() {
	if err := s.asker.look(s.ctx); err != nil {
		s.dismiss(err)
		return
	}
	s.send(s.alive)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.timer.Reset(s.options.KeepAlive)
	}
}

// dismiss ends the stream of who may not be answered any more. Who should come
// back, since he may be later, finds it unfinished.
func (s *stream) dismiss(err error) {
	switch {
	case isNoGood(err):
		text, _ := json.Marshal(gqlerror.List{{ // it holds texts only
			Message: err.Error(), Extensions: map[string]any{"code": "UNAUTHENTICATED"},
		}})
		s.send(s.dismissal(text) + s.done)
	case !errors.Is(err, access.ErrUnavailable) && s.ctx.Err() == nil:
		s.options.Logger.ErrorContext(s.ctx, "it could not be found out whose a stream is", "error", err)
	}
	s.end()
	s.cancel()
}

// send writes a piece, whole. A client that does not take it in time has gone.
func (s *stream) send(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.write(text)
	}
}

// write has a deadline for this piece alone: over HTTP/2 one that is left would end
// the stream when it passes, whether something is being written or not.
func (s *stream) write(text string) {
	s.limitWrites()
	_, err := io.WriteString(s.w, text)
	if err == nil {
		err = s.rc.Flush()
	}
	_ = s.rc.SetWriteDeadline(time.Time{})
	if errors.Is(err, os.ErrDeadlineExceeded) {
		s.options.Dropped()
	}
	if err != nil {
		s.cancel()
	}
}

func (s *stream) limitWrites() {
	_ = s.rc.SetWriteDeadline(time.Now().Add(s.options.WriteTime))
}

// end stops the signs of life; the response must not be written to when its
// handler has returned, but for its very end, by the server.
func (s *stream) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	s.limitWrites()
	s.timer.Stop()
}

// mayStream reports whether a request could be answered by a stream.
func mayStream(r *http.Request) bool {
	return r.Header.Get("Upgrade") == "" && r.Method != http.MethodHead
}
