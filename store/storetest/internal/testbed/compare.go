package testbed

import (
	"reflect"

	"chancery/diplomacy"
	"chancery/store"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// alike compares answers: an absent list is an empty one, times are compared as
// values, and cursors are each engine's own.
var alike = gocmp.Options{
	cmpopts.EquateEmpty(),
	gocmp.Comparer(func(a, b diplomacy.Time) bool { return a == b }),
	gocmp.Comparer(func(a, b store.Cursor) bool { return true }),
}

// Tester is what *testing.T and *rapid.T share.
type Tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Equal ends the test when two answers differ.
func Equal(t Tester, what string, got, want any) {
	t.Helper()
	if diff := Difference(got, want); diff != "" {
		t.Fatalf("%s differs (-want +got):\n%s", what, diff)
	}
}

// Difference describes how two answers differ; empty if they are equal.
func Difference(got, want any) string { return gocmp.Diff(want, got, alike) }

// Must ends the test on an error.
func Must(t Tester, err error, what string) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// Clone copies a record. What its fields point to is shared and never changed.
func Clone[R diplomacy.Record](r R) R {
	copied := reflect.New(reflect.TypeOf(r).Elem())
	copied.Elem().Set(reflect.ValueOf(r).Elem())
	return copied.Interface().(R)
}

// Clones copies records.
func Clones(records []diplomacy.Record) []diplomacy.Record {
	copies := make([]diplomacy.Record, len(records))
	for i, r := range records {
		copies[i] = Clone(r)
	}
	return copies
}

// IDsOf returns the ids of records.
func IDsOf[R diplomacy.Record](records ...R) []diplomacy.ID {
	ids := make([]diplomacy.ID, len(records))
	for i, r := range records {
		ids[i] = r.Header().ID
	}
	return ids
}
