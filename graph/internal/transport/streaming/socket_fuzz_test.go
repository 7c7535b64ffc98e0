package streaming_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"

	"github.com/coder/websocket"
)

// FuzzSocket sends a message before and after connection_init, as an administrator. The
// response must be JSON or a close code of the protocol, within seconds and without an
// internal error.
func FuzzSocket(f *testing.F) {
	dialogues, err := os.ReadFile("testdata/protocol.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(dialogues)) {
		if said, is := strings.CutPrefix(line, "> "); is {
			f.Add(strings.TrimSpace(said))
		}
	}
	f.Add("{\"type\": \"ping\", \"payload\": {\"a\": \"\xff\"}}")
	f.Add(`{"type": "subscribe", "id": "a", "payload": {"query": "query($b: EventBy!) { event(by: $b) { id } }", "variables": {"b": {"slug": null, "id": "x"}}}}`)
	kept := serve(f, graph.Options{}).Store
	var faults atomic.Int32
	log := slog.New(slog.NewTextHandler(writerFunc(func(line []byte) {
		if bytes.Contains(line, []byte("level=ERROR")) {
			faults.Add(1)
		}
	}), nil))
	dial := inMemory(f, graphtest.As(access.Principal{Role: access.Admin})(graph.NewHandler(kept, graph.Options{Logger: log})))
	f.Fuzz(func(t *testing.T, text string) {
		for _, begins := range []bool{false, true} {
			exchangeMessages(t, dial, text, begins)
		}
		if faults.Load() > 0 {
			t.Error("an internal error was logged")
		}
	})
}

// writerFunc is a writer that calls a function.
type writerFunc func([]byte)

func (w writerFunc) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}

// inMemory serves without a network, which would run out of ports, and returns a client.
func inMemory(f *testing.F, h http.Handler) *http.Client {
	listener := pipeListener{make(chan net.Conn), make(chan bool)}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	f.Cleanup(func() { server.Close() })
	return &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		listener.conns <- theirs
		return ours, nil
	}}}
}

// pipeListener is a listener whose connections come from a channel.
type pipeListener struct {
	conns  chan net.Conn
	closed chan bool
}

func (p pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p pipeListener) Close() error   { close(p.closed); return nil }
func (p pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// exchangeMessages sends a text and reads responses until the socket answers a last ping or is
// closed.
func exchangeMessages(t *testing.T, by *http.Client, text string, begins bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "http://memory", &websocket.DialOptions{HTTPClient: by, Subprotocols: []string{graphtest.Subprotocol}}) //nolint:bodyclose // Dial leaves none to close
	if err != nil {
		t.Fatal(err)
	}
	said := []string{text, `{"type": "ping", "payload": {"last": true}}`}
	if begins {
		said = append([]string{`{"type": "connection_init"}`}, said...)
	}
	var saying sync.WaitGroup // while it is read: nothing is kept on the way
	defer saying.Wait()
	defer conn.CloseNow()
	saying.Go(func() {
		for _, one := range said {
			if conn.Write(ctx, websocket.MessageText, []byte(one)) != nil {
				return // the socket is closed, which the reader notices
			}
		}
	})
	for {
		_, heard, err := conn.Read(ctx)
		if code := websocket.CloseStatus(err); code == 1007 || code >= 4400 && code < 4500 {
			return
		}
		if err != nil || !json.Valid(heard) {
			t.Fatalf("%q: response %q, %v", text, heard, err)
		}
		if bytes.Contains(heard, []byte(`{"last":true}`)) || bytes.Contains(heard, []byte(`{"last": true}`)) {
			return
		}
	}
}
