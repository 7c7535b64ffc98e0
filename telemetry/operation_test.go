package telemetry_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"chancery/graph"
	"chancery/telemetry"
)

const askName = `query Name($slug: String!) { person(by: {slug: $slug}) { name } }`

func TestOperationsAreCounted(t *testing.T) {
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	who := map[string]any{"slug": "elmar-mammadyarov"}
	if answer := w.ask(askName, who, "graphql-client-name", "web", "graphql-client-version", "1.2"); !strings.Contains(answer, "Elmar") {
		t.Fatal(answer)
	}
	w.ask(askName, who, "apollographql-client-name", "phone")
	w.ask(`{ __typename }`, nil)
	w.ask(`query Bad { people(first: -1) { nodes { name } } }`, nil)
	w.ask(`{ nonsense }`, nil)
	w.ask(`{`, nil)
	w.ask(askName, nil)
	w.wantMetrics(
		`chancery_operation_duration_seconds_count{operation="Name",type="query"} 2`,
		`chancery_operation_duration_seconds_count{operation="(anonymous)",type="query"} 1`,
		`chancery_operation_uses_total{client="web",operation="Name",version="1.2"} 1`,
		`chancery_operation_uses_total{client="phone",operation="Name",version="(unknown)"} 1`,
		`chancery_operation_uses_total{client="(unknown)",operation="(anonymous)",version="(unknown)"} 1`,
		`chancery_operation_cost_count{operation="Name"} 2`,
		`chancery_operation_errors_total{code="BAD_USER_INPUT",operation="Bad"} 1`,
		`chancery_operations_refused_total{code="BAD_USER_INPUT"} 1`,
		`chancery_operations_refused_total{code="GRAPHQL_VALIDATION_FAILED"} 1`,
		`chancery_operations_refused_total{code="GRAPHQL_PARSE_FAILED"} 1`,
		`chancery_operations_running 0`,
		`chancery_document_cache_hits_total 2`,
		`chancery_document_cache_misses_total 5`,
		`chancery_store_call_duration_seconds_count{call="find"} 2`,
		`chancery_store_broken 0`,
		`chancery_snapshots_open 0`,
	)
}

// TestPersistedDocumentsAreCountedByName: requests by id have the labels and the hash of
// the document that the id stands for.
func TestPersistedDocumentsAreCountedByName(t *testing.T) {
	w := watch(t, telemetry.Options{Slow: time.Nanosecond}, graph.StreamOptions{})
	sum := sha256.Sum256([]byte(askName))
	id := hex.EncodeToString(sum[:])
	automatic := map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": id}}
	who := map[string]any{"slug": "elmar-mammadyarov"}
	w.post(map[string]any{"extensions": automatic}, "apollographql-client-name", "first")
	w.post(map[string]any{"query": askName, "variables": who, "extensions": automatic}, "apollographql-client-name", "sends")
	for _, parameters := range []map[string]any{{"extensions": automatic, "variables": who}, {"documentId": "sha256:" + id, "variables": who}} {
		if answer := w.post(parameters, "apollographql-client-name", "by id"); !strings.Contains(answer, "Elmar") {
			t.Fatal(answer)
		}
	}
	w.wantMetrics(
		`chancery_operation_uses_total{client="sends",operation="Name",version="(unknown)"} 1`,
		`chancery_operation_uses_total{client="by id",operation="Name",version="(unknown)"} 2`,
		`chancery_operation_duration_seconds_count{operation="Name",type="query"} 3`,
		`chancery_operations_refused_total{code="PERSISTED_QUERY_NOT_FOUND"} 1`,
	)
	if lines := strings.Count(w.log.String(), "operation=Name type=query document="+id); lines != 3 {
		t.Errorf("%d lines: %s", lines, &w.log)
	}
}

// TestNamesOfOperationsAreLimited: clients can send any number of names.
func TestNamesOfOperationsAreLimited(t *testing.T) {
	w := watch(t, telemetry.Options{MaxNames: 3, MaxUses: 4}, graph.StreamOptions{})
	for i := range 20 {
		w.ask(fmt.Sprintf("query Q%d { __typename }", i), nil, "graphql-client-name", fmt.Sprint("client", i))
	}
	w.ask("query Q1 { __typename }", nil, "graphql-client-name", strings.Repeat("x", 101))
	w.ask("query Q1 { __typename }", nil, "graphql-client-name", "\xff\xfe")
	all := w.metrics()
	for prefix, most := range map[string]int{
		"chancery_operation_duration_seconds_count{": 3 + 1, // of one type
		"chancery_operation_uses_total{":             4 + 3 + 1,
	} {
		if n := strings.Count(all, "\n"+prefix); n > most {
			t.Errorf("%d series of %s; want at most %d:\n%s", n, prefix, most, about(all, prefix))
		}
	}
	w.wantMetrics(
		`chancery_operation_duration_seconds_count{operation="Q2",type="query"} 1`,
		`chancery_operation_duration_seconds_count{operation="(other)",type="query"} 17`,
		`chancery_operation_uses_total{client="(other)",operation="(other)",version="(other)"} 16`,
	)
}

// TestSlowOperationsAreLogged without their documents.
func TestSlowOperationsAreLogged(t *testing.T) {
	w := watch(t, telemetry.Options{Slow: time.Nanosecond}, graph.StreamOptions{})
	w.ask(askName, map[string]any{"slug": "elmar-mammadyarov"}, "graphql-client-name", "web",
		"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	sum := sha256.Sum256([]byte(askName))
	for _, part := range []string{
		`level=WARN msg="slow operation"`, "operation=Name", "type=query", "document=" + hex.EncodeToString(sum[:]), "client=web",
		"clientVersion=(unknown)", "duration=", "storeCalls=3", "trace_id=0af7651916cd43dd8448eb211c80319c",
	} {
		if !strings.Contains(w.log.String(), part) {
			t.Errorf("the line has no %s: %s", part, &w.log)
		}
	}
	w.wantMetrics("chancery_slow_operations_total 1")
	w.ask(`{ __typename }`, nil)
	spans := w.spans.Ended()
	if id := spans[len(spans)-1].SpanContext().TraceID().String(); !strings.Contains(w.log.String(), "operation=(anonymous) type=query") || !strings.Contains(w.log.String(), "trace_id="+id) {
		t.Errorf("a trace that begins here is not in the line: %s", &w.log)
	}
	for _, never := range []time.Duration{-1, time.Hour} {
		quick := watch(t, telemetry.Options{Slow: never}, graph.StreamOptions{})
		quick.ask(`{ __typename }`, nil)
		if quick.log.String() != "" {
			t.Errorf("slow from %v on: %s", never, &quick.log)
		}
	}
}
