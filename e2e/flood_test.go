package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/server"

	"github.com/99designs/gqlgen/graphql/introspection"
)

// flood is the number of concurrent requests.
const flood = 2_000

// TestFloodIsShed sends far more expensive operations, and documents that take long to
// validate, than the server has capacity for. Memory stays bounded, cheap requests and
// probes are answered or get 503 at once, and afterwards the server is as before.
func TestFloodIsShed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	url := serveFlooded(t)
	crowd := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: flood, DisableCompression: true}}
	light := &lightClient{url: url, client: &http.Client{Transport: &http.Transport{}}, statuses: map[int]int{}}
	if status, _ := light.probe(t); status != http.StatusOK {
		t.Fatalf("before the flood: status %d", status)
	}
	if status := pose(t, light.client, url, introspection.Query); status != http.StatusOK { // whose document is cached from here on
		t.Fatalf("before the flood: status %d", status)
	}
	before := runtime.NumGoroutine()
	peak, stop := watchHeap()
	heavy := send2000(t, crowd, url)
	light.probeUntil(t, heavy.done)
	stop()
	t.Logf("heavy: %d answered, %d shed; light: %v, the slowest in %v; the heap grew to %d MB",
		heavy.answered.Load(), heavy.shed.Load(), light.statuses, light.slowest, peak.Load()>>20)
	heavy.check(t)
	light.check(t)
	// Concurrency grows with the processors; the clients are in this process, too.
	if peak.Load() > uint64(256+128*runtime.GOMAXPROCS(0))<<20 {
		t.Errorf("the heap grew to %d MB", peak.Load()>>20)
	}
	crowd.CloseIdleConnections()
	expectGoroutines(t, before+20)
	if status, took := light.probe(t); status != http.StatusOK || took > time.Second {
		t.Errorf("after the flood: status %d in %v", status, took)
	}
}

// lightClient sends cheap requests and records their statuses.
type lightClient struct {
	url      string
	client   *http.Client
	statuses map[int]int
	slowest  time.Duration
}

func (c *lightClient) probe(t *testing.T) (int, time.Duration) {
	begun := time.Now()
	return pose(t, c.client, c.url, `{ person(by: {slug: "elmar-mammadyarov"}) { name } }`), time.Since(begun)
}

// probeUntil sends cheap requests and asks for the health until done is closed.
func (c *lightClient) probeUntil(t *testing.T, done <-chan struct{}) {
	for over := false; !over; {
		select {
		case <-done:
			over = true
		case <-time.After(20 * time.Millisecond):
		}
		status, took := c.probe(t)
		c.statuses[status]++
		c.slowest = max(c.slowest, took)
		if health := statusOf(t, c.client, strings.TrimSuffix(c.url, server.Path)+"/healthz"); health != http.StatusOK {
			t.Errorf("/healthz returns %d", health)
		}
	}
}

// check fails unless some requests were answered, the others got 503, and all were fast.
func (c *lightClient) check(t *testing.T) {
	t.Helper()
	const long = 10 * time.Second // on a machine with other things to do
	other := maps.Clone(c.statuses)
	delete(other, http.StatusOK)
	delete(other, http.StatusServiceUnavailable)
	if c.statuses[http.StatusOK] == 0 || len(other) > 0 || c.slowest > long {
		t.Errorf("light requests were answered %v, the slowest in %v", c.statuses, c.slowest)
	}
}

// expectGoroutines fails if there are still more goroutines after a few seconds.
func expectGoroutines(t *testing.T, most int) {
	t.Helper()
	for range 500 {
		if runtime.NumGoroutine() <= most {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines after the flood, want at most %d", runtime.NumGoroutine(), most)
}

// serveFlooded serves the sample with the limits of the program.
func serveFlooded(t *testing.T) (url string) {
	t.Helper()
	kept := openSample(t)
	s, url := newServer(t, &access.TokenAuthenticator{AllowAnonymous: true}, slog.New(slog.DiscardHandler))
	s.Ready(server.Graph{Handler: graph.NewHandler(kept, graph.Options{ReportCost: true})})
	return url
}

// outcome counts the responses to a flood.
type outcome struct {
	answered, shed, other atomic.Int64
	done                  chan struct{}
}

// check fails unless some of the flood was answered, and all the rest shed.
func (o *outcome) check(t *testing.T) {
	t.Helper()
	if o.answered.Load() == 0 || o.shed.Load() == 0 || o.other.Load() > 0 {
		t.Errorf("of the flood %d were answered, %d shed, and %d failed otherwise", o.answered.Load(), o.shed.Load(), o.other.Load())
	}
}

// send2000 sends the flood: half of the clients query the whole schema, the others each
// send another document that takes long to validate.
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

// pose posts a query and returns the status, or 0 without a response. It fails if a 503 has
// no Retry-After.
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
		t.Error("a 503 has no Retry-After")
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

// watchHeap records the peak of the heap until it is stopped.
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
