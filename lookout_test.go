package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"chancery/access"
	"chancery/graph"

	"go.uber.org/goleak"
)

// newLookout looks at a site whose gate is shut, and says where it is asked.
func newLookout(t *testing.T, log io.Writer) (*site, *seen, string) {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, nil))
	seen, err := lookout{MetricsListen: "127.0.0.1:0"}.look(t.Context(), logger)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := newTestSiteFor(t, &access.Door{Anonymous: true}, slog.New(slog.NewTextHandler(log, nil)), siteOptions{telemetry: seen.telemetry})
	seen.serve(s)
	return s, seen, "http://" + seen.listener.Addr().String()
}

// TestTheLookoutIsApart: it has metrics and probes and nothing else, from before the
// graph is open until after it is closed.
func TestTheLookoutIsApart(t *testing.T) {
	before := goleak.IgnoreCurrent()
	s, seen, url := newLookout(t, io.Discard)
	wantStatus(t, http.StatusServiceUnavailable, http.MethodGet, url+"/readyz", "")
	s.gate.open(http.NotFoundHandler())
	for path, status := range map[string]int{
		"/metrics": http.StatusOK, "/healthz": http.StatusOK, "/readyz": http.StatusOK,
		"/": http.StatusNotFound, graphPath: http.StatusNotFound, "/debug/pprof/": http.StatusNotFound,
	} {
		wantStatus(t, status, http.MethodGet, url+path, "")
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	wantStatus(t, http.StatusServiceUnavailable, http.MethodGet, url+"/readyz", "")
	if _, text := send(t, http.MethodGet, url+"/metrics", ""); !strings.Contains(text, "\nchancery_build_info{") || !strings.Contains(text, "\ngo_goroutines ") {
		t.Errorf("metrics: %.500s", text)
	}
	if err := seen.stop(); err != nil {
		t.Error(err)
	}
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

func TestMetricsAreNotForEverybody(t *testing.T) {
	_, url := newTestSite(t, io.Discard)
	wantStatus(t, http.StatusNotFound, http.MethodGet, url+"/metrics", "")
	nobody, err := lookout{}.look(t.Context(), slog.Default())
	if err != nil || nobody.listener != nil {
		t.Errorf("without --metrics-listen: %v, %v", nobody, err)
	}
}

// collector takes traces, as OpenTelemetry's does.
type collector struct {
	mu   sync.Mutex
	path string
	body bytes.Buffer
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.path = r.URL.Path
	_, _ = io.Copy(&c.body, r.Body)
}

// TestTracesAreSentBeforeTheEnd: what has not been sent when the server stops is
// sent then, and nothing that runs is left behind.
func TestTracesAreSentBeforeTheEnd(t *testing.T) {
	before := goleak.IgnoreCurrent()
	to := new(collector)
	server := httptest.NewServer(to)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	t.Setenv("OTEL_SERVICE_NAME", "embassy")
	s, seen, _ := newLookout(t, io.Discard)
	db := openGraph(t)
	s.gate.open(graph.NewHandler(db, graph.Options{Telemetry: seen.telemetry}))
	url := "http://" + s.address.String() + graphPath
	const secret = "s3cr3t"
	wantStatus(t, http.StatusOK, http.MethodPost, url, `{"query": "query Asked($s: String!) { person(by: {slug: $s}) { name } }", "variables": {"s": "`+secret+`"}}`, "Content-Type", "application/json")
	for _, end := range []func() error{s.stop, db.Close, seen.stop} {
		if err := end(); err != nil {
			t.Error(err)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	server.Close()
	sent := to.body.String()
	for _, part := range []string{"embassy", "graphql.operation.name", "Asked", "store find", version()} {
		if !strings.Contains(sent, part) {
			t.Errorf("nothing of %s was sent to %s: %q", part, to.path, sent)
		}
	}
	if strings.Contains(sent, secret) || to.path != "/v1/traces" {
		t.Errorf("sent to %s: %q", to.path, sent)
	}
	goleak.VerifyNone(t, before)
}

// TestNobodyToTakeTracesIsNoFailure of ours, but for a line in the log.
func TestNobodyToTakeTracesIsNoFailure(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	var log transcript
	s, seen, _ := newLookout(t, &log)
	s.gate.open(graph.NewHandler(openGraph(t), graph.Options{Telemetry: seen.telemetry, Authenticate: &access.Door{Anonymous: true}}))
	wantStatus(t, http.StatusOK, http.MethodPost, "http://"+s.address.String()+graphPath, `{"query": "{ __typename }"}`, "Content-Type", "application/json")
	if err := seen.stop(); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "traces could not be sent") {
		t.Errorf("the log is %s", &log)
	}
}

func TestEnvironmentsThatCannotBeMet(t *testing.T) {
	for name, value := range map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT": "localhost:4318", "OTEL_TRACES_EXPORTER": "zipkin", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
			t.Setenv(name, value)
			if _, err := (lookout{}).look(context.Background(), slog.Default()); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s=%s: %v", name, value, err)
			}
		})
	}
	for name, value := range map[string]string{"OTEL_SDK_DISABLED": "true", "OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": ""} {
		t.Run(name+" off", func(t *testing.T) {
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense")
			t.Setenv(name, value)
			if _, err := (lookout{}).look(context.Background(), slog.Default()); err != nil {
				t.Errorf("%s=%s: %v", name, value, err)
			}
		})
	}
}
