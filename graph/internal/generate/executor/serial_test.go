package executor

import (
	"os"
	"strings"
	"testing"
)

func TestStockExecutorBecomesSerial(t *testing.T) {
	text, err := editStock(t, makeSerial, "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range []string{"serial.NewSet(fields)", "serial.List(ctx, len(v), ", "serial.Field(ctx, out, ", "serial.Root(innerCtx, out, ", "out.Invalids++", `"chancery/graph/internal/serial"`} {
		if !strings.Contains(text, call) {
			t.Errorf("the executor has no %s", call)
		}
	}
	for _, gone := range []string{"Concurrently(", "DeferredGroup", "deferred", "atomic", `"math"`, "Dispatch("} {
		if strings.Contains(text, gone) {
			t.Errorf("the executor still has %s", gone)
		}
	}
}

// TestChangedExecutorIsRejected changes the stock executor in ways that an edit
// would miss, everywhere or in one place.
func TestChangedExecutorIsRejected(t *testing.T) {
	for _, change := range []struct{ from, to, reason string }{
		{"graphql.NewFieldSet(", "graphql.MakeFieldSet(", "no call of NewFieldSet"},
		{"graphql.NewFieldSet(fields)", "graphql.NewFieldSet(ctx, fields)", "unexpected call of NewFieldSet"},
		{"graphql.MarshalSliceConcurrently(", "graphql.MarshalSlice(", "no call of MarshalSliceConcurrently"},
		{"ResolveConcurrently(ec.OperationContext, &deferred, i,", "ResolveConcurrently(&deferred, i,", "unexpected call of ResolveConcurrently"},
		{"ResolveRootConcurrently(innerCtx, ", "ResolveRootConcurrently(ctx, ", "unexpected call of ResolveRootConcurrently"},
		{"ResolveRootConcurrently(", "ResolveRootsConcurrently(", "no call of ResolveRootConcurrently"},
		{"out.Values[i] = ec._Event_id(ctx, field, obj)", "out.Concurrently(i, ec._Event_id)", "still has Concurrently"},
		{"deferred := graphql.NewDeferredGroup(ctx)", "deferred := graphql.NewDeferredGroup(ctx, nil)", "unexpected call of NewDeferredGroup"},
		{"if n := len(deferred.Defers); n > 0 {", "if len(deferred.Defers) > 0 {", "unexpected call of ProcessDeferredGroup"},
		{"ec.ProcessDeferredGroup(deferred)", "ec.Process(deferred)", "no call of ProcessDeferredGroup"},
		{"out.Dispatch(ctx)", "out.Run(ctx)", "no call of Dispatch"},
		{"Object: \"Query\",\n\t})\n\n\tout := graphql.NewFieldSet(fields)", "Object: \"Query\",\n\t})\n\n\tout := newSet(fields)", "want one each"},
		{"atomic.AddUint32(&out.Invalids, 1)", "out.Invalids.Add(1)", "no call of AddUint32"},
	} {
		if _, err := editStock(t, makeSerial, change.from, change.to); err == nil || !strings.Contains(err.Error(), change.reason) {
			t.Errorf("with %q: %v, want an error with %q", change.to, err, change.reason)
		}
	}
}

// TestEarlierReleaseIsRejected gives the edits what v0.17.95 generated for an
// object: it dispatched deferred fields in another way.
func TestEarlierReleaseIsRejected(t *testing.T) {
	text, err := os.ReadFile("testdata/v0.17.95.txt")
	if err != nil {
		t.Fatal(err)
	}
	edited, err := editText(t, makeSerial, string(text))
	for _, reason := range []string{"no call of NewDeferredGroup", "no call of ResolveConcurrently", "unexpected call of ProcessDeferredGroup", "unexpected call of AddUint32"} {
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%v, want an error with %q", err, reason)
		}
	}
	if edited != string(text) {
		t.Error("the file was changed although an edit failed")
	}
}
