package mvcc

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
)

// Reader reads the tables as one transaction left them.
type Reader struct {
	*Tx
	Known diplomacy.TxNumber
	Past  bool // Known is not the last, so closed entries may be visible
}

// Get returns what a key holds, nil for nothing, and the transaction that wrote it.
func (r *Reader) Get(t layout.Table, key []byte) (payload []byte, since diplomacy.TxNumber) {
	if value := r.Value(t, key); value != nil {
		if since = layout.TxNumber(value); since <= r.Known {
			return value[8:], since
		}
	}
	if !r.Past {
		return nil, 0
	}
	closed, value := SeekBefore(r.Closed(t).Cursor(), layout.AppendUint64(bytes.Clone(key), r.Known+1))
	if len(closed) != len(key)+8 || !bytes.HasPrefix(closed, key) || layout.TxNumber(value) <= r.Known {
		return nil, 0
	}
	return value[8:], layout.TxNumber(closed[len(key):])
}

// Record returns a record, nil if it does not exist. It must not be changed.
func (r *Reader) Record(id diplomacy.ID) (diplomacy.Record, error) {
	record, _, err := r.record(id)
	return record, err
}

// Peek is Record for a version that may be hidden, which costs nothing: a client must not
// learn from a cost what is hidden from it.
func (r *Reader) Peek(id diplomacy.ID) (diplomacy.Record, error) {
	payload, since := r.Get(layout.Records, layout.RecordKey(id))
	if payload == nil {
		return nil, nil
	}
	return r.cache.record(id, payload, since)
}

// record also returns the record's size in the file.
func (r *Reader) record(id diplomacy.ID) (_ diplomacy.Record, size int, err error) {
	payload, since := r.Get(layout.Records, layout.RecordKey(id))
	r.Meter.Work(RecordWork + byteWork*int64(len(payload)))
	if payload == nil {
		return nil, 0, nil
	}
	record, err := r.cache.record(id, payload, since)
	return record, len(payload), err
}

// Holder returns the entity that has a slug or identifier, or zero.
func (r *Reader) Holder(key store.Key) diplomacy.ID {
	name := layout.IdentifierKey(key.Scheme, key.Value)
	if key.Scheme == store.SchemeSlug {
		name = layout.SlugKey(key.Kind, key.Value)
	}
	payload, _ := r.Get(layout.Keys, name)
	if payload == nil {
		return 0
	}
	id := layout.ID(payload)
	if key.Kind != diplomacy.KindNone && key.Kind != id.Kind() {
		return 0
	}
	return id
}
