package mvcc

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// SeekBefore moves the cursor to the last key that is less; nil if there is none.
func SeekBefore(c *bbolt.Cursor, key []byte) (k, v []byte) {
	if k, _ := c.Seek(key); k == nil {
		return c.Last()
	}
	return c.Prev()
}

// LastClosed returns the last version of a record that has no current one.
func (r *Reader) LastClosed(id diplomacy.ID) (diplomacy.Record, error) {
	key := layout.RecordKey(id)
	k, v := r.lastClosed(layout.Records, key)
	if k == nil {
		return nil, nil
	}
	return layout.DecodeRecord(id, v[8:], layout.TxNumber(k[len(key):]), layout.TxNumber(v))
}

// LastUntil returns the transaction that closed the last closed entry of a key.
func (r *Reader) LastUntil(t layout.Table, key []byte) (diplomacy.TxNumber, bool) {
	k, v := r.lastClosed(t, key)
	if k == nil {
		return 0, false
	}
	return layout.TxNumber(v), true
}

// lastClosed returns the last closed entry of a key; nil if there is none.
func (r *Reader) lastClosed(t layout.Table, key []byte) (k, v []byte) {
	k, v = SeekBefore(r.Closed(t).Cursor(), append(bytes.Clone(key), "\xff\xff\xff\xff\xff\xff\xff\xff\xff"...))
	if len(k) != len(key)+8 || !bytes.HasPrefix(k, key) {
		return nil, nil
	}
	return k, v
}

// RecordCopy is Record for a caller that changes what it gets.
func (r *Reader) RecordCopy(id diplomacy.ID) (diplomacy.Record, error) {
	payload, since := r.Get(layout.Records, layout.RecordKey(id))
	if payload == nil {
		return nil, nil
	}
	return layout.DecodeRecord(id, payload, since, 0)
}

// AllVersions returns all versions of a record in the file, the oldest first.
func (r *Reader) AllVersions(id diplomacy.ID) ([]diplomacy.Record, error) {
	key := layout.RecordKey(id)
	var versions []diplomacy.Record
	past := r.Closed(layout.Records).Cursor()
	for k, v := past.Seek(key); bytes.HasPrefix(k, key); k, v = past.Next() {
		r, err := layout.DecodeRecord(id, v[8:], layout.TxNumber(k[8:]), layout.TxNumber(v))
		if err != nil {
			return nil, err
		}
		versions = append(versions, r)
	}
	if v := r.Current(layout.Records).Get(key); v != nil {
		r, err := layout.DecodeRecord(id, v[8:], layout.TxNumber(v), 0)
		if err != nil {
			return nil, err
		}
		versions = append(versions, r)
	}
	return versions, nil
}
