package bolt

import (
	"bytes"
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// Put implements store.Writer.
func (w *writer) Put(ctx context.Context, records ...diplomacy.Record) error {
	return w.change(ctx, func() error {
		for i, r := range records {
			if err := w.between(ctx, i); err != nil {
				return err
			}
			if err := w.putRecord(i, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) putRecord(position int, r diplomacy.Record) error {
	if r == nil {
		return fmt.Errorf("put record %d: it is nil", position)
	}
	normalize(r)
	current, err := w.currentOf(r)
	if err != nil {
		return err
	}
	if problems := w.refuse(r, current); len(problems) > 0 {
		return &store.RefusedError{Position: position, Record: r, Problems: problems}
	}
	if r.Header().ID == 0 {
		r.Header().ID = w.give(r.Kind())
	}
	payload, err := w.version(r, current)
	if err != nil {
		return err
	}
	w.touch(r.Header().ID)
	return w.keep(r, current, payload)
}

// normalize fills in what goes without saying.
func normalize(r diplomacy.Record) {
	if r, ok := r.(interface{ Normalize() }); ok {
		r.Normalize()
	}
}

// currentOf is the version that a record is to follow; nil if there is none.
func (w *writer) currentOf(r diplomacy.Record) (diplomacy.Record, error) {
	id := r.Header().ID
	if id == 0 || id.Kind() != r.Kind() {
		return nil, nil
	}
	return w.record(id)
}

// version sets what the store keeps in a record and encodes it. What says the
// same as the version that the transaction found is that version.
func (w *writer) version(r, current diplomacy.Record) ([]byte, error) {
	found := current
	if current != nil && current.Header().From == w.known {
		var err error
		if found, err = w.base.record(current.Header().ID); err != nil {
			return nil, err
		}
	}
	head := r.Header()
	*head = diplomacy.Head{ID: head.ID, From: w.known, Revision: 1}
	w.date(r, found, current)
	switch {
	case found != nil:
		return encodeAfter(r, found, w.known)
	case current != nil: // which this transaction made, or restored
		head.Revision = current.Header().Revision
	}
	return encodeRecord(r)
}

// encodeAfter encodes the version that follows one of another transaction; what
// says the same is that version.
func encodeAfter(r, found diplomacy.Record, known diplomacy.TxNumber) ([]byte, error) {
	head := r.Header()
	*head = diplomacy.Head{ID: head.ID, From: known, Revision: found.Header().Revision}
	same, err := encodeRecord(found)
	if err != nil {
		return nil, err
	}
	payload, err := encodeRecord(r)
	if err != nil || bytes.Equal(payload, same) {
		head.From = found.Header().From
		return payload, err
	}
	head.Revision++
	return encodeRecord(r)
}

// date keeps ValueSince and Confirmed: found is the version before the
// transaction, current the last one put, or restored with what it had; either
// may be nil.
func (w *writer) date(r, found, current diplomacy.Record) {
	switch r := r.(type) {
	case *diplomacy.Statement:
		r.ValueSince = w.known
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
			r.Confirmed = w.known
		}
	}
}

// keep writes the version and all entries that follow from it.
func (w *writer) keep(r, current diplomacy.Record, payload []byte) error {
	id := r.Header().ID
	if current != nil && current.Header().From == r.Header().From && r.Header().From != w.known {
		return nil // nothing changed
	}
	if err := w.set(entry{records, recordKey(id), payload}); err != nil {
		return err
	}
	if err := w.reenter(current, r, nil); err != nil {
		return err
	}
	if current != nil && outgrown(current, r) {
		return w.reenterLinks(current)
	}
	return nil
}

// outgrown reports whether the entries of what links to a record are others for
// its next version.
func outgrown(old, next diplomacy.Record) bool {
	if restrictedItself(old) != restrictedItself(next) {
		return true
	}
	was, ok := old.(diplomacy.Entity)
	if !ok {
		return false
	}
	is := next.(diplomacy.Entity)
	return was.Facets() != is.Facets() || was.Dated().Span() != is.Dated().Span()
}
