package testbed

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// Refused ends the test unless Put refuses the record at the position, for the
// fields joined by spaces, and no other record.
func Refused(b *Bed, position int, fields string, records ...diplomacy.Record) {
	b.Helper()
	RefusedAll(b, []string{fmt.Sprint(position, ": ", fields)}, records...)
}

// RefusedAll ends the test unless Put refuses these records, each given as its
// position and fields: "0: names slug".
func RefusedAll(b *Bed, want []string, records ...diplomacy.Record) {
	b.Helper()
	_, err := b.TryPut(records...)
	IsRefused(b, err, want, records...)
}

// IsRefused ends the test unless an error lists these refusals.
func IsRefused(b *Bed, err error, want []string, records ...diplomacy.Record) {
	b.Helper()
	refusal, ok := errors.AsType[*store.RefusedError](err)
	if !ok || !errors.As(err, new(diplomacy.Problems)) {
		b.Fatalf("the error is %v, want a RefusedError of %q that wraps Problems", err, want)
	}
	Equal(b, "refused records", RefusedFields(refusal), want)
	for _, r := range refusal.Refusals {
		if wanted := records[r.Position]; r.Record.Kind() != wanted.Kind() {
			b.Errorf("record %d in the error is of kind %s, want %s", r.Position, r.Record.Kind(), wanted.Kind())
		}
	}
	if len(err.Error()) > 10_000 {
		b.Errorf("the message for %q has %d bytes", want, len(err.Error()))
	}
}

// RefusedFields spells the position and the fields of each refusal.
func RefusedFields(e *store.RefusedError) []string {
	var all []string
	for _, r := range e.Refusals {
		all = append(all, fmt.Sprint(r.Position, ": ", strings.Join(fieldsOf(r.Problems), " ")))
	}
	return all
}

// fieldsOf are the fields of the problems in their order, each once.
func fieldsOf(problems diplomacy.Problems) []string {
	var fields []string
	for _, p := range problems {
		fields = append(fields, p.Field)
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}
