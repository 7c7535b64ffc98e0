package server

import (
	"bytes"
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

// TestShutdownEndsStreams shuts down while streams are open, one of them on a hijacked
// connection, which net/http does not count.
func TestShutdownEndsStreams(t *testing.T) {
	var log bytes.Buffer
	s, url := newServer(t, &log)
	running := make(chan bool)
	var left atomic.Int32
	s.Ready(Graph{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		left.Add(1)
		defer left.Add(-1)
		if r.Method == http.MethodGet {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
		}
		running <- true
		<-s.streams.Done()
		time.Sleep(50 * time.Millisecond) // to close the stream
	})})
	ctx, signal := context.WithCancel(t.Context())
	stopped := make(chan error)
	go func() { stopped <- s.Wait(ctx) }()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		request, err := http.NewRequestWithContext(t.Context(), method, url+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			if answer, err := http.DefaultClient.Do(request); err == nil {
				answer.Body.Close()
			}
		}()
		<-running
	}
	begun := time.Now()
	signal()
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if took := time.Since(begun); took > drainTime/2 {
		t.Errorf("the shutdown took %v", took)
	}
	if n := left.Load(); n != 0 {
		t.Errorf("%d requests are still running", n)
	}
}
