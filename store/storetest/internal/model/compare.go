package model

import (
	"reflect"

	"chancery/diplomacy"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// copyRecord copies a record. What its fields point to is shared and never changed.
func copyRecord[R diplomacy.Record](r R) R {
	copied := reflect.New(reflect.TypeOf(r).Elem())
	copied.Elem().Set(reflect.ValueOf(r).Elem())
	return copied.Interface().(R)
}

// sameRecord reports whether two versions differ in their heads only.
func sameRecord(a, b diplomacy.Record) bool {
	a, b = copyRecord(a), copyRecord(b)
	*a.Header(), *b.Header() = diplomacy.Head{}, diplomacy.Head{}
	return gocmp.Equal(a, b, cmpopts.EquateEmpty(), gocmp.Comparer(func(a, b diplomacy.Time) bool { return a == b }))
}
