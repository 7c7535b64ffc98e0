package charging_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
)

// peakOf returns how much the heap grows while a function runs.
func peakOf(do func()) (peak uint64) {
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	done := make(chan bool)
	go func() { defer close(done); do() }()
	for {
		select {
		case <-done:
			return peak
		case <-time.After(time.Millisecond):
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
		}
	}
}

// TestMemoryOfOperationsIsBounded requests long texts, many times each.
func TestMemoryOfOperationsIsBounded(t *testing.T) {
	s := graphtest.OpenStore(t)
	graphtest.WriteHub(t, s, 3_000)
	const query = `{ sources { nodes { %s } } }`
	snapshots := func(n int) string { return fmt.Sprintf(query, graphtest.Repeat("a%d: snapshot ", n)) }
	options := graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true, Limits: graph.Limits{Memory: 1 << 20}}
	h := graph.NewHandler(s, options)
	if got, w := graphtest.PostForCost(t, h, snapshots(20)); len(got.Errors) > 0 || w.Body.Len() < 600_000 {
		t.Errorf("below the limit: %v", got.Errors)
	}
	var got graphtest.CostResponse
	peak := peakOf(func() { got, _ = graphtest.PostForCost(t, h, snapshots(99)) })
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "LIMIT" || !strings.Contains(got.Errors[0].Message, "more than 1024 KiB of memory") || got.Extensions.Cost.Spent < 500 {
		t.Errorf("beyond the limit: %v %+v", got.Errors, got.Extensions.Cost)
	}
	if peak > 8<<20 {
		t.Errorf("the operation took %d bytes", peak)
	}
	options.Limits.Memory, options.Capacity.OperationBytes = 0, 1<<20
	if got, _ := graphtest.PostForCost(t, graph.NewHandler(s, options), snapshots(99)); len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "OVERLOADED" {
		t.Errorf("beyond what the server has: %v", got.Errors)
	}
	h = graph.NewHandler(s, options)
	for range 10 { // memory is given back
		if got, _ := graphtest.PostForCost(t, h, snapshots(20)); len(got.Errors) > 0 {
			t.Fatal(got.Errors)
		}
	}
}
