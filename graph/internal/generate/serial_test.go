package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stockExecutor is what gqlgen writes when nobody edits it.
const stockExecutor = "../stock/stock.generated.go"

// makeCopySerial makes a copy of the stock executor serial, after a change to it that
// gqlgen might make.
func makeCopySerial(t *testing.T, from, to string) (text string, err error) {
	t.Helper()
	stock, err := os.ReadFile(stockExecutor)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(stock), from) {
		t.Fatalf("the stock executor has no %q to change", from)
	}
	file := filepath.Join(t.TempDir(), "stock.generated.go")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(stock), from, to)), 0o600); err != nil {
		t.Fatal(err)
	}
	err = makeSerial(filepath.Dir(file))
	edited, readErr := os.ReadFile(file)
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(edited), err
}

func TestEditsApplyToWhatGqlgenWrites(t *testing.T) {
	text, err := makeCopySerial(t, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "", text, 0); err != nil {
		t.Error(err)
	}
	for _, call := range []string{"serial.NewSet(fields)", "serial.List(ctx, len(v), ", "serial.Field(ctx, out, ", "serial.Root(innerCtx, out, ", "out.Invalids++", `"chancery/graph/internal/serial"`} {
		if !strings.Contains(text, call) {
			t.Errorf("the executor has no %s", call)
		}
	}
	for _, gone := range append(leftovers, "atomic", "Dispatch(") {
		if strings.Contains(text, gone) {
			t.Errorf("the executor still has %s", gone)
		}
	}
}

// TestEditsTellWhenGqlgenChanges changes the stock executor in ways that an
// edit would miss, and wants to be told.
func TestEditsTellWhenGqlgenChanges(t *testing.T) {
	for _, change := range []struct{ from, to, told string }{
		{"graphql.NewFieldSet(", "graphql.MakeFieldSet(", "no match for graphql\\.NewFieldSet"},
		{"graphql.MarshalSliceConcurrently(", "graphql.MarshalSlice(", "no match for graphql\\.MarshalSliceConcurrently"},
		{"ResolveConcurrently(ec.OperationContext, &deferred, i,", "ResolveConcurrently(&deferred, i,", `still has "Concurrently("`},
		{"ResolveRootConcurrently(innerCtx, ", "ResolveRootConcurrently(ctx, ", `still has "Concurrently("`},
		{"deferred := graphql.NewDeferredGroup(ctx)", "deferred := graphql.NewDeferredGroup(ctx, nil)", `still has "DeferredGroup("`},
		{"if n := len(deferred.Defers); n > 0 {", "if len(deferred.Defers) > 0 {", `still has "DeferredGroup("`},
		{"out.Dispatch(ctx)", "out.Run(ctx)", "no match for"},
		{"atomic.AddUint32(&out.Invalids, 1)", "out.Invalids.Add(1)", "no match for"},
	} {
		_, err := makeCopySerial(t, change.from, change.to)
		if err == nil || !strings.Contains(err.Error(), change.told) {
			t.Errorf("with %q: %v, want an error that says %q", change.to, err, change.told)
		}
	}
}
