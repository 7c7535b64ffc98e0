package graphtest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/store"
)

// Server is a graph behind an HTTP server.
type Server struct {
	store.Store
	URL string
	T   testing.TB
}

// Serve opens a graph with one transaction and serves it until the test ends.
func Serve(t testing.TB, options graph.Options, middleware ...func(http.Handler) http.Handler) *Server {
	t.Helper()
	s := ServeStore(t, OpenStoreAt(t, time.Now), options, middleware...)
	s.CommitTopics(1)
	return s
}

// ServeStore serves a store until the test ends. Logs are shown if the test fails.
func ServeStore(t testing.TB, s store.Store, options graph.Options, middleware ...func(http.Handler) http.Handler) *Server {
	t.Helper()
	if options.Logger == nil {
		options.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	handler := graph.NewHandler(s, options)
	for _, wrap := range middleware {
		handler = wrap(handler)
	}
	var running sync.WaitGroup // the server does not wait for hijacked connections
	t.Cleanup(running.Wait)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		running.Add(1)
		defer running.Done()
		handler.ServeHTTP(w, r)
	}))
	server.Listener = smallBufferListener{server.Listener}
	server.Start()
	t.Cleanup(server.Close)
	return &Server{s, server.URL, t}
}

// SocketBuffer is the size in bytes of the server's socket buffers. They are small so that
// the server soon notices clients that do not read.
const SocketBuffer = 64 << 10

type smallBufferListener struct{ net.Listener }

func (l smallBufferListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err == nil {
		err = conn.(*net.TCPConn).SetWriteBuffer(SocketBuffer)
	}
	return conn, err
}

// CommitTopics commits n transactions of one topic each.
func (s *Server) CommitTopics(n int) {
	s.T.Helper()
	for range n {
		last, _ := s.Committed()
		Commit(s.T, s.Store, func(w store.Writer) error { return putTopic(w, fmt.Sprintf("topic-%d", last+1)) })
	}
}

// CommitTopicsAtOnce commits one transaction of n topics.
func (s *Server) CommitTopicsAtOnce(n int) {
	s.T.Helper()
	Commit(s.T, s.Store, func(w store.Writer) error {
		for i := range n {
			if err := putTopic(w, fmt.Sprintf("one-of-many-%d", i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func putTopic(w store.Writer, name string) error {
	return w.Put(context.Background(), &diplomacy.Topic{Thing: Thing(name, name)})
}

// Eventually fails the test unless a condition holds within five seconds.
func Eventually(t testing.TB, condition string, holds func() bool) {
	t.Helper()
	for range 500 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s: not after five seconds", condition)
}

// ReadAll returns all of a body.
func ReadAll(t testing.TB, body io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// EightDescriptions selects the description of a topic eight times, to make a response long.
const EightDescriptions = `... on Topic { a:description b:description c:description d:description e:description f:description g:description h:description }`

// CommitLargeTopics commits n transactions whose topic takes 160 kB with
// EightDescriptions.
func (s *Server) CommitLargeTopics(n int) {
	s.T.Helper()
	for i := range n {
		Commit(s.T, s.Store, func(w store.Writer) error {
			topic := &diplomacy.Topic{Thing: Thing(fmt.Sprintf("large-%d", i), fmt.Sprintf("large-%d", i))}
			topic.Description = strings.Repeat("x", 20_000)
			return w.Put(context.Background(), topic)
		})
	}
}

// MemoryAndGoroutines returns the memory of heap and stacks in use, and the number of
// goroutines.
func MemoryAndGoroutines() (bytes int64, goroutines int) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse), runtime.NumGoroutine()
}
