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

// faultyProxy stands between a client and the server and injects each fault once: it
// rejects the first request with a delay, drops the response to a commit after the commit,
// and breaks a stream after its first event.
type faultyProxy struct {
	address string
	proxy   *httputil.ReverseProxy

	rejected, dropped, broken atomic.Bool // the faults that were injected

	retryAt      atomic.Int64 // when a rejected client may retry
	retriedEarly atomic.Bool
}

// retryAfter is the delay that a rejected client must wait, clockSkew how much its clock
// may run ahead.
const (
	retryAfter = time.Second
	clockSkew  = 50 * time.Millisecond
)

// startFaultyProxy starts a proxy for the server. While the stream of its client is broken,
// another client writes.
func startFaultyProxy(t *testing.T, s *server) *faultyProxy {
	t.Helper()
	target, err := url.Parse(s.address)
	if err != nil {
		t.Fatal(err)
	}
	token := s.createToken(t, "neighbour")
	write := func() {
		_, err := s.execute(t.Context(), token, `mutation { commit(input: {message: "A topic of the neighbour's", changes: [{putTopic: {name: "Border markets"}}]}) { replayed } }`)
		if err != nil {
			t.Errorf("write while the stream is broken: %v", err)
		}
	}
	p := new(faultyProxy)
	p.proxy = &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: func(response *http.Response) error { p.breakStream(response, write); return nil },
		ErrorLog:       log.New(io.Discard, "", 0), // the injected faults would be logged
		ErrorHandler:   func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	listener := httptest.NewServer(p)
	t.Cleanup(listener.Close)
	p.address = listener.URL
	return p
}

func (p *faultyProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if p.rejected.CompareAndSwap(false, true) {
		p.retryAt.Store(time.Now().Add(retryAfter - clockSkew).UnixNano())
		w.Header().Set("Retry-After", "1")
		http.Error(w, "busy", http.StatusTooManyRequests)
		return
	}
	if time.Now().UnixNano() < p.retryAt.Load() {
		p.retriedEarly.Store(true)
	}
	if isCommit(body) && p.dropped.CompareAndSwap(false, true) {
		p.proxy.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
	p.proxy.ServeHTTP(w, r)
}

// isCommit reports whether a body is a commit that is not a dry run, regardless of
// white space.
func isCommit(body []byte) bool {
	return bytes.Contains(bytes.ReplaceAll(body, []byte(" "), nil), []byte(`"dryRun":false`))
}

// breakStream breaks the first stream among the responses, and calls whileBroken then.
func (p *faultyProxy) breakStream(response *http.Response, whileBroken func()) {
	stream := response.StatusCode == http.StatusSwitchingProtocols || response.Header.Get("Content-Type") == "text/event-stream"
	if stream && p.broken.CompareAndSwap(false, true) {
		response.Body = &brokenStream{ReadCloser: response.Body, whileBroken: whileBroken}
	}
}

// check fails the test if a fault did not occur or the client retried too early.
func (p *faultyProxy) check(t *testing.T) {
	t.Helper()
	if !p.rejected.Load() || !p.dropped.Load() || !p.broken.Load() {
		t.Errorf("faults injected: rejected a request: %t, dropped the response to a commit: %t, broke a stream: %t; want all", p.rejected.Load(), p.dropped.Load(), p.broken.Load())
	}
	if p.retriedEarly.Load() {
		t.Errorf("the client retried before the %v in Retry-After had passed", retryAfter)
	}
}

// brokenStream ends with an error after one event.
type brokenStream struct {
	io.ReadCloser
	whileBroken func()
	ended       bool
}

func (s *brokenStream) Read(buffer []byte) (int, error) {
	if s.ended {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := s.ReadCloser.Read(buffer)
	if bytes.Contains(buffer[:n], []byte(`"transactions"`)) {
		s.ended = true
		s.whileBroken()
	}
	return n, err
}

// Write is needed for WebSockets, whose response body is the connection.
func (s *brokenStream) Write(data []byte) (int, error) { return s.ReadCloser.(io.Writer).Write(data) }
