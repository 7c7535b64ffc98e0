package command

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"chancery/access"
	"chancery/graph"
	"chancery/server"

	"go.uber.org/goleak"
)

// newMonitored starts a server with metrics, and returns the URL of these.
func newMonitored(t *testing.T, log io.Writer) (*server.Server, *monitoring, string) {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, nil))
	m, err := metricsOptions{MetricsListen: "127.0.0.1:0"}.start(t.Context(), release("").version(), logger)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(listener, server.Options{Authenticator: &access.TokenAuthenticator{AllowAnonymous: true}, Logger: logger, Telemetry: m.telemetry, Metrics: m.listener})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, m, "http://" + m.listener.Addr().String()
}

// wantStatuses sends a GET to each path.
func wantStatuses(t *testing.T, url string, statuses map[string]int) {
	t.Helper()
	for path, want := range statuses {
		if status, text := send(t, http.MethodGet, url+path, ""); status != want {
			t.Errorf("%s: status %d, want %d: %s", path, status, want, text)
		}
	}
}

func wantOK(t *testing.T, url, body string) {
	t.Helper()
	if status, text := send(t, http.MethodPost, url, body, "Content-Type", "application/json"); status != http.StatusOK {
		t.Errorf("status %d: %s", status, text)
	}
}

// TestMetricsListenerHasMetricsAndProbesOnly, from before the graph is open until after it
// is closed.
func TestMetricsListenerHasMetricsAndProbesOnly(t *testing.T) {
	before := goleak.IgnoreCurrent()
	s, m, url := newMonitored(t, io.Discard)
	wantStatuses(t, url, map[string]int{"/readyz": http.StatusServiceUnavailable})
	s.Ready(server.Graph{Handler: http.NotFoundHandler()})
	wantStatuses(t, url, map[string]int{
		"/metrics": http.StatusOK, "/healthz": http.StatusOK, "/readyz": http.StatusOK,
		"/": http.StatusNotFound, server.Path: http.StatusNotFound, "/debug/pprof/": http.StatusNotFound,
	})
	if err := s.Shutdown(); err != nil {
		t.Error(err)
	}
	wantStatuses(t, url, map[string]int{"/readyz": http.StatusServiceUnavailable})
	if _, text := send(t, http.MethodGet, url+"/metrics", ""); !strings.Contains(text, "\nchancery_build_info{") || !strings.Contains(text, "\ngo_goroutines ") {
		t.Errorf("metrics: %.500s", text)
	}
	m.flush()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

func TestMetricsAreOnTheirOwnListenerOnly(t *testing.T) {
	s, _, _ := newMonitored(t, io.Discard)
	wantStatuses(t, "http://"+s.Addr().String(), map[string]int{"/metrics": http.StatusNotFound})
	none, err := metricsOptions{}.start(t.Context(), "", slog.Default())
	if err != nil || none.listener != nil {
		t.Errorf("without --metrics-listen: %v, %v", none, err)
	}
}

// collector receives traces over OTLP.
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

// TestTracesAreFlushedAtShutdown also checks that no goroutine remains.
func TestTracesAreFlushedAtShutdown(t *testing.T) {
	before := goleak.IgnoreCurrent()
	to := new(collector)
	traces := httptest.NewServer(to)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", traces.URL)
	t.Setenv("OTEL_SERVICE_NAME", "embassy")
	s, m, _ := newMonitored(t, io.Discard)
	db := openGraph(t)
	s.Ready(server.Graph{Handler: graph.NewHandler(db, graph.Options{Telemetry: m.telemetry})})
	url := "http://" + s.Addr().String() + server.Path
	const secret = "s3cr3t"
	wantOK(t, url, `{"query": "query Asked($s: String!) { person(by: {slug: $s}) { name } }", "variables": {"s": "`+secret+`"}}`)
	for _, end := range []func() error{s.Shutdown, db.Close, func() error { m.flush(); return s.Close() }} {
		if err := end(); err != nil {
			t.Error(err)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	traces.Close()
	sent := to.body.String()
	for _, part := range []string{"embassy", "graphql.operation.name", "Asked", "store find", release("").version()} {
		if !strings.Contains(sent, part) {
			t.Errorf("nothing of %s was sent to %s: %q", part, to.path, sent)
		}
	}
	if strings.Contains(sent, secret) || to.path != "/v1/traces" {
		t.Errorf("sent to %s: %q", to.path, sent)
	}
	goleak.VerifyNone(t, before)
}

func TestUnreachableCollectorIsOnlyLogged(t *testing.T) {
	traces := httptest.NewServer(http.NotFoundHandler())
	defer traces.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", traces.URL)
	var log logBuffer
	s, m, _ := newMonitored(t, &log)
	s.Ready(server.Graph{Handler: graph.NewHandler(openGraph(t), graph.Options{Telemetry: m.telemetry, Authenticate: &access.TokenAuthenticator{AllowAnonymous: true}})})
	wantOK(t, "http://"+s.Addr().String()+server.Path, `{"query": "{ __typename }"}`)
	m.flush()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "traces could not be sent") {
		t.Errorf("the log is %s", &log)
	}
}

func TestUnsupportedTraceSettingsAreRejected(t *testing.T) {
	for name, value := range map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT": "localhost:4318", "OTEL_TRACES_EXPORTER": "zipkin", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
			t.Setenv(name, value)
			if _, err := (metricsOptions{}).start(context.Background(), "", slog.Default()); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s=%s: %v", name, value, err)
			}
		})
	}
	for name, value := range map[string]string{"OTEL_SDK_DISABLED": "true", "OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": ""} {
		t.Run(name+" off", func(t *testing.T) {
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense")
			t.Setenv(name, value)
			if _, err := (metricsOptions{}).start(context.Background(), "", slog.Default()); err != nil {
				t.Errorf("%s=%s: %v", name, value, err)
			}
		})
	}
}
