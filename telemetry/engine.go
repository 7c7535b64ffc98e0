package telemetry

import (
	"chancery/store"

	"github.com/prometheus/client_golang/prometheus"
)

// engine collects the statistics of a store when metrics are scraped.
type engine struct {
	measured store.Measured
	figures  []figure
	flushes  *prometheus.Desc
}

// figure is one number of store.Stats.
type figure struct {
	*prometheus.Desc
	kind prometheus.ValueType
	of   func(store.Stats) float64
}

func newEngine(measured store.Measured) *engine {
	describe := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, nil, nil)
	}
	counter, gauge := prometheus.CounterValue, prometheus.GaugeValue
	return &engine{measured, []figure{
		{describe("file_bytes", "Size of the file."), gauge, func(s store.Stats) float64 { return float64(s.FileBytes) }},
		{describe("file_free_bytes", "Free space in the file that commits use before it grows."), gauge, func(s store.Stats) float64 { return float64(s.FreeBytes) }},
		{describe("snapshots_open", "Open snapshots."), gauge, func(s store.Stats) float64 { return float64(s.OpenSnapshots) }},
		{describe("flushed_commits_total", "Commits flushed to disk."), counter, func(s store.Stats) float64 { return float64(s.Flushed) }},
		{describe("record_cache_hits_total", "Records found decoded in the cache."), counter, func(s store.Stats) float64 { return float64(s.DecodedHits) }},
		{describe("record_cache_misses_total", "Records that had to be decoded."), counter, func(s store.Stats) float64 { return float64(s.DecodedMisses) }},
		{describe("record_cache_entries", "Decoded records in the cache."), gauge, func(s store.Stats) float64 { return float64(s.DecodedKept) }},
		{describe("store_broken", "1 if the server must be restarted before anything can be written."), gauge, func(s store.Stats) float64 { return float64(one(s.Broken)) }},
	}, describe("flush_duration_seconds", "Number and total duration of flushes to disk; concurrent commits share one.")}
}

func one(is bool) (n int) {
	if is {
		n = 1
	}
	return n
}

// Describe implements prometheus.Collector.
func (e *engine) Describe(to chan<- *prometheus.Desc) {
	for _, f := range e.figures {
		to <- f.Desc
	}
	to <- e.flushes
}

// Collect implements prometheus.Collector.
func (e *engine) Collect(to chan<- prometheus.Metric) {
	stats := e.measured.Stats()
	for _, f := range e.figures {
		to <- prometheus.MustNewConstMetric(f.Desc, f.kind, f.of(stats))
	}
	to <- prometheus.MustNewConstSummary(e.flushes, stats.Flushes, stats.FlushTime.Seconds(), nil)
}
