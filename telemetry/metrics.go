package telemetry

import (
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Buckets of durations, in seconds: from a look-up to the time limit of an
// operation, and from a record at hand to a disk that hardly answers.
var (
	operationBuckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
	storeBuckets     = []float64{.00001, .000025, .0001, .00025, .001, .0025, .01, .025, .1, .25, 1, 10}
)

// metrics are those that are counted as things happen; docs/operate.md explains each.
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
		durations:       f.histograms("operation_duration_seconds", "How long queries and mutations took, from reading the document to the answer.", operationBuckets, "operation", "type"),
		costs:           f.histograms("operation_cost", "What queries and mutations cost.", prometheus.ExponentialBuckets(1, 10, 6), "operation"),
		errors:          f.counters("operation_errors_total", "Answers with an error, by its code; one of several codes counts for each.", "operation", "code"),
		used:            f.counters("operation_uses_total", "Operations by who asked: the name and version a client gives of itself.", "operation", "client", "version"),
		refused:         f.counters("operations_refused_total", "Operations that were not executed, by the code of the reason.", "code"),
		running:         f.gauge("operations_running", "Queries and mutations that are being answered."),
		slow:            f.counter("slow_operations_total", "Operations that left a line in the slow log."),
		hits:            f.counter("document_cache_hits_total", "Documents that had been parsed and validated before."),
		misses:          f.counter("document_cache_misses_total", "Documents that had not."),
		responses:       f.counters("http_responses_total", "Answers of /graphql by their HTTP status.", "status"),
		subscribers:     f.gauge("subscribers", "Subscriptions that are open."),
		delivery:        f.histogram("delivery_duration_seconds", "How long it took to make an answer for a subscriber, once its transaction had been read.", operationBuckets),
		ended:           f.counters("subscriptions_ended_total", "Subscriptions that ended, by why.", "reason"),
		dropped:         f.counter("clients_dropped_total", "Streams that were broken off since their client took no answer in time."),
		callDurations:   f.histograms("store_call_duration_seconds", "How long calls of the store took.", storeBuckets, "call"),
		callErrors:      f.counters("store_call_errors_total", "Calls of the store that failed.", "call"),
		commitDurations: f.histogram("commit_duration_seconds", "How long commits took, waiting for their turn and for the disk.", storeBuckets),
		commitRecords:   f.histogram("commit_records", "How many records a commit changed.", prometheus.ExponentialBuckets(1, 4, 10)),
	}
}

// operationMetrics are those of operations of one name and type.
type operationMetrics struct {
	name     string
	duration prometheus.Observer
}

func (m *metrics) ofOperation(n named) operationMetrics {
	return operationMetrics{n.operation, m.durations.WithLabelValues(n.operation, string(n.kind))}
}

func (m *metrics) ofUse(u use) prometheus.Counter {
	return m.used.WithLabelValues(u.operation, u.client, u.version)
}

// factory makes metrics with the program's name before theirs.
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

// registerProcess adds what is told of the program itself.
func registerProcess(registry *prometheus.Registry, version string) {
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "Always 1; its labels say which build this is.",
		ConstLabels: prometheus.Labels{"version": version, "goversion": runtime.Version()},
	})
	build.Set(1)
	registry.MustRegister(build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
}
