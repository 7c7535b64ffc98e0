package telemetry

import (
	"cmp"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
)

// Options of a Telemetry; the zero value is the documented default.
type Options struct {
	// Logger receives a line for each slow operation. Default: slog.Default().
	Logger *slog.Logger
	// Slow is from how long on an operation is slow. Default: 1 s; negative for
	// never.
	Slow time.Duration
	// Tracing makes the spans. Default: there are none.
	Tracing trace.TracerProvider
	// Version is that of this program, for the metric of the build.
	Version string
	// MaxNames is how many names of operations are told apart. Default: 200.
	MaxNames int
	// MaxUses is how many uses are told apart: an operation by a version of a
	// client. Default: 1,000.
	MaxUses int
}

func (o Options) withDefaults() Options {
	o.Logger = cmp.Or(o.Logger, slog.Default())
	o.Slow = cmp.Or(o.Slow, time.Second)
	o.MaxNames = cmp.Or(o.MaxNames, 200)
	o.MaxUses = cmp.Or(o.MaxUses, 1_000)
	return o
}

// Telemetry watches one server and its store. Its methods may be called by many goroutines at
// once; those of a nil Telemetry watch nothing.
type Telemetry struct {
	options  Options
	registry *prometheus.Registry
	metrics  *metrics
	calls    *[callCount]callMetrics
	names    *kept[named, operationMetrics]
	uses     *kept[use, prometheus.Counter]
	tracer   trace.Tracer // nil where there are no spans
}

// New makes one, with metrics of its own.
func New(options Options) *Telemetry {
	options = options.withDefaults()
	t := &Telemetry{options: options, registry: prometheus.NewRegistry()}
	t.metrics = newMetrics(t.registry)
	t.calls = t.metrics.ofCalls()
	t.names = keep(options.MaxNames, t.metrics.ofOperation)
	t.uses = keep(options.MaxUses, t.metrics.ofUse)
	if options.Tracing != nil {
		t.tracer = options.Tracing.Tracer("chancery/telemetry")
	}
	registerProcess(t.registry, options.Version)
	return t
}
