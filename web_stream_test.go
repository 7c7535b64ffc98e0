package main

import (
	"bytes"
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

// TestStoppingEndsStreams stops while streams are followed that would never finish,
// one of them over a socket, of which net/http knows nothing.
func TestStoppingEndsStreams(t *testing.T) {
	var log bytes.Buffer
	s, url := newTestSite(t, &log)
	running := make(chan bool)
	var left atomic.Int32
	s.gate.open(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
		<-s.serving.Done()
		time.Sleep(50 * time.Millisecond) // of saying goodbye
	}))
	ctx, signal := context.WithCancel(t.Context())
	stopped := make(chan error)
	go func() { stopped <- s.wait(ctx) }()
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
	if took := time.Since(begun); took > finishTime/2 {
		t.Errorf("stopping took %v", took)
	}
	if n := left.Load(); n != 0 {
		t.Errorf("%d requests are left", n)
	}
}
