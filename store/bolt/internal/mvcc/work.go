package mvcc

import "chancery/diplomacy"

// Work of a Meter, in nanoseconds as measured on the machine of docs/performance.md. What
// a view does not show costs nothing where that can be told, since a client must not learn
// from a cost what is hidden from it.
const (
	SeekWork    = 700 // the beginning of a walk, or the look-up of a key
	VisitWork   = 150 // the next key of a walk, and its filter
	ResolveWork = 200 // whether a record was merged into another
	RecordWork  = 700 // a record, decoded or from the cache: clients must not see which
	byteWork    = 2   // a byte of a record
	WriteWork   = 30_000
)

// A decoded record takes about as many bytes of memory more than twice its size in the file.
const recordHeld = 256

// HeldRecord is Record for one that an operation keeps.
func (r *Reader) HeldRecord(id diplomacy.ID) (diplomacy.Record, error) {
	record, size, err := r.record(id)
	r.Meter.Hold(recordHeld + 2*int64(size))
	return record, err
}

// CountVersion counts a version that an operation keeps, from its size in the file.
func (r *Reader) CountVersion(size int) {
	r.Meter.Work(2*RecordWork + byteWork*int64(size))
	r.Meter.Hold(recordHeld + 2*int64(size))
}
