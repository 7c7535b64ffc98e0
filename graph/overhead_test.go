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
	"chancery/telemetry"
)

// BenchmarkOverhead asks the sample by turns through the whole handler and through
// gqlgen's bare one with the same resolvers: what the README asks first, and something
// small. It reports the median of the turns' ratios, so that what else the machine does
// cancels out; and both as serve has it, where answers tell their cost and somebody watches.
func BenchmarkOverhead(b *testing.B) {
	for _, c := range []struct {
		name    string
		options graph.Options
	}{{"plain", graph.Options{}}, {"served", asServed()}} {
		both := newBoth(b, c.options)
		b.Run(c.name+"/deep", func(b *testing.B) { both.compare(b, firstQuery(b), 20) })
		b.Run(c.name+"/small", func(b *testing.B) { both.compare(b, `{ state(by: {slug: "azerbaijan"}) { name } }`, 400) })
	}
}

// asServed are the options of serve that make a request dearer.
func asServed() graph.Options {
	return graph.Options{TellCost: true, Telemetry: telemetry.New(telemetry.Options{Logger: faults})}
}

// TestWhatIsAddedAllocatesLittle holds to less than a twentieth what the transport,
// the limits and the clock allocate beside the answer.
func TestWhatIsAddedAllocatesLittle(t *testing.T) {
	both := newBoth(t, asServed())
	query := both.request(t, firstQuery(t))
	with := testing.AllocsPerRun(50, func() { asked(both.ours, query, 1) })
	without := testing.AllocsPerRun(50, func() { asked(both.bare, query, 1) })
	if with > without*1.05 {
		t.Errorf("%v allocations, %v without what is added", with, without)
	}
}

// both serve the same store.
type both struct{ ours, bare http.Handler }

// newBoth makes them, ours with options.
func newBoth(t testing.TB, options graph.Options) both {
	s := openSample(t)
	options.Now, options.Logger = clock, faults
	return both{graph.NewHandler(s, options), graph.NewBareHandler(s, options)}
}

// request is the body that asks a query, which both answer alike.
func (h both) request(t testing.TB, query string) []byte {
	t.Helper()
	if a, b := ask(t, h.ours, query, nil), ask(t, h.bare, query, nil); !bytes.Equal(a, b) || bytes.Contains(a, []byte(`"errors"`)) {
		t.Fatalf("ours: %s\nbare: %s", a, b)
	}
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// compare asks both by turns, of so many requests each, and each as often first as
// second: what the first leaves behind, the second may have to clear away.
func (h both) compare(b *testing.B, query string, turn int) {
	body := h.request(b, query)
	var ratios []float64
	var ours, bare time.Duration
	for b.Loop() {
		var with, without time.Duration
		if len(ratios)%2 == 0 {
			with, without = asked(h.ours, body, turn), asked(h.bare, body, turn)
		} else {
			without, with = asked(h.bare, body, turn), asked(h.ours, body, turn)
		}
		ratios = append(ratios, float64(with)/float64(without))
		ours, bare = ours+with, bare+without
	}
	slices.Sort(ratios)
	requests := float64(len(ratios) * turn)
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
	b.ReportMetric(float64(ours.Nanoseconds())/requests, "ns/ours")
	b.ReportMetric(float64(bare.Nanoseconds())/requests, "ns/bare")
	b.ReportMetric(0, "ns/op") // of both together: nothing to know
}

// asked posts a query so many times and says how long it took.
func asked(h http.Handler, query []byte, times int) time.Duration {
	begun := time.Now()
	for range times {
		request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(query))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept", "application/graphql-response+json, application/json")
		h.ServeHTTP(httptest.NewRecorder(), request)
	}
	return time.Since(begun)
}
