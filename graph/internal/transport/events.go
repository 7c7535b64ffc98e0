package transport

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// events is a stream of server-sent events. Keep-alives come from a timer, so it
// is locked; it needs no goroutine of its own.
type events struct {
	options Options
	cancel  context.CancelFunc // of whoever makes the events

	mu    sync.Mutex
	w     http.ResponseWriter
	rc    *http.ResponseController
	alive *time.Timer
	ended bool
}

// newEvents opens the stream. The server's own deadlines are for requests that end
// soon: that for reading is lifted, since the server reads on to notice when the
// client goes away; that for writing is set anew for each event.
func newEvents(w http.ResponseWriter, options Options, cancel context.CancelFunc) *events {
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // for proxies that would hold events back
	e := &events{options: options, cancel: cancel, w: w, rc: http.NewResponseController(w)}
	_ = e.rc.SetReadDeadline(time.Time{}) // where there are no deadlines, none need lifting
	e.mu.Lock()
	defer e.mu.Unlock()
	e.alive = time.AfterFunc(options.KeepAlive, func() { e.send(":\n\n") })
	e.write(":\n\n")
	return e
}

// send writes an event and puts off the next sign of life. A client that does not
// take it in time has gone.
func (e *events) send(text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended {
		return
	}
	e.write(text)
	e.alive.Reset(e.options.KeepAlive)
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
