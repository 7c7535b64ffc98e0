package storetest

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

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// equal ends the test when two answers differ.
func equal(t tester, what string, got, want any) {
	t.Helper()
	if diff := difference(got, want); diff != "" {
		t.Fatalf("%s differs (-want +got):\n%s", what, diff)
	}
}

func difference(got, want any) string { return gocmp.Diff(want, got, alike) }

// must ends the test on an error.
func must(t tester, err error, what string) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// clone copies a record. What its fields point to is shared and never changed.
func clone[R diplomacy.Record](r R) R {
	copied := reflect.New(reflect.TypeOf(r).Elem())
	copied.Elem().Set(reflect.ValueOf(r).Elem())
	return copied.Interface().(R)
}

func clones(records []diplomacy.Record) []diplomacy.Record {
	copies := make([]diplomacy.Record, len(records))
	for i, r := range records {
		copies[i] = clone(r)
	}
	return copies
}

// same reports whether two versions differ in their heads only.
func same(a, b diplomacy.Record) bool {
	a, b = clone(a), clone(b)
	*a.Header(), *b.Header() = diplomacy.Head{}, diplomacy.Head{}
	return gocmp.Equal(a, b, alike)
}

func idsOf[R diplomacy.Record](records ...R) []diplomacy.ID {
	ids := make([]diplomacy.ID, len(records))
	for i, r := range records {
		ids[i] = r.Header().ID
	}
	return ids
}
