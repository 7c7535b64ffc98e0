package diplomacy_test

import (
	"errors"
	"reflect"
	"testing"

	"chancery/diplomacy"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

var (
	anyID = rapid.Custom(func(t *rapid.T) diplomacy.ID {
		return diplomacy.MakeID(diplomacy.Kind(rapid.Byte().Draw(t, "kind")), rapid.Uint64Range(0, 3).Draw(t, "stamp"))
	})
	anyTerm = rapid.Custom(func(t *rapid.T) diplomacy.Term {
		list := rapid.SampledFrom(lists).Draw(t, "list").terms
		return rapid.SampledFrom(append(diplomacy.Terms{"", "\xff"}, list...)).Draw(t, "term")
	})
	anyTime = rapid.Custom(func(t *rapid.T) diplomacy.Time {
		return diplomacy.MustParseTime(rapid.SampledFrom([]string{"", "2018?", "2004-04-02/2020-07-16", "../2019", "2020/", "-0044-03-15"}).Draw(t, "time"))
	})
	anyText = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "en", "\xff", "\x00", "https://example.org", "0,0", "one"}))
)

func anyStatement(t *rapid.T) diplomacy.Statement {
	var s diplomacy.Statement
	fillAny(t, reflect.ValueOf(&s).Elem())
	if rapid.Bool().Draw(t, "of the vocabulary") {
		s.Predicate = rapid.SampledFrom(diplomacy.Vocabulary).Draw(t, "rule").Predicate
	}
	return s
}

// fillAny sets every field of a record to something of its type.
func fillAny(t *rapid.T, v reflect.Value) {
	switch v.Interface().(type) {
	case diplomacy.Time:
		v.Set(reflect.ValueOf(anyTime.Draw(t, "time")))
	case diplomacy.Term:
		v.Set(reflect.ValueOf(anyTerm.Draw(t, "term")))
	case diplomacy.ID:
		v.Set(reflect.ValueOf(anyID.Draw(t, "id")))
	case decimal.Decimal:
		v.Set(reflect.ValueOf(decimal.New(rapid.Int64().Draw(t, "amount"), rapid.Int32().Draw(t, "exponent"))))
	default:
		fillPlain(t, v)
	}
}

func fillPlain(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			fillAny(t, field)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rapid.IntRange(0, 3).Draw(t, "length"), 3))
		for i := range v.Len() {
			fillAny(t, v.Index(i))
		}
	case reflect.String:
		v.SetString(anyText.Draw(t, "text"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int:
		v.SetInt(rapid.Int64Range(-2, 9).Draw(t, "int"))
	default:
		v.SetUint(uint64(rapid.Byte().Draw(t, "number")))
	}
}

// anything is a record with whatever in its fields, of a kind there is.
func anything(t *rapid.T) diplomacy.Record {
	record := diplomacy.NewRecord(anyKind.Draw(t, "kind"))
	fillAny(t, reflect.ValueOf(record).Elem())
	return record
}

// holdsAnything is the property of Validate: no panic, nothing changed, and
// all that is wrong said with its field and its reason.
func holdsAnything(t *rapid.T) {
	record := anything(t)
	if s, ok := record.(interface{ Normalize() }); ok && rapid.Bool().Draw(t, "normalize") {
		s.Normalize()
	}
	first, second := record.Validate(), record.Validate()
	if !reflect.DeepEqual(first, second) {
		t.Fatalf("first: %v\nthen: %v", first, second)
	}
	var problems diplomacy.Problems
	if first != nil && (!errors.As(first, &problems) || len(problems) == 0) {
		t.Fatalf("%T: %v is no Problems", record, first)
	}
	for _, problem := range problems {
		if problem.Field == "" || problem.Reason == "" || len(problem.Reason) > 1000 {
			t.Fatalf("%T: %q: %q", record, problem.Field, problem.Reason)
		}
	}
}

func TestValidateAcceptsAnyInputWithoutPanic(t *testing.T) { rapid.Check(t, holdsAnything) }

func FuzzValidate(f *testing.F) { f.Fuzz(rapid.MakeFuzz(holdsAnything)) }

func TestNormalizingEvidenceTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var e diplomacy.Evidence
		fillAny(t, reflect.ValueOf(&e).Elem())
		e.Normalize()
		once := e
		e.Normalize()
		if e != once || e.Part == "" || e.Stance == "" || e.Method == "" {
			t.Fatalf("normalized twice: %v, once: %v", e, once)
		}
	})
}
