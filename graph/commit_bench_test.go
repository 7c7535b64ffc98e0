package graph_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"

	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store/bolt"
)

// BenchmarkCommitOverHTTP commits one record at a time from several clients, over HTTP and
// to a file that is flushed.
func BenchmarkCommitOverHTTP(b *testing.B) {
	for _, clients := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("%d clients", clients), func(b *testing.B) {
			s, err := bolt.Open(filepath.Join(b.TempDir(), "graph.db"), bolt.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			server := httptest.NewServer(graphtest.As(graphtest.Curator)(graph.NewHandler(s, graph.Options{Logger: graphtest.Warnings, ReportCost: true})))
			defer server.Close()
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
			defer client.CloseIdleConnections()
			var number atomic.Int64
			b.SetParallelism(max(clients/runtime.GOMAXPROCS(0), 1))
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					commitTopic(b, client, server.URL, number.Add(1))
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
		})
	}
}

// commitTopic commits a topic whose slug has a number.
func commitTopic(b *testing.B, client *http.Client, url string, number int64) {
	body := fmt.Sprintf(`{"query": "mutation($c: CommitInput!) { commit(input: $c) { transaction { number } userErrors { message } } }", "variables": {"c": {"changes": [{"putTopic": {"name": "topic", "slug": "topic-%d"}}]}}}`, number)
	response, err := client.Post(url, "application/json", bytes.NewReader([]byte(body)))
	if err != nil {
		b.Error(err)
		return
	}
	defer response.Body.Close()
	if text, err := io.ReadAll(response.Body); err != nil || !bytes.Contains(text, []byte(`"userErrors":[]`)) {
		b.Errorf("%s %v", text, err)
	}
}
