package graph_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
	"chancery/telemetry"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// observedHandler is a handler with telemetry.
type observedHandler struct {
	http.Handler
	by    *telemetry.Telemetry
	spans *tracetest.SpanRecorder
}

func newObservedHandler(s store.Store, options graph.Options) observedHandler {
	spans := tracetest.NewSpanRecorder()
	by := telemetry.New(telemetry.Options{Logger: graphtest.Warnings, Tracing: sdk.NewTracerProvider(sdk.WithSpanProcessor(spans))})
	options.Now, options.Logger, options.Telemetry = graphtest.Clock, graphtest.Warnings, by
	return observedHandler{graph.NewHandler(s, options), by, spans}
}

func (s observedHandler) hasMetric(line string) bool {
	answer := httptest.NewRecorder()
	s.by.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return strings.Contains(answer.Body.String(), "\n"+line+"\n")
}

// TestTelemetryCountsEachRejection: rejections before the operation is known are counted
// by code and have no span; later ones count as failed operations.
func TestTelemetryCountsEachRejection(t *testing.T) {
	s := graphtest.OpenStore(t)
	for code, c := range map[string]struct {
		query   string
		options graph.Options
		isKnown bool // which operation it is
	}{
		"GRAPHQL_PARSE_FAILED":      {query: `{`},
		"GRAPHQL_VALIDATION_FAILED": {query: `query Q { nonsense }`},
		"LIMIT":                     {query: `query Q { a: __typename }`, options: graph.Options{Limits: graph.Limits{Tokens: 3}}},
		"DOCUMENT_NOT_TRUSTED":      {query: `query Q { __typename }`, options: graph.Options{TrustedOnly: true}},
		"INTROSPECTION_DISABLED":    {query: `query Q { __schema { description } }`, options: graph.Options{DisableIntrospection: true}},
		"COST":                      {query: `query Q { people { totalCount } }`, options: graph.Options{Limits: graph.Limits{Cost: 1}}, isKnown: true},
		"TIMEOUT":                   {query: `query Q { people { totalCount } }`, options: graph.Options{OperationTimeout: time.Nanosecond}, isKnown: true},
		"BAD_USER_INPUT":            {query: `query Q { people(first: -1) { totalCount } }`, isKnown: true},
	} {
		h := newObservedHandler(s, c.options)
		if answer := graphtest.Post(t, h, c.query, nil); !strings.Contains(string(answer), `"`+code+`"`) {
			t.Errorf("%s: %s", code, answer)
		}
		line := `chancery_operations_refused_total{code="` + code + `"} 1`
		if c.isKnown {
			line = `chancery_operation_errors_total{code="` + code + `",operation="Q"} 1`
		}
		if spans := len(h.spans.Ended()); !h.hasMetric(line) || (spans > 0) != c.isKnown {
			t.Errorf("%s: %d spans; want the metric %s", code, spans, line)
		}
	}
}

// TestTelemetryCountsOverloadedOperations sends a second operation while the only
// allowed one runs.
func TestTelemetryCountsOverloadedOperations(t *testing.T) {
	const askAgain = `query Again { __typename }`
	var h observedHandler
	within, status := false, 0
	tapped := graphtest.Hooked(graphtest.OpenSample(t), func() error {
		if !within {
			within = true
			status = graphtest.Get(t, h, access.Anonymous, askAgain).Code
		}
		return nil
	})
	h = newObservedHandler(tapped, graph.Options{Capacity: graph.Capacity{LightOperations: 1, HeavyCost: 1, QueueTimeout: time.Millisecond}})
	graphtest.Post(t, h, `query First { person(by: {slug: "elmar-mammadyarov"}) { meetings(first: 1) { nodes { name } } } }`, nil)
	if status != http.StatusServiceUnavailable || !h.hasMetric(`chancery_operation_errors_total{code="OVERLOADED",operation="Again"} 1`) || !h.hasMetric(`chancery_operations_running 0`) {
		t.Errorf("status %d, or the metrics are missing", status)
	}
}

// TestTimeoutIncludesTheQueue: an operation whose time passes in the queue reads
// nothing.
func TestTimeoutIncludesTheQueue(t *testing.T) {
	const most = 100 * time.Millisecond
	var h http.Handler
	calls, answer := 0, make(chan string, 1)
	h = graph.NewHandler(graphtest.Hooked(graphtest.OpenSample(t), func() error {
		if calls++; calls == 1 {
			go func() { answer <- string(graphtest.Post(t, h, graphtest.MeetingsQuery, nil)) }()
			time.Sleep(3 * most)
		}
		return nil
	}), graph.Options{Now: graphtest.Clock, OperationTimeout: most, Capacity: graph.Capacity{LightOperations: 1, QueueTimeout: time.Minute}})
	graphtest.Post(t, h, graphtest.MeetingsQuery, nil)
	if got := <-answer; !strings.Contains(got, `"TIMEOUT"`) || calls > 1 {
		t.Errorf("%d calls: %s", calls, got)
	}
}

func TestNotModifiedIsChargedAsAnEmptyResponse(t *testing.T) {
	const query = `{ people(first: 80) { nodes { name } } }`
	h := graph.NewHandler(graphtest.OpenSample(t), graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, ReportCost: true, Budget: graph.Budget{Burst: 1_000, Refill: 1}})
	left := func() int64 {
		t.Helper()
		got, _ := graphtest.PostForCost(t, h, `{ __typename }`)
		return *got.Extensions.Cost.Left
	}
	full := left()
	first := getFrom(t, h, query)
	afterFirst := left()
	again := getFrom(t, h, query, "If-None-Match", first.Header().Get("ETag"))
	if again.Code != http.StatusNotModified {
		t.Fatalf("status %d", again.Code)
	}
	if dear, cheap := full-afterFirst, afterFirst-left(); dear < 10 || cheap != 1 {
		t.Errorf("200 cost %d, 304 cost %d", dear, cheap)
	}
}

// getFrom sends a GET request from the address of PostForCost.
func getFrom(t *testing.T, h http.Handler, query string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	from := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(access.WithCaller(r.Context(), access.Caller{Remote: graphtest.Address})))
	})
	return graphtest.Get(t, from, access.Anonymous, query, header...)
}
