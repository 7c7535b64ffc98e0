package store

import "sync/atomic"

// Meter counts what one operation makes a store do, while it does it, and stops the
// operation when too much has been done. A View and a Commit carry it; engines and the
// layers above add to it. Its methods may be called concurrently; a nil Meter counts
// nothing and never stops.
//
// Work is what an operation costs the processor, in nanoseconds as an engine weighs
// its steps: the keys it visits, the records it decodes, the bytes of both, the records
// it writes. It is not measured time: the same call on the same state costs the same on
// any machine. Held is how many bytes of memory the results take.
//
// Once the Meter is exhausted, all methods of a Reader or Writer but Revision return
// ErrExpensive, and running ones return it soon; a Write then writes nothing.
type Meter struct {
	work, held         atomic.Int64
	nextWork, nextHeld atomic.Int64 // totals at which to call allow
	exhausted          atomic.Bool
	allow              func(work, held int64) bool
}

// Intervals after which a Meter asks whether the operation may go on.
const (
	MeterWork = 50_000    // nanoseconds
	MeterHeld = 256 << 10 // bytes
)

// NewMeter returns a Meter that calls allow with the totals at about every MeterWork of
// work and every MeterHeld bytes, on the goroutine that does the work. When allow returns
// false, the Meter is exhausted, and allow is not called any more.
func NewMeter(allow func(work, held int64) bool) *Meter {
	m := &Meter{allow: allow}
	m.nextWork.Store(MeterWork)
	m.nextHeld.Store(MeterHeld)
	return m
}

// Work adds nanoseconds of work.
func (m *Meter) Work(nanoseconds int64) {
	if m == nil {
		return
	}
	if work := m.work.Add(nanoseconds); work >= m.nextWork.Load() {
		m.nextWork.Store(work + MeterWork)
		m.ask(work, m.held.Load())
	}
}

// Hold adds bytes of memory that the operation keeps until its end.
func (m *Meter) Hold(bytes int64) {
	if m == nil {
		return
	}
	if held := m.held.Add(bytes); held >= m.nextHeld.Load() {
		m.nextHeld.Store(held + MeterHeld)
		m.ask(m.work.Load(), held)
	}
}

func (m *Meter) ask(work, held int64) {
	if !m.exhausted.Load() && !m.allow(work, held) {
		m.exhausted.Store(true)
	}
}

// Used returns the work and the bytes so far.
func (m *Meter) Used() (work, held int64) {
	if m == nil {
		return 0, 0
	}
	return m.work.Load(), m.held.Load()
}

// Err returns ErrExpensive once the Meter is exhausted.
func (m *Meter) Err() error {
	if m != nil && m.exhausted.Load() {
		return ErrExpensive
	}
	return nil
}
