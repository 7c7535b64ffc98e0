package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/telemetry"
)

// BenchmarkOverhead compares the handler with NewBareHandler, which has the same
// resolvers: on the first query of the README and on a small one, with default options
// and with those of serve (cost report and metrics). Both run in turn, and it reports
// the median of the ratios, which cancels out other load of the machine.
func BenchmarkOverhead(b *testing.B) {
	for _, c := range []struct {
		name    string
		options graph.Options
	}{{"plain", graph.Options{}}, {"served", serveOptions()}} {
		both := newHandlerPair(b, c.options)
		b.Run(c.name+"/deep", func(b *testing.B) { both.compare(b, graphtest.FirstQuery(b), 20) })
		b.Run(c.name+"/small", func(b *testing.B) { both.compare(b, `{ state(by: {slug: "azerbaijan"}) { name } }`, 400) })
	}
}

// serveOptions returns the options of serve that add work to each request.
func serveOptions() graph.Options {
	return graph.Options{ReportCost: true, Telemetry: telemetry.New(telemetry.Options{Logger: graphtest.Warnings})}
}

// TestHandlerAddsFewAllocations: transport, limits, charging and telemetry together add
// less than a twentieth.
func TestHandlerAddsFewAllocations(t *testing.T) {
	both := newHandlerPair(t, serveOptions())
	query := both.request(t, graphtest.FirstQuery(t))
	with := testing.AllocsPerRun(50, func() { timePosts(both.ours, query, 1) })
	without := testing.AllocsPerRun(50, func() { timePosts(both.bare, query, 1) })
	if with > without*1.05 {
		t.Errorf("%v allocations, %v of the bare handler", with, without)
	}
}

// handlerPair serves one store with the whole handler and the bare one.
type handlerPair struct{ ours, bare http.Handler }

func newHandlerPair(t testing.TB, options graph.Options) handlerPair {
	s := graphtest.OpenSample(t)
	options.Now, options.Logger = graphtest.Clock, graphtest.Warnings
	return handlerPair{graph.NewHandler(s, options), graph.NewBareHandler(s, options)}
}

// request returns the body of a query, whose responses must be equal.
func (h handlerPair) request(t testing.TB, query string) []byte {
	t.Helper()
	if a, b := graphtest.Post(t, h.ours, query, nil), graphtest.Post(t, h.bare, query, nil); !bytes.Equal(a, b) || bytes.Contains(a, []byte(`"errors"`)) {
		t.Fatalf("handler: %s\nbare: %s", a, b)
	}
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// compare sends the same number of requests to both handlers in turn, each as often
// first as second, since the first leaves garbage that the second collects.
func (h handlerPair) compare(b *testing.B, query string, turn int) {
	body := h.request(b, query)
	var ratios []float64
	var ours, bare time.Duration
	for b.Loop() {
		var with, without time.Duration
		if len(ratios)%2 == 0 {
			with, without = timePosts(h.ours, body, turn), timePosts(h.bare, body, turn)
		} else {
			without, with = timePosts(h.bare, body, turn), timePosts(h.ours, body, turn)
		}
		ratios = append(ratios, float64(with)/float64(without))
		ours, bare = ours+with, bare+without
	}
	slices.Sort(ratios)
	requests := float64(len(ratios) * turn)
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
	b.ReportMetric(float64(ours.Nanoseconds())/requests, "ns/ours")
	b.ReportMetric(float64(bare.Nanoseconds())/requests, "ns/bare")
	b.ReportMetric(0, "ns/op") // the time of both is meaningless
}

// timePosts posts a body a number of times and returns how long it took.
func timePosts(h http.Handler, query []byte, times int) time.Duration {
	begun := time.Now()
	for range times {
		request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(query))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept", "application/graphql-response+json, application/json")
		h.ServeHTTP(httptest.NewRecorder(), request)
	}
	return time.Since(begun)
}
