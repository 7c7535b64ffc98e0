package bolt

import (
	"bytes"
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// Restore implements store.Writer.
func (w *writer) Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error {
	return w.change(ctx, func() error {
		if known > w.base.known {
			return fmt.Errorf("restore what was after transaction %d, of %d so far: %w", known, w.base.known, store.ErrNotFound)
		}
		then := &reader{buckets: w.buckets, known: known, past: true}
		for i, id := range ids {
			if err := w.between(ctx, i); err != nil {
				return err
			}
			if err := w.restore(i, id, then); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) restore(position int, id diplomacy.ID, then *reader) error {
	r, err := then.copy(id)
	if err != nil {
		return err
	}
	current, err := w.record(id)
	switch {
	case err != nil:
		return err
	case r == nil && current == nil:
		return nil
	case r == nil:
		return w.retract(id)
	}
	return w.restoreRecord(position, r, current)
}

// copy decodes a record anew, to be changed.
func (r *reader) copy(id diplomacy.ID) (diplomacy.Record, error) {
	payload, since := r.get(records, recordKey(id))
	if payload == nil {
		return nil, nil
	}
	return decodeRecord(id, payload, since, 0)
}

// restoreRecord puts a version of the past, which has ValueSince and Confirmed
// in it.
func (w *writer) restoreRecord(position int, r, current diplomacy.Record) error {
	follows := current
	if follows == nil {
		follows = r // it kept its id, and has the ends it always had
	}
	if problems := w.refuse(r, follows); len(problems) > 0 {
		return &store.RefusedError{Position: position, Record: r, Problems: problems}
	}
	payload, err := w.succeed(r)
	if err != nil {
		return err
	}
	w.touch(r.Header().ID)
	if err := w.keep(r, current, payload); err != nil {
		return err
	}
	return w.rejoin(r)
}

// succeed makes a version the one that follows the last of its record; or that
// which the transaction found, where it says the same.
func (w *writer) succeed(r diplomacy.Record) ([]byte, error) {
	id := r.Header().ID
	found, err := w.base.record(id)
	if err != nil {
		return nil, err
	}
	head := r.Header()
	if found == nil {
		revisions, err := w.revisions(id)
		*head = diplomacy.Head{ID: id, From: w.known, Revision: revisions + 1}
		if err != nil {
			return nil, err
		}
		return encodeRecord(r)
	}
	return encodeAfter(r, found, w.known)
}

// revisions counts the versions of a record that were closed before this
// transaction.
func (w *writer) revisions(id diplomacy.ID) (uint32, error) {
	key := recordKey(id)
	k, v := before(w.closed(records).Cursor(), stampedKey(key, w.known))
	if !bytes.HasPrefix(k, key) {
		return 0, nil
	}
	from := number[diplomacy.TxNumber](k[len(key):])
	last, err := decodeRecord(id, v[8:], from, number[diplomacy.TxNumber](v))
	if err != nil {
		return 0, err
	}
	return last.Header().Revision, nil
}

// rejoin brings up to date the links to a record that this transaction had
// retracted: they say what it was then.
func (w *writer) rejoin(r diplomacy.Record) error {
	was, gone := w.dropped[r.Header().ID]
	if !gone {
		return nil
	}
	delete(w.dropped, r.Header().ID)
	if outgrown(was, r) {
		return w.reenterLinks(was)
	}
	return nil
}
