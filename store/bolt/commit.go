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
	"chancery/store/bolt/internal/corrupt"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// beginFile starts a bbolt transaction for writing; there is one at a time.
func (db *DB) beginFile() (tx *bbolt.Tx, err error) {
	if err := errors.Join(db.file.CheckHead(), db.file.CheckPlace(db.path)); err != nil {
		return nil, err
	}
	defer db.noteDamage(&err)
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	return db.file.Begin(true)
}

// discard rolls a bbolt transaction back unless it was committed.
func (db *DB) discard(tx *bbolt.Tx) {
	var err error
	defer db.noteDamage(&err)
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	_ = tx.Rollback() // fails only after a commit
}

// noteDamage stops writing after a panic, which left bbolt with its lock held: a further
// write would block without end.
func (db *DB) noteDamage(err *error) {
	if *err != nil && db.broken == nil && errors.Is(*err, store.ErrCorrupt) {
		db.broken = *err
		db.stats.broken.Store(true)
	}
}

// outcome returns the error of a failed commit: the outcome is unknown if the file shows
// the transaction, which may not be durable; else nothing was written.
func (db *DB) outcome(number diplomacy.TxNumber, failed error) error {
	if errors.Is(failed, store.ErrCorrupt) {
		return fmt.Errorf("commit to %s: %w", db.path, failed)
	}
	if errors.Is(failed, store.ErrReplaced) {
		return fmt.Errorf("commit to %s: %w: %w", db.path, store.ErrOutcomeUnknown, failed)
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

// noRoom reports whether a commit failed because the file cannot grow. Some such errors of
// bbolt can be recognized by their text only.
func noRoom(failed error) bool {
	for _, full := range []error{syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT, bbolterrors.ErrMaxSizeReached} {
		if errors.Is(failed, full) || strings.HasSuffix(failed.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// last returns the number of the last transaction in the file.
func (db *DB) last() (diplomacy.TxNumber, error) {
	s, err := db.Read(context.Background(), store.Everything(0))
	if err != nil {
		return 0, err
	}
	defer s.Release()
	return s.Revision(), nil
}
