package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/telemetry"

	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// BenchmarkWatched compares handlers without telemetry, with metrics, and with metrics
// and spans (which are dropped when they end). Each query is sent to all in turn, and it
// reports ratios of medians to the first.
func BenchmarkWatched(b *testing.B) {
	s := graphtest.OpenStore(b)
	graphtest.Commit(b, s, graphtest.PutMeetings)
	handler := func(t *telemetry.Telemetry) http.Handler {
		return graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, Telemetry: t})
	}
	handlers := []http.Handler{
		handler(nil),
		handler(telemetry.New(telemetry.Options{Logger: graphtest.Warnings})),
		handler(telemetry.New(telemetry.Options{Logger: graphtest.Warnings, Tracing: sdk.NewTracerProvider()})),
	}
	id := map[string]any{"id": events(b, handlers[0])[0].ID}
	b.Run("page", func(b *testing.B) { inTurn(b, handlers, askPage, nil) })
	b.Run("one", func(b *testing.B) { inTurn(b, handlers, askOne, id) })
}

func inTurn(b *testing.B, handlers []http.Handler, query string, variables map[string]any) {
	b.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		b.Fatal(err)
	}
	took := make([][]time.Duration, len(handlers))
	for b.Loop() {
		for i, h := range handlers {
			request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
			request.Header.Set("Content-Type", "application/json")
			answer := httptest.NewRecorder()
			begun := time.Now()
			h.ServeHTTP(answer, request)
			took[i] = append(took[i], time.Since(begun))
		}
	}
	medians := make([]float64, len(handlers))
	for i, all := range took {
		slices.Sort(all)
		medians[i] = float64(all[len(all)/2])
	}
	b.ReportMetric(medians[0], "ns-without")
	b.ReportMetric(medians[1]/medians[0], "ratio-metrics")
	b.ReportMetric(medians[2]/medians[0], "ratio-traced")
	b.ReportMetric(0, "ns/op")
}
