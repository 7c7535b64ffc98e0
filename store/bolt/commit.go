package bolt

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// begin starts the one bbolt transaction that writes.
func (db *DB) begin(by store.Commit) (*writer, error) {
	if db.broken != nil {
		return nil, db.broken
	}
	tx, err := db.beginFile()
	if err != nil {
		return nil, err
	}
	w := newWriter(tx, by)
	if err := w.begin(db.now); err != nil {
		db.rollback(w)
		return nil, err
	}
	return w, nil
}

func (db *DB) beginFile() (tx *bbolt.Tx, err error) {
	defer db.mind(&err)
	defer guard(&err, debug.SetPanicOnFault(true))
	return db.file.Begin(true)
}

// rollback gives up what was not committed.
func (db *DB) rollback(w *writer) {
	w.close()
	var err error
	defer db.mind(&err)
	defer guard(&err, debug.SetPanicOnFault(true))
	_ = w.tx.Rollback() // fails only after a commit
}

// mind takes note of a panic that left bbolt with its lock: whoever asked for
// that again would wait for ever.
func (db *DB) mind(err *error) {
	if *err != nil && db.broken == nil && errors.Is(*err, store.ErrCorrupt) {
		db.broken = *err
	}
}

// commit makes the transaction durable, if it changed anything.
func (db *DB) commit(ctx context.Context, w *writer) (diplomacy.Transaction, error) {
	w.close() // fn has returned; what it left running may not write any more
	done, err := w.sum(ctx)
	if err != nil || done.Number == 0 {
		return diplomacy.Transaction{}, err
	}
	if err := w.flush(); err != nil {
		return diplomacy.Transaction{}, db.outcome(done.Number, err)
	}
	return done, nil
}

// sum finishes the transaction.
func (w *writer) sum(ctx context.Context) (done diplomacy.Transaction, err error) {
	if err := ctx.Err(); err != nil {
		return done, err
	}
	defer guard(&err, debug.SetPanicOnFault(true))
	return w.finish()
}

func (w *writer) flush() (err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	return w.tx.Commit()
}

// outcome tells of a failed commit whether anything was written: the head shows
// the transaction if it was, though perhaps not yet for good.
func (db *DB) outcome(number diplomacy.TxNumber, failed error) error {
	if errors.Is(failed, store.ErrCorrupt) {
		return fmt.Errorf("commit to %s: %w", db.path, failed)
	}
	verdict := store.ErrOutcomeUnknown
	if last, err := db.last(); err == nil && last < number {
		verdict = store.ErrRetry
	}
	return fmt.Errorf("commit to %s: %w: %w", db.path, verdict, failed)
}

// last is the number of the last transaction in the file.
func (db *DB) last() (diplomacy.TxNumber, error) {
	s, err := db.Read(context.Background(), store.Everything(0))
	if err != nil {
		return 0, err
	}
	defer s.Release()
	return s.Revision(), nil
}
