package bolt

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"syscall"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// beginFile starts the one bbolt transaction that writes.
func (db *DB) beginFile() (tx *bbolt.Tx, err error) {
	defer db.mind(&err)
	defer guard(&err, debug.SetPanicOnFault(true))
	return db.file.Begin(true)
}

// rollback gives up what was not committed.
func (db *DB) rollback(tx *bbolt.Tx) {
	var err error
	defer db.mind(&err)
	defer guard(&err, debug.SetPanicOnFault(true))
	_ = tx.Rollback() // fails only after a commit
}

// mind takes note of a panic that left bbolt with its lock: whoever asked for
// that again would wait for ever.
func (db *DB) mind(err *error) {
	if *err != nil && db.broken == nil && errors.Is(*err, store.ErrCorrupt) {
		db.broken = *err
		db.stats.broken.Store(true)
	}
}

// sum finishes the transaction.
func (w *writer) sum(ctx context.Context) (done diplomacy.Transaction, err error) {
	if err := ctx.Err(); err != nil {
		return done, err
	}
	defer guard(&err, debug.SetPanicOnFault(true))
	return w.finish()
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
		if noRoom(failed) {
			return fmt.Errorf("commit to %s: %w: %w; make room on its disk or in its quota", db.path, store.ErrFull, failed)
		}
	}
	return fmt.Errorf("commit to %s: %w: %w", db.path, verdict, failed)
}

// noRoom reports whether a commit failed because the file cannot grow. bbolt
// tells of some such errors in words alone.
func noRoom(failed error) bool {
	for _, full := range []error{syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT, bbolterrors.ErrMaxSizeReached} {
		if errors.Is(failed, full) || strings.HasSuffix(failed.Error(), full.Error()) {
			return true
		}
	}
	return false
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
