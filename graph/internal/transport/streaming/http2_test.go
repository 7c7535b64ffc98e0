package streaming_test

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/telemetry"
)

// http2 serves a graph over HTTP/2, with server deadlines that are shorter than streams.
func (b *served) http2(options graph.Options) *httptest.Server {
	b.T.Helper()
	server := httptest.NewUnstartedServer(graph.NewHandler(b.Store, options))
	server.EnableHTTP2 = true
	server.Config.ReadTimeout, server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	server.StartTLS()
	b.T.Cleanup(server.Close)
	return server
}

func (b *served) followOver(server *httptest.Server, query string) *http.Response {
	b.T.Helper()
	request, err := http.NewRequestWithContext(b.T.Context(), http.MethodPost, server.URL, strings.NewReader(`{"query": "`+query+`"}`))
	if err != nil {
		b.T.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	answer, err := server.Client().Do(request)
	if err != nil || answer.ProtoMajor != 2 {
		b.T.Fatalf("%v, %v", answer, err)
	}
	return answer
}

func TestHTTP2StreamsOutliveServerDeadlines(t *testing.T) {
	b := serve(t, graph.Options{})
	server := b.http2(graph.Options{Streams: graph.StreamOptions{KeepAlive: 300 * time.Millisecond, WriteTimeout: 200 * time.Millisecond}})
	answer := b.followOver(server, "subscription { transactions { number } }")
	defer answer.Body.Close()
	alive := make([]byte, len(strings.Repeat(":\n\n", 5)))
	if _, err := io.ReadFull(answer.Body, alive); err != nil {
		t.Fatalf("%q, %v", alive, err)
	}
	b.CommitTopics(1)
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "data:") {
	}
	if got := lines.Text(); !strings.Contains(got, `"number":2`) {
		t.Errorf("got %q, %v", got, lines.Err())
	}
}

// TestSlowHTTP2ReaderIsDisconnected does not read a stream, while its connection stays
// open.
func TestSlowHTTP2ReaderIsDisconnected(t *testing.T) {
	b := serve(t, graph.Options{})
	b.CommitLargeTopics(50)
	watch := telemetry.New(telemetry.Options{})
	server := b.http2(graph.Options{Telemetry: watch, Streams: graph.StreamOptions{WriteTimeout: 100 * time.Millisecond}})
	answer := b.followOver(server, `subscription { transactions(after: 0) { number changes { nodes { record { `+graphtest.EightDescriptions+` } } } } }`)
	defer answer.Body.Close()
	graphtest.Eventually(t, "the client is disconnected", func() bool {
		metrics := httptest.NewRecorder()
		watch.Handler().ServeHTTP(metrics, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		return strings.Contains(metrics.Body.String(), "\nchancery_clients_dropped_total 1\n")
	})
}
