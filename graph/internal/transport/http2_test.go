package transport_test

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/telemetry"
)

// http2 serves a graph over HTTP/2, whose streams share a connection; the server's
// deadlines are shorter than they.
func (b *served) http2(options graph.Options) *httptest.Server {
	b.t.Helper()
	server := httptest.NewUnstartedServer(graph.NewHandler(b.Store, options))
	server.EnableHTTP2 = true
	server.Config.ReadTimeout, server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	server.StartTLS()
	b.t.Cleanup(server.Close)
	return server
}

func (b *served) followOver(server *httptest.Server, query string) *http.Response {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, server.URL, strings.NewReader(`{"query": "`+query+`"}`))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	answer, err := server.Client().Do(request)
	if err != nil || answer.ProtoMajor != 2 {
		b.t.Fatalf("%v, %v", answer, err)
	}
	return answer
}

func TestStreamsOverHTTP2OutliveTheServersDeadlines(t *testing.T) {
	b := serve(t, graph.Options{})
	server := b.http2(graph.Options{Streams: graph.StreamOptions{KeepAlive: 300 * time.Millisecond, WriteTime: 200 * time.Millisecond}})
	answer := b.followOver(server, "subscription { transactions { number } }")
	defer answer.Body.Close()
	alive := make([]byte, len(strings.Repeat(":\n\n", 5)))
	if _, err := io.ReadFull(answer.Body, alive); err != nil {
		t.Fatalf("%q, %v", alive, err)
	}
	b.put(1)
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "data:") {
	}
	if got := lines.Text(); !strings.Contains(got, `"number":2`) {
		t.Errorf("got %q, %v", got, lines.Err())
	}
}

// TestASlowReaderOverHTTP2IsDropped: who takes none of its stream, while its
// connection goes on.
func TestASlowReaderOverHTTP2IsDropped(t *testing.T) {
	b := serve(t, graph.Options{})
	b.large(50)
	watch := telemetry.New(telemetry.Options{})
	server := b.http2(graph.Options{Telemetry: watch, Streams: graph.StreamOptions{WriteTime: 100 * time.Millisecond}})
	answer := b.followOver(server, `subscription { transactions(after: 0) { number changes { nodes { record { `+manifold+` } } } } }`)
	defer answer.Body.Close()
	soon(t, "it has been dropped", func() bool {
		metrics := httptest.NewRecorder()
		watch.Handler().ServeHTTP(metrics, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		return strings.Contains(metrics.Body.String(), "\nchancery_clients_dropped_total 1\n")
	})
}
