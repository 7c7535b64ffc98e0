package limits_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
)

// postOverTCP sends a query to a server of its own.
func postOverTCP(t *testing.T, ctx context.Context, h http.Handler, query, accept string) (*http.Response, error) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", accept)
	return server.Client().Do(request)
}

// TestOperationIsStoppedAfterItsTimeout reads hundreds of rows from a slow store.
func TestOperationIsStoppedAfterItsTimeout(t *testing.T) {
	s := graphtest.OpenSample(t)
	for accept, status := range map[string]int{"application/json": 200, "application/graphql-response+json": 503} {
		calls := 0
		slow := graphtest.Hooked(s, func() error { calls++; time.Sleep(40 * time.Millisecond); return nil })
		h := graph.NewHandler(slow, graph.Options{Now: graphtest.Clock, OperationTimeout: 50 * time.Millisecond})
		begun := time.Now()
		answer, err := postOverTCP(t, t.Context(), h, graphtest.ChangesQuery, accept)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		const want = `{"errors":[{"message":"the operation took longer than 50ms and was stopped; request less data","extensions":{"code":"TIMEOUT"}}]}`
		if answer.StatusCode != status || string(text) != want {
			t.Errorf("%s: status %d, %s", accept, answer.StatusCode, text)
		}
		if took := time.Since(begun); took > time.Second || calls > 20 {
			t.Errorf("the operation took %v and %d calls", took, calls)
		}
	}
}

func TestBatchSharesOneTimeout(t *testing.T) {
	slow := graphtest.Hooked(graphtest.OpenSample(t), func() error { time.Sleep(20 * time.Millisecond); return nil })
	h := graph.NewHandler(slow, graph.Options{Now: graphtest.Clock, OperationTimeout: 400 * time.Millisecond})
	one, err := json.Marshal(map[string]string{"query": graphtest.MeetingsQuery})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("["+strings.Repeat(string(one)+",", 9)+string(one)+"]"))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, request)
	if text := answer.Body.String(); !strings.HasPrefix(text, `[{"data":`) || !strings.HasSuffix(text, `"TIMEOUT"}}]}]`) {
		t.Errorf("%s", text)
	}
}

func TestDisconnectStopsTheOperation(t *testing.T) {
	s := graphtest.OpenSample(t)
	ctx, leave := context.WithCancel(t.Context())
	var calls atomic.Int32
	ended := make(chan time.Time, 1)
	h := graphtest.NewHandler(graphtest.Hooked(s, func() error {
		if calls.Add(1) == 1 {
			leave()
		}
		time.Sleep(50 * time.Millisecond) // until the server notices the disconnect
		return nil
	}))
	watched := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r)
		ended <- time.Now()
	})
	answer, err := postOverTCP(t, ctx, watched, graphtest.ChangesQuery, "application/json")
	if err == nil {
		answer.Body.Close()
		t.Fatalf("the disconnected client got status %d", answer.StatusCode)
	}
	left := time.Now()
	if took := (<-ended).Sub(left); took > 100*time.Millisecond || calls.Load() > 1 {
		t.Errorf("the operation went on for %v and %d calls", took, calls.Load())
	}
}
