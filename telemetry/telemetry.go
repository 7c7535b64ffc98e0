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
	// Slow is the duration from which an operation is slow. Default: 1 s; negative
	// for never.
	Slow time.Duration
	// Tracing creates spans. Default: none.
	Tracing trace.TracerProvider
	// Version is the version of this program, for the metric build_info.
	Version string
	// MaxNames is the number of operation names with labels of their own. Default: 200.
	MaxNames int
	// MaxUses is the number of combinations of operation, client and client version
	// with labels of their own. Default: 1,000.
	MaxUses int
}

func (o Options) withDefaults() Options {
	o.Logger = cmp.Or(o.Logger, slog.Default())
	o.Slow = cmp.Or(o.Slow, time.Second)
	o.MaxNames = cmp.Or(o.MaxNames, 200)
	o.MaxUses = cmp.Or(o.MaxUses, 1_000)
	return o
}

// Telemetry records metrics, traces and slow operations of one server and its store. Its
// methods may be called by many goroutines at once; those that wrap or count do nothing
// on a nil Telemetry.
type Telemetry struct {
	options  Options
	registry *prometheus.Registry
	metrics  *metrics
	calls    *[callCount]callMetrics
	names    *limited[named, operationMetrics]
	uses     *limited[use, prometheus.Counter]
	tracer   trace.Tracer // nil without Options.Tracing
}

// New returns a Telemetry with a metrics registry of its own.
func New(options Options) *Telemetry {
	options = options.withDefaults()
	t := &Telemetry{options: options, registry: prometheus.NewRegistry()}
	t.metrics = newMetrics(t.registry)
	t.calls = t.metrics.forCalls()
	t.names = newLimited(options.MaxNames, t.metrics.forOperation)
	t.uses = newLimited(options.MaxUses, t.metrics.forUse)
	if options.Tracing != nil {
		t.tracer = options.Tracing.Tracer("chancery/telemetry")
	}
	registerProcess(t.registry, options.Version)
	return t
}
