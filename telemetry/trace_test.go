package telemetry_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph"
	"chancery/store"
	"chancery/telemetry"

	"github.com/google/go-cmp/cmp"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

const (
	traceID = "0af7651916cd43dd8448eb211c80319c"
	parent  = "00-" + traceID + "-b7ad6b7169203331-01"
)

// TestOperationsAndCallsAreSpans: an operation's span continues the client's trace, and has
// a child for each call of the store.
func TestOperationsAndCallsAreSpans(t *testing.T) {
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	w.ask(`query Offices { people(first: 3) { nodes { name offices { nodes { name } } } } }`, nil, "traceparent", parent, "graphql-client-name", "web")
	spans := w.spans.Ended()
	operation := spans[len(spans)-1]
	if operation.Name() != "query" || operation.SpanKind() != trace.SpanKindServer || operation.Parent().SpanID().String() != "b7ad6b7169203331" {
		t.Errorf("%s of kind %v, within %v", operation.Name(), operation.SpanKind(), operation.Parent().SpanID())
	}
	var calls []string
	for _, span := range spans {
		if span.SpanContext().TraceID().String() != traceID {
			t.Errorf("%s is of the trace %s", span.Name(), span.SpanContext().TraceID())
		}
		if span == operation {
			continue
		}
		if span.Parent().SpanID() != operation.SpanContext().SpanID() {
			t.Errorf("%s is not within the operation", span.Name())
		}
		said := attributes(span)
		calls = append(calls, fmt.Sprintf("%s %v → %v", span.Name(), said["db.operation.batch.size"], said["db.response.returned_rows"]))
	}
	want := []string{"store read 1 → 1", "store list 1 → 3", "store records 3 → 3", "store links 3 → 3", "store records 3 → 3"}
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	said := attributes(operation)
	for key, want := range map[string]any{
		"graphql.operation.type": "query", "graphql.operation.name": "Offices", "chancery.client.name": "web", "chancery.store.calls": int64(len(calls)),
	} {
		if said[key] != want {
			t.Errorf("%s is %v; want %v", key, said[key], want)
		}
	}
}

func attributes(span sdk.ReadOnlySpan) map[string]any {
	all := map[string]any{}
	for _, a := range span.Attributes() {
		all[string(a.Key)] = a.Value.AsInterface()
	}
	return all
}

// TestSpansOfFailuresHaveTheErrorCode as their error.type.
func TestSpansOfFailuresHaveTheErrorCode(t *testing.T) {
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	w.ask(`{ people(first: -1) { nodes { name } } }`, nil)
	spans := w.spans.Ended()
	if said := attributes(spans[len(spans)-1])["error.type"]; said != "BAD_USER_INPUT" {
		t.Errorf("error.type is %v", said)
	}
}

// TestUnsampledTracesHaveNoSpans: the client's trace decides about sampling.
func TestUnsampledTracesHaveNoSpans(t *testing.T) {
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	w.ask(`{ people(first: 3) { nodes { name } } }`, nil, "traceparent", strings.TrimSuffix(parent, "01")+"00")
	if n := len(w.spans.Ended()); n != 0 {
		t.Errorf("%d spans", n)
	}
}

// TestTelemetryRevealsNoPrivateData: variables and literals of documents are in no span,
// metric or log line, whether the operation succeeds or fails.
func TestTelemetryRevealsNoPrivateData(t *testing.T) {
	const secret = "s3cr3t-of-the-client"
	w := watch(t, telemetry.Options{Slow: time.Nanosecond}, graph.StreamOptions{})
	variables := map[string]any{"v": secret}
	for _, query := range []string{
		`query A($v: String!) { person(by: {slug: $v}) { name } }`,
		`query B($v: String!) { people(first: 1, after: $v) { nodes { name } } }`,
		`query C($v: EDTF!) { people(first: 1) { nodes { offices(validAt: $v) { nodes { name } } } } }`,
		`query D($v: ID!) { node(id: $v) { id } }`,
		`query E($v: Int!) { people(first: $v) { nodes { name } } }`,
		`query F { person(by: {slug: "` + secret + `"}) { name } }`,
		`query G { person(by: {slug: "` + secret + `"}) { nonsense } }`,
		`query H { people(first: 1, after: "` + secret + `") { nodes { name } } }`,
		`{ "` + secret + `" }`,
		`mutation I($v: String!) { commit(input: {message: $v, changes: [{putTopic: {slug: $v, names: [{value: $v, language: "en"}]}}]}) { transaction { number } } }`,
		`subscription J($v: Int!) { transactions(after: $v) { number } }`,
	} {
		for _, header := range [][]string{nil, {"traceparent", parent}} {
			if answer := w.ask(query, variables, header...); !strings.HasPrefix(answer, "{") {
				t.Fatal(answer)
			}
		}
	}
	if _, err := w.of.Instrument(failing{w.graph, secret}).Read(t.Context(), store.View{}); err == nil {
		t.Fatal("nothing failed")
	}
	w.wantMetrics(`chancery_store_call_errors_total{call="read"} 1`, `chancery_commit_records_count 1`)
	told := w.metrics() + w.log.String()
	for _, span := range w.spans.Ended() {
		events, _ := json.Marshal(span.Events())
		told += fmt.Sprint(span.Name(), attributes(span), span.Status(), string(events))
	}
	if !strings.Contains(told, "query") || !strings.Contains(told, "mutation") {
		t.Error("nothing was told at all")
	}
	for line := range strings.Lines(told) {
		if strings.Contains(line, secret) {
			t.Errorf("private data in: %s", line)
		}
	}
}

// failing is a store whose errors contain the arguments.
type failing struct {
	store.Store
	asked string
}

func (f failing) Read(context.Context, store.View) (store.Snapshot, error) {
	return nil, errors.New("find " + f.asked)
}

// TestTraceIDsAreLogged also by loggers derived with attributes and groups.
func TestTraceIDsAreLogged(t *testing.T) {
	var log transcript
	logger := slog.New(telemetry.WithTraceID(slog.NewTextHandler(&log, nil)))
	id, _ := trace.TraceIDFromHex(traceID)
	ctx := trace.ContextWithSpanContext(t.Context(), trace.NewSpanContext(trace.SpanContextConfig{TraceID: id}))
	logger.With("a", 1).InfoContext(ctx, "one")
	logger.WithGroup("b").InfoContext(ctx, "two")
	logger.InfoContext(access.WithPrincipal(t.Context(), access.Anonymous), "three")
	if n := strings.Count(log.String(), traceID); n != 2 {
		t.Errorf("the id is in %d lines of 3: %s", n, &log)
	}
}
