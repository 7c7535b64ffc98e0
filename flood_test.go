package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chancery/graph"

	"github.com/99designs/gqlgen/graphql/introspection"
)

// flood is how many come at once.
const flood = 2_000

// TestAFloodIsShed sends heavy operations and documents that take long to validate,
// far more than there is room for. Memory stays bounded, light requests are answered
// or told at once to come back, probes are answered, and afterwards all is as before.
func TestAFloodIsShed(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	const long = 10 * time.Second // on a machine with other things to do
	url := serveFlooded(t)
	crowd := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: flood, DisableCompression: true}}
	light := &http.Client{Transport: &http.Transport{}}
	probe := func() (int, time.Duration) {
		begun := time.Now()
		return pose(t, light, url+"/graphql", `{ person(by: {slug: "elmar-mammadyarov"}) { name } }`), time.Since(begun)
	}
	if status, _ := probe(); status != http.StatusOK {
		t.Fatalf("before the flood: status %d", status)
	}
	if status := pose(t, light, url+"/graphql", introspection.Query); status != http.StatusOK { // which is known from here on
		t.Fatalf("before the flood: status %d", status)
	}
	before := runtime.NumGoroutine()
	peak, stop := watchHeap()
	statuses := send2000(t, crowd, url+"/graphql")
	slowest, answered := time.Duration(0), map[int]int{}
	for over := false; !over; {
		select {
		case <-statuses.done:
			over = true
		case <-time.After(20 * time.Millisecond):
		}
		status, took := probe()
		answered[status]++
		slowest = max(slowest, took)
		if health := statusOf(t, light, url+"/healthz"); health != http.StatusOK {
			t.Errorf("/healthz says %d", health)
		}
	}
	stop()
	t.Logf("heavy: %d answered, %d shed; light: %v, the slowest in %v; the heap grew to %d MB",
		statuses.answered.Load(), statuses.shed.Load(), answered, slowest, peak.Load()>>20)
	if statuses.answered.Load() == 0 || statuses.shed.Load() == 0 || statuses.other.Load() > 0 {
		t.Errorf("of the flood %d were answered, %d shed, and %d got something else", statuses.answered.Load(), statuses.shed.Load(), statuses.other.Load())
	}
	if answered[200] == 0 || len(answered) > 2 || len(answered) == 2 && answered[503] == 0 || slowest > long {
		t.Errorf("light requests were answered %v, the slowest in %v", answered, slowest)
	}
	// What runs at once grows with the processors; the clients are in here, too.
	if peak.Load() > uint64(256+128*runtime.GOMAXPROCS(0))<<20 {
		t.Errorf("the heap grew to %d MB", peak.Load()>>20)
	}
	crowd.CloseIdleConnections()
	for range 500 {
		if runtime.NumGoroutine() <= before+20 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before+20 {
		t.Errorf("%d goroutines before the flood, %d after it", before, after)
	}
	if status, took := probe(); status != http.StatusOK || took > time.Second {
		t.Errorf("after the flood: status %d in %v", status, took)
	}
}

// serveFlooded serves the sample as the program does.
func serveFlooded(t *testing.T) (url string) {
	t.Helper()
	kept := openSample(t)
	s, url := newTestSite(t, io.Discard)
	s.gate.open(graph.NewHandler(kept, graph.Options{TellCost: true}))
	return url
}

// outcome counts what became of a flood.
type outcome struct {
	answered, shed, other atomic.Int64
	done                  chan struct{}
}

// send2000 sends the flood: every other client asks for the whole schema, the others
// send a document of their own that keeps a validator busy.
func send2000(t *testing.T, client *http.Client, url string) *outcome {
	o := &outcome{done: make(chan struct{})}
	var clients sync.WaitGroup
	for i := range flood {
		query := introspection.Query
		if i%2 == 1 {
			query = fmt.Sprintf("# %d\n{ events { nodes { %s } } }", i, strings.Repeat("name ", 1_900))
		}
		clients.Go(func() {
			switch status := pose(t, client, url, query); status {
			case http.StatusOK:
				o.answered.Add(1)
			case http.StatusServiceUnavailable:
				o.shed.Add(1)
			default:
				o.other.Add(1)
			}
		})
	}
	go func() { clients.Wait(); close(o.done) }()
	return o
}

// pose posts a query and gives the status; 0 if there was no answer. One that is shed
// says when to come back.
func pose(t *testing.T, client *http.Client, url, query string) int {
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Error(err)
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	if answer.StatusCode == http.StatusServiceUnavailable && answer.Header.Get("Retry-After") == "" {
		t.Error("a 503 does not say when to come back")
	}
	return answer.StatusCode
}

func statusOf(t *testing.T, client *http.Client, url string) int {
	answer, err := client.Get(url)
	if err != nil {
		t.Error(err)
		return 0
	}
	answer.Body.Close()
	return answer.StatusCode
}

// watchHeap looks at how much the heap holds until it is stopped.
func watchHeap() (peak *atomic.Uint64, stop func()) {
	peak, ended := new(atomic.Uint64), make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapAlloc))
			select {
			case <-ended:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
	return peak, func() { close(ended); watching.Wait() }
}
