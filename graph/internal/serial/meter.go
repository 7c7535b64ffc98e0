package serial

import (
	"bytes"
	"context"

	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// Work and memory of the executor, in nanoseconds and bytes, as measured on the machine of
// docs/performance.md. They are counted by element of a list: what is outside of lists is
// bounded by the document.
const (
	elementWork = 700 // an element of a list
	fieldWork   = 300 // a field of an object
	byteWork    = 2   // a byte of the response
	elementHeld = 96
	fieldHeld   = 128
)

type meterKey struct{}

// WithMeter returns a context in which the work and the memory of execution are counted.
// When the Meter is exhausted, its owner cancels the context, and execution stops.
func WithMeter(ctx context.Context, m *store.Meter) context.Context {
	return context.WithValue(ctx, meterKey{}, m)
}

// MeterFrom returns the Meter of a context, nil if it has none.
func MeterFrom(ctx context.Context) *store.Meter {
	m, _ := ctx.Value(meterKey{}).(*store.Meter)
	return m
}

// countElements counts the elements of a list before they are marshaled.
func countElements(m *store.Meter, length int) {
	m.Work(elementWork * int64(length))
	m.Hold(elementHeld * int64(length))
}

// countFields counts the fields of an element, and of the objects in it that are not in
// lists.
func countFields(m *store.Meter, element graphql.Marshaler) {
	if n := fieldsOf(element); n > 0 {
		m.Work(fieldWork * n)
		m.Hold(fieldHeld * n)
	}
}

func fieldsOf(value graphql.Marshaler) (n int64) {
	if set, ok := value.(*Set); ok {
		n = int64(len(set.Values))
		for _, inner := range set.Values {
			n += fieldsOf(inner)
		}
	}
	return n
}

// Marshal replaces Marshaler.MarshalGQL of a whole response. Once the Meter of the context
// is exhausted it stops to write.
func Marshal(ctx context.Context, data graphql.Marshaler, into *bytes.Buffer) {
	m := MeterFrom(ctx)
	countFields(m, data)
	w := writer{into: into, meter: m}
	data.MarshalGQL(&w)
	w.count()
}

// countedBytes is after how many bytes a writer counts them.
const countedBytes = 16 << 10

// writer counts the bytes that it writes.
type writer struct {
	into    *bytes.Buffer
	meter   *store.Meter
	counted int
}

// Write implements io.Writer. It never fails, since marshalers do not ask.
func (w *writer) Write(b []byte) (int, error) {
	if w.mayWrite(len(b)) {
		w.into.Write(b)
	}
	return len(b), nil
}

// WriteString implements io.StringWriter.
func (w *writer) WriteString(s string) (int, error) {
	if w.mayWrite(len(s)) {
		w.into.WriteString(s)
	}
	return len(s), nil
}

// mayWrite counts what is written so far in time before more than countedBytes are added.
func (w *writer) mayWrite(more int) bool {
	if more >= countedBytes || w.into.Len()-w.counted >= countedBytes {
		w.count()
		w.add(more)
	}
	return w.meter.Err() == nil
}

// count counts what was written and not counted yet.
func (w *writer) count() { w.add(w.into.Len() - w.counted) }

func (w *writer) add(n int) {
	if n <= 0 {
		return
	}
	w.counted += n
	w.meter.Work(byteWork * int64(n))
	w.meter.Hold(int64(n))
}
