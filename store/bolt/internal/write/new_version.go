package write

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// nextVersion sets the fields that the store keeps in a record and encodes it. A record
// equal to the version before the transaction becomes that version.
func (w *Writer) nextVersion(r, current diplomacy.Record) ([]byte, error) {
	found := current
	if current != nil && current.Header().From == w.now.Known {
		var err error
		if found, err = w.base.Record(current.Header().ID); err != nil {
			return nil, err
		}
	}
	head := r.Header()
	*head = diplomacy.Head{ID: head.ID, From: w.now.Known, Revision: 1}
	w.setSince(r, found, current)
	switch {
	case found != nil:
		return encodeNext(r, found, w.now.Known)
	case current != nil: // created or restored by this transaction
		head.Revision = current.Header().Revision
	}
	return layout.EncodeRecord(r)
}

// encodeNext encodes the version that follows found, of an earlier transaction. A record
// equal to that becomes that version.
func encodeNext(r, found diplomacy.Record, known diplomacy.TxNumber) ([]byte, error) {
	head := r.Header()
	*head = diplomacy.Head{ID: head.ID, From: known, Revision: found.Header().Revision}
	same, err := layout.EncodeRecord(found)
	if err != nil {
		return nil, err
	}
	payload, err := layout.EncodeRecord(r)
	if err != nil || bytes.Equal(payload, same) {
		head.From = found.Header().From
		return payload, err
	}
	head.Revision++
	return layout.EncodeRecord(r)
}

// setSince sets ValueSince and Confirmed. Found is the version before the transaction,
// current the last one put or restored in it; either may be nil.
func (w *Writer) setSince(r, found, current diplomacy.Record) {
	switch r := r.(type) {
	case *diplomacy.Statement:
		r.ValueSince = w.now.Known
		for _, before := range []diplomacy.Record{found, current} {
			if before, ok := before.(*diplomacy.Statement); ok && r.SameValue(before) {
				r.ValueSince = before.ValueSince
			}
		}
	case *diplomacy.Evidence:
		current, ok := current.(*diplomacy.Evidence)
		if ok && r.Confirmed == 0 {
			r.Confirmed = current.Confirmed
		} else {
			r.Confirmed = w.now.Known
		}
	}
}

// restoredVersion encodes an earlier version as the next one of its record. If it equals
// the version before the transaction, it becomes that version.
func (w *Writer) restoredVersion(r diplomacy.Record) ([]byte, error) {
	id := r.Header().ID
	found, err := w.base.Record(id)
	if err != nil {
		return nil, err
	}
	head := r.Header()
	if found == nil {
		revisions, err := w.revisions(id)
		*head = diplomacy.Head{ID: id, From: w.now.Known, Revision: revisions + 1}
		if err != nil {
			return nil, err
		}
		return layout.EncodeRecord(r)
	}
	return encodeNext(r, found, w.now.Known)
}

// revisions returns how many versions of a record were closed before this transaction.
func (w *Writer) revisions(id diplomacy.ID) (uint32, error) {
	key := layout.RecordKey(id)
	k, v := mvcc.SeekBefore(w.tx.Closed(layout.Records).Cursor(), layout.ClosedKey(key, w.now.Known))
	if !bytes.HasPrefix(k, key) {
		return 0, nil
	}
	from := layout.TxNumber(k[len(key):])
	last, err := layout.DecodeRecord(id, v[8:], from, layout.TxNumber(v))
	if err != nil {
		return 0, err
	}
	return last.Header().Revision, nil
}
