package telemetry

import (
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Buckets of durations, in seconds: from a look-up to the time limit of an operation, and
// from a cached record to a slow disk.
var (
	operationBuckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
	storeBuckets     = []float64{.00001, .000025, .0001, .00025, .001, .0025, .01, .025, .1, .25, 1, 10}
)

// metrics are the metrics that are updated by events; docs/operate.md explains each.
type metrics struct {
	durations, costs               *prometheus.HistogramVec
	errors, used, refused          *prometheus.CounterVec
	running, subscribers           prometheus.Gauge
	slow, hits, misses, dropped    prometheus.Counter
	ended, responses               *prometheus.CounterVec
	delivery                       prometheus.Histogram
	callDurations                  *prometheus.HistogramVec
	callErrors                     *prometheus.CounterVec
	commitDurations, commitRecords prometheus.Histogram
}

func newMetrics(registry *prometheus.Registry) *metrics {
	f := factory{promauto.With(registry)}
	return &metrics{
		durations:       f.histograms("operation_duration_seconds", "Duration of queries and mutations, from parsing to the response.", operationBuckets, "operation", "type"),
		costs:           f.histograms("operation_cost", "Cost of queries and mutations.", prometheus.ExponentialBuckets(1, 10, 6), "operation"),
		errors:          f.counters("operation_errors_total", "Responses with errors, by error code; counted once for each code.", "operation", "code"),
		used:            f.counters("operation_uses_total", "Operations by client name and version.", "operation", "client", "version"),
		refused:         f.counters("operations_refused_total", "Operations that were not executed, by error code.", "code"),
		running:         f.gauge("operations_running", "Queries and mutations that are running."),
		slow:            f.counter("slow_operations_total", "Operations in the slow log."),
		hits:            f.counter("document_cache_hits_total", "Documents found parsed and validated in the cache."),
		misses:          f.counter("document_cache_misses_total", "Documents that had to be parsed and validated."),
		responses:       f.counters("http_responses_total", "Responses of /graphql by HTTP status.", "status"),
		subscribers:     f.gauge("subscribers", "Open subscriptions."),
		delivery:        f.histogram("delivery_duration_seconds", "Duration of making an event for a subscriber, after its transaction was read.", operationBuckets),
		ended:           f.counters("subscriptions_ended_total", "Subscriptions that ended, by reason.", "reason"),
		dropped:         f.counter("clients_dropped_total", "Streams closed because the client read too slowly."),
		callDurations:   f.histograms("store_call_duration_seconds", "Duration of calls of the store.", storeBuckets, "call"),
		callErrors:      f.counters("store_call_errors_total", "Calls of the store that failed.", "call"),
		commitDurations: f.histogram("commit_duration_seconds", "Duration of commits, including the wait for other commits and the disk.", storeBuckets),
		commitRecords:   f.histogram("commit_records", "Records changed per commit.", prometheus.ExponentialBuckets(1, 4, 10)),
	}
}

// operationMetrics are the metrics of operations with one name and type.
type operationMetrics struct {
	name     string
	duration prometheus.Observer
}

func (m *metrics) forOperation(n named) operationMetrics {
	return operationMetrics{n.operation, m.durations.WithLabelValues(n.operation, string(n.kind))}
}

func (m *metrics) forUse(u use) prometheus.Counter {
	return m.used.WithLabelValues(u.operation, u.client, u.version)
}

// factory creates metrics with the prefix chancery_.
type factory struct{ promauto.Factory }

const namespace = "chancery"

func (f factory) counter(name, help string) prometheus.Counter {
	return f.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help})
}

func (f factory) counters(name, help string, labels ...string) *prometheus.CounterVec {
	return f.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

func (f factory) gauge(name, help string) prometheus.Gauge {
	return f.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help})
}

func (f factory) histogram(name, help string, buckets []float64) prometheus.Histogram {
	return f.NewHistogram(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets})
}

func (f factory) histograms(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return f.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, labels)
}

// registerProcess registers the metrics of the process and its build.
func registerProcess(registry *prometheus.Registry, version string) {
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "Always 1; the labels have the version of the build.",
		ConstLabels: prometheus.Labels{"version": version, "goversion": runtime.Version()},
	})
	build.Set(1)
	registry.MustRegister(build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
}
