package examples_test

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// line stands between a client and the server and is as bad as lines are, each way
// once: whoever asks first is told to wait, the answer to what is written gets lost
// when it has been written, and a stream breaks behind its first event.
type line struct {
	address          string
	proxy            *httputil.ReverseProxy
	busy, lost, torn atomic.Bool // whether it has happened
	free             atomic.Int64
	early            atomic.Bool // whether somebody did not wait
	behind           func()      // what happens while the stream is broken
}

// How long a client is told to wait, and by how much its clock may run ahead.
const (
	wait  = time.Second
	ahead = 50 * time.Millisecond
)

// hang hangs a line before the server. While a client does not listen, a neighbour writes.
func hang(t *testing.T, s *server) *line {
	t.Helper()
	target, err := url.Parse(s.address)
	if err != nil {
		t.Fatal(err)
	}
	neighbour := s.token(t, "neighbour")
	l := &line{behind: func() {
		_, err := s.ask(t.Context(), neighbour, `mutation { commit(input: {message: "A topic of the neighbour's", changes: [{putTopic: {name: "Border markets"}}]}) { replayed } }`)
		if err != nil {
			t.Errorf("the neighbour cannot write: %v", err)
		}
	}}
	l.proxy = &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: l.tear,
		ErrorLog:       log.New(io.Discard, "", 0), // it complains of the line
		ErrorHandler:   func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	end := httptest.NewServer(l)
	t.Cleanup(end.Close)
	l.address = end.URL
	return l
}

func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if l.busy.CompareAndSwap(false, true) {
		l.free.Store(time.Now().Add(wait - ahead).UnixNano())
		w.Header().Set("Retry-After", "1")
		http.Error(w, "busy", http.StatusTooManyRequests)
		return
	}
	if time.Now().UnixNano() < l.free.Load() {
		l.early.Store(true)
	}
	if writes(body) && l.lost.CompareAndSwap(false, true) {
		l.proxy.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
	l.proxy.ServeHTTP(w, r)
}

// writes tells a commit from its dry run, however its JSON is spaced.
func writes(body []byte) bool {
	return bytes.Contains(bytes.ReplaceAll(body, []byte(" "), nil), []byte(`"dryRun":false`))
}

// tear is called with each answer of the server, and breaks the first stream.
func (l *line) tear(answer *http.Response) error {
	stream := answer.StatusCode == http.StatusSwitchingProtocols || answer.Header.Get("Content-Type") == "text/event-stream"
	if stream && l.torn.CompareAndSwap(false, true) {
		answer.Body = &brokenStream{ReadCloser: answer.Body, behind: l.behind}
	}
	return nil
}

// check complains of what the client did not live through.
func (l *line) check(t *testing.T) {
	t.Helper()
	if !l.busy.Load() || !l.lost.Load() || !l.torn.Load() {
		t.Errorf("the line was busy: %t, lost the answer to a commit: %t, broke a stream: %t", l.busy.Load(), l.lost.Load(), l.torn.Load())
	}
	if l.early.Load() {
		t.Errorf("the client did not wait for the %v that it was told to", wait)
	}
}

// brokenStream ends without a word once an event has passed.
type brokenStream struct {
	io.ReadCloser
	behind func()
	passed bool
}

func (s *brokenStream) Read(to []byte) (int, error) {
	if s.passed {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := s.ReadCloser.Read(to)
	if bytes.Contains(to[:n], []byte(`"transactions"`)) {
		s.passed = true
		s.behind()
	}
	return n, err
}

// Write is for WebSockets, whose answer is the connection.
func (s *brokenStream) Write(from []byte) (int, error) { return s.ReadCloser.(io.Writer).Write(from) }
