package bolt

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/mvcc"
	"chancery/store/bolt/internal/write"

	"go.etcd.io/bbolt"
)

// batch is a group of transactions that one commit of bbolt makes durable (group commit).
// A commit waits for the disk whatever its size, so writers that wait for the lock share
// one. The lock guards all fields except done and, once that is closed, err.
type batch struct {
	tx      *bbolt.Tx
	members int
	changes int
	last    diplomacy.TxNumber // the last of its members
	done    chan struct{}      // closed when it is durable or failed
	err     error              // why it is not durable
}

// maxChanges is the number of changes at which a batch is flushed at once: more would
// delay its members, and gain nothing once the disk is a small part of the cost. A large
// write has a batch of its own (see large).
const maxChanges = 2_000

// attempt runs fn under the lock. It returns the batch that must be durable before Write
// returns, since fn is a member or has read what members wrote; nil for none.
func (db *DB) attempt(ctx context.Context, by store.Commit, fn func(store.Writer) error) (done diplomacy.Transaction, seen *batch, err error) {
	if err := db.lock(ctx); err != nil {
		return done, nil, err
	}
	defer db.unlock()
	m, err := db.join(by)
	if err != nil {
		return done, nil, fmt.Errorf("write %s: %w", db.path, err)
	}
	kept := false
	defer func() {
		if !kept { // also when fn panics, or ends its goroutine
			db.rollback(m)
		}
	}()
	if m.batch.members > 0 {
		seen = m.batch
	}
	if err := fn(m.Writer); err != nil {
		return done, seen, err
	}
	m.Close() // goroutines of fn must not write any more
	if done, err = m.Finish(ctx); err != nil || done.Number == 0 {
		return done, seen, err
	}
	kept = true
	if m.ChangesRestriction() {
		db.committed.restriction.Store(uint64(done.Number))
	}
	db.keep(m.batch, done)
	return done, m.batch, nil
}

// lock waits for the lock of writers, which is fair, as a channel is to its senders.
func (db *DB) lock(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case db.writing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (db *DB) unlock() { <-db.writing }

// member is a writer in a batch.
type member struct {
	*write.Writer
	tx    *mvcc.Tx
	db    *DB
	batch *batch
}

// join returns a writer in the open batch, or in a new one.
func (db *DB) join(by store.Commit) (*member, error) {
	if err := db.clock.check(); err != nil {
		return nil, err
	}
	if db.batch == nil {
		if err := db.openBatch(); err != nil {
			return nil, err
		}
	}
	durable, _ := db.Committed()
	shared := db.batch.members > 0
	m := &member{tx: mvcc.NewWriteTx(db.batch.tx, db.cache.UpTo(durable), by.Meter, shared), db: db, batch: db.batch}
	m.Writer = write.New(m.tx, by, m.leaveIfLarge)
	if err := m.Begin(db.clock.now); err != nil {
		db.rollback(m)
		return nil, err
	}
	return m, nil
}

func (db *DB) openBatch() error {
	if db.broken != nil {
		return db.broken
	}
	tx, err := db.beginFile()
	if err == nil {
		db.batch = &batch{tx: tx, done: make(chan struct{})}
	}
	return err
}

// keep adds a finished transaction to a batch.
func (db *DB) keep(b *batch, done diplomacy.Transaction) {
	b.members++
	b.changes += done.Changes
	b.last = done.Number
	if b.changes >= maxChanges {
		db.flush(b)
	}
}

// rollback undoes a failed writer's changes to the batch.
func (db *DB) rollback(m *member) {
	m.Close()
	b := m.batch
	switch {
	case b.members == 0:
		db.end(b, nil)
	default:
		if err := m.undo(); err != nil {
			db.end(b, fmt.Errorf("commit to %s: %w: %w", db.path, store.ErrRetry, err))
		}
	}
}

func (m *member) undo() (err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	return m.tx.Undo()
}

// await waits until a batch is durable. It queues for the lock like a writer: those that
// queued before have joined by then, and if the batch is still open it is flushed. So a
// batch has all writers that were waiting, there is no timer, and a single writer does
// not wait at all.
func (db *DB) await(b *batch) error {
	select {
	case <-b.done:
	case db.writing <- struct{}{}:
		db.flush(b)
		db.unlock()
	}
	return b.err
}

// flush makes an open batch durable.
func (db *DB) flush(b *batch) {
	if db.batch != b {
		return // it was flushed
	}
	begun := time.Now()
	err := b.commit()
	if err == nil { // else it is not known to be where a restart would look for it
		err = db.file.CheckPlace(db.path)
	}
	if err != nil {
		err = db.outcome(b.last, err)
	} else {
		db.stats.addFlush(b.members, time.Since(begun))
		db.committed.advance(b.last)
	}
	db.end(b, err)
}

func (b *batch) commit() (err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	return b.tx.Commit()
}

// end closes a batch and wakes its members.
func (db *DB) end(b *batch, err error) {
	db.discard(b.tx) // does nothing after a commit
	db.batch, b.err = nil, err
	close(b.done)
}
