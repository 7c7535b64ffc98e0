package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"chancery/graph"
	"chancery/sample"
	"chancery/store"
	"chancery/store/bolt"
)

// noon is when all tests take place: dates in answers, and ids, stay as they
// are.
var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// openStore opens an empty graph for one test.
func openStore(t testing.TB) store.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// openSample opens a graph that holds the sample.
func openSample(t testing.TB) store.Store {
	t.Helper()
	s := openStore(t)
	if _, err := sample.Load(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// faults logs what should not have happened, and no line for each write.
var faults = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))

// newHandler serves a store with the tests' clock.
func newHandler(s store.Store) http.Handler {
	return graph.NewHandler(s, graph.Options{Now: clock, Logger: faults})
}

// ask posts a query and gives the bare answer.
func ask(t testing.TB, h http.Handler, query string, variables map[string]any) []byte {
	t.Helper()
	return bare(askWhole(t, h, query, variables))
}

// askWhole gives the answer with what it says about itself.
func askWhole(t testing.TB, h http.Handler, query string, variables map[string]any) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, request)
	return answer.Body.Bytes()
}

// bare is an answer without what it says about itself.
func bare(answer []byte) []byte {
	if i := bytes.LastIndex(answer, []byte(`,"extensions":{`)); i >= 0 {
		if cut := append(slices.Clone(answer[:i]), '}'); json.Valid(cut) {
			return cut
		}
	}
	return answer
}
