package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chancery/access"
	"chancery/graph"
	"chancery/sample"
	"chancery/store/bolt"
	"chancery/telemetry"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// watched is a handler of the sample with telemetry.
type watched struct {
	*httptest.Server
	t     testing.TB
	graph *bolt.DB
	spans *tracetest.SpanRecorder
	log   transcript
	of    *telemetry.Telemetry
}

// transcript is a log; several goroutines write to it.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *transcript) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *transcript) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func watch(t testing.TB, options telemetry.Options, streams graph.StreamOptions) *watched {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{})
	if err == nil {
		_, err = sample.Load(context.Background(), db)
	}
	if err != nil {
		t.Fatal(err)
	}
	w := &watched{t: t, graph: db, spans: tracetest.NewSpanRecorder()}
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(w.spans))
	options.Logger = slog.New(telemetry.WithTraceID(slog.NewTextHandler(&w.log, nil)))
	options.Tracing = provider
	w.of = telemetry.New(options)
	h := graph.NewHandler(db, graph.Options{Logger: options.Logger, Telemetry: w.of, Streams: streams})
	w.Server = httptest.NewServer(telemetry.ContinueTrace(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(access.WithPrincipal(r.Context(), access.Principal{Name: "curator", Role: access.Editor})))
	})))
	t.Cleanup(func() {
		w.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// ask posts an operation with headers, given as names and values.
func (w *watched) ask(query string, variables map[string]any, header ...string) string {
	w.t.Helper()
	return w.post(map[string]any{"query": query, "variables": variables}, header...)
}

// post posts a body with headers, given as names and values.
func (w *watched) post(parameters map[string]any, header ...string) string {
	w.t.Helper()
	body, err := json.Marshal(parameters)
	if err != nil {
		w.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.URL, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := w.Client().Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// metrics returns what Prometheus would scrape.
func (w *watched) metrics() string {
	answer := httptest.NewRecorder()
	w.of.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return answer.Body.String()
}

// wantMetrics fails unless the metrics have these lines.
func (w *watched) wantMetrics(lines ...string) {
	w.t.Helper()
	all := w.metrics()
	for _, line := range lines {
		if !strings.Contains(all, "\n"+line+"\n") {
			name, _, _ := strings.Cut(line, "{")
			w.t.Errorf("no metric %s; there are\n%s", line, about(all, name))
		}
	}
}

func about(all, name string) string {
	var lines []string
	for line := range strings.Lines(all) {
		if strings.HasPrefix(line, strings.Fields(name)[0]) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}
