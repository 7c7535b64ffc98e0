package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"chancery/access"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// events is a stream of server-sent events. Keep-alives come from a timer, so it
// is locked; it needs no goroutine of its own.
type events struct {
	options Options
	asker   *asker
	ctx     context.Context    // of whoever makes the events
	cancel  context.CancelFunc // ends that

	mu    sync.Mutex
	w     http.ResponseWriter
	rc    *http.ResponseController
	alive *time.Timer
	ended bool
}

// newEvents opens the stream. The server's own deadlines are for requests that end
// soon: that for reading is lifted, since the server reads on to notice when the
// client goes away; that for writing is set anew for each event.
func newEvents(ctx context.Context, cancel context.CancelFunc, w http.ResponseWriter, options Options, asker *asker) *events {
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // for proxies that would hold events back
	e := &events{options: options, asker: asker, ctx: ctx, cancel: cancel, w: w, rc: http.NewResponseController(w)}
	_ = e.rc.SetReadDeadline(time.Time{}) // where there are no deadlines, none need lifting
	e.mu.Lock()
	defer e.mu.Unlock()
	e.alive = time.AfterFunc(options.KeepAlive, e.keepAlive)
	e.write(":\n\n")
	return e
}

// keepAlive sends a sign of life, to who still may be answered.
func (e *events) keepAlive() {
	if err := e.asker.look(e.ctx); err != nil {
		e.dismiss(err)
		return
	}
	e.send(":\n\n")
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.ended {
		e.alive.Reset(e.options.KeepAlive)
	}
}

// dismiss ends the stream of who may not be answered any more. Who should come
// back, since he may be later, finds it unfinished.
func (e *events) dismiss(err error) {
	switch {
	case isNoGood(err):
		e.next("", &graphql.Response{Errors: gqlerror.List{{
			Message: err.Error(), Extensions: map[string]any{"code": "UNAUTHENTICATED"},
		}}})
		e.complete()
	case !errors.Is(err, access.ErrUnavailable) && e.ctx.Err() == nil:
		e.options.Logger.ErrorContext(e.ctx, "it could not be found out whose a stream is", "error", err)
	}
	e.end()
	e.cancel()
}

// complete says that there will be no more.
func (e *events) complete() { e.send("event: complete\ndata:\n\n") }

// send writes an event. A client that does not take it in time has gone.
func (e *events) send(text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended {
		return
	}
	e.write(text)
}

func (e *events) write(text string) {
	_ = e.rc.SetWriteDeadline(time.Now().Add(e.options.WriteTime))
	_, err := io.WriteString(e.w, text)
	if err == nil {
		err = e.rc.Flush()
	}
	if err != nil {
		e.cancel()
	}
}

// end stops the signs of life; the response must not be written to when its
// handler has returned.
func (e *events) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ended = true
	e.alive.Stop()
}
