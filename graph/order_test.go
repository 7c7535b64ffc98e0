package graph_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/store"
	"chancery/telemetry"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// seen is a handler that is watched.
type seen struct {
	http.Handler
	by    *telemetry.Telemetry
	spans *tracetest.SpanRecorder
}

func watching(s store.Store, options graph.Options) seen {
	spans := tracetest.NewSpanRecorder()
	by := telemetry.New(telemetry.Options{Logger: faults, Tracing: sdk.NewTracerProvider(sdk.WithSpanProcessor(spans))})
	options.Now, options.Logger, options.Telemetry = clock, faults, by
	return seen{graph.NewHandler(s, options), by, spans}
}

func (s seen) hasMetric(line string) bool {
	answer := httptest.NewRecorder()
	s.by.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return strings.Contains(answer.Body.String(), "\n"+line+"\n")
}

// TestWhoWatchesSeesEachRefusal: what is refused before it is known which operation it
// is counts as such, and leaves no span; what is refused later is an operation that
// failed.
func TestWhoWatchesSeesEachRefusal(t *testing.T) {
	s := openStore(t)
	for code, c := range map[string]struct {
		query   string
		options graph.Options
		isKnown bool // which operation it is
	}{
		"GRAPHQL_PARSE_FAILED":      {query: `{`},
		"GRAPHQL_VALIDATION_FAILED": {query: `query Q { nonsense }`},
		"LIMIT":                     {query: `query Q { a: __typename }`, options: graph.Options{Limits: graph.Limits{Tokens: 3}}},
		"DOCUMENT_NOT_TRUSTED":      {query: `query Q { __typename }`, options: graph.Options{TrustedOnly: true}},
		"INTROSPECTION_DISABLED":    {query: `query Q { __schema { description } }`, options: graph.Options{NoIntrospection: true}},
		"COST":                      {query: `query Q { people { totalCount } }`, options: graph.Options{Limits: graph.Limits{Cost: 1}}, isKnown: true},
		"TIMEOUT":                   {query: `query Q { people { totalCount } }`, options: graph.Options{OperationTime: time.Nanosecond}, isKnown: true},
		"BAD_USER_INPUT":            {query: `query Q { people(first: -1) { totalCount } }`, isKnown: true},
	} {
		h := watching(s, c.options)
		if answer := ask(t, h, c.query, nil); !strings.Contains(string(answer), `"`+code+`"`) {
			t.Errorf("%s: %s", code, answer)
		}
		line := `chancery_operations_refused_total{code="` + code + `"} 1`
		if c.isKnown {
			line = `chancery_operation_errors_total{code="` + code + `",operation="Q"} 1`
		}
		if spans := len(h.spans.Ended()); !h.hasMetric(line) || (spans > 0) != c.isKnown {
			t.Errorf("%s leaves %d spans; there should be the metric %s", code, spans, line)
		}
	}
}

// TestWhoWatchesSeesWhatIsShed asks from within the only operation that may run.
func TestWhoWatchesSeesWhatIsShed(t *testing.T) {
	const askAgain = `query Again { __typename }`
	var h seen
	within, status := false, 0
	tapped := tapped{openSample(t), func() error {
		if !within {
			within = true
			status = get(t, h, anybody, askAgain).Code
		}
		return nil
	}}
	h = watching(tapped, graph.Options{Capacity: graph.Capacity{Operations: 1, Cost: 1, Wait: time.Millisecond}})
	ask(t, h, `query First { person(by: {slug: "elmar-mammadyarov"}) { meetings(first: 1) { nodes { name } } } }`, nil)
	if status != http.StatusServiceUnavailable || !h.hasMetric(`chancery_operation_errors_total{code="OVERLOADED",operation="Again"} 1`) || !h.hasMetric(`chancery_operations_running 0`) {
		t.Errorf("status %d, and no metric", status)
	}
}

// TestTheClockRunsInTheQueue: who waits for his turn has less time left, and where none
// is left reads nothing.
func TestTheClockRunsInTheQueue(t *testing.T) {
	const most = 100 * time.Millisecond
	var h http.Handler
	calls, answer := 0, make(chan string, 1)
	h = graph.NewHandler(tapped{openSample(t), func() error {
		if calls++; calls == 1 {
			go func() { answer <- string(ask(t, h, askMeetings, nil)) }()
			time.Sleep(3 * most)
		}
		return nil
	}}, graph.Options{Now: clock, OperationTime: most, Capacity: graph.Capacity{Operations: 1, Wait: time.Minute}})
	ask(t, h, askMeetings, nil)
	if got := <-answer; !strings.Contains(got, `"TIMEOUT"`) || calls > 1 {
		t.Errorf("%d calls, and %s", calls, got)
	}
}

// TestNothingNewCostsLittle: what has not changed is found out before anything is read,
// and paid like an empty answer.
func TestNothingNewCostsLittle(t *testing.T) {
	const query = `{ people(first: 80) { nodes { name } } }`
	h := graph.NewHandler(openSample(t), graph.Options{Now: clock, Logger: faults, TellCost: true, Budget: graph.Budget{Size: 1_000, Refill: 1}})
	left := func() int64 {
		t.Helper()
		got, _ := anonymously(t, h, `{ __typename }`)
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
		t.Errorf("the answer cost %d, and that it holds %d", dear, cheap)
	}
}

// getFrom asks by GET, as anonymously does by POST.
func getFrom(t *testing.T, h http.Handler, query string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	from := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(access.WithCaller(r.Context(), access.Caller{Remote: here})))
	})
	return get(t, from, access.Anonymous, query, header...)
}
