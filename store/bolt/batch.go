package bolt

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// batch is the transactions that one commit of bbolt makes durable. A commit
// costs a wait for the disk whatever it holds, so those that wait for their turn
// share it. All fields but done and, once that is closed, err belong to who
// holds the turn.
type batch struct {
	tx      *bbolt.Tx
	members int
	changes int
	last    diplomacy.TxNumber // of its members
	done    chan struct{}      // closed when it is durable or given up
	err     error              // why it is not durable
}

// most is how many changes a batch takes before it is flushed at once: more
// would make those who wait for it wait longer, and there is nothing to gain
// when the disk is but a small part of the cost. A single write that is large has
// a batch of its own (part.go).
const most = 2_000

// attempt runs fn in its turn. It gives the batch that must be durable before
// anybody may be told of the outcome, as fn is part of it or has seen it; nil
// for none.
func (db *DB) attempt(ctx context.Context, by store.Commit, fn func(store.Writer) error) (done diplomacy.Transaction, seen *batch, err error) {
	if err := db.take(ctx); err != nil {
		return done, nil, err
	}
	defer db.release()
	w, err := db.join(by)
	if err != nil {
		return done, nil, fmt.Errorf("write %s: %w", db.path, err)
	}
	kept := false
	defer func() {
		if !kept { // also when fn panics, or ends its goroutine
			db.leave(w)
		}
	}()
	if w.batch.members > 0 {
		seen = w.batch
	}
	if err := fn(w); err != nil {
		return done, seen, err
	}
	w.close() // what fn left running may not write any more
	if done, err = w.sum(ctx); err != nil || done.Number == 0 {
		return done, seen, err
	}
	kept = true
	if w.veiled {
		db.committed.settled.Store(uint64(done.Number))
	}
	db.keep(w.batch, done)
	return done, w.batch, nil
}

// take waits for the turn to write. Turns come in the order in which they were
// asked for, as a channel serves its senders.
func (db *DB) take(ctx context.Context) error {
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

func (db *DB) release() { <-db.writing }

// join makes a writer in the open batch, or in a new one.
func (db *DB) join(by store.Commit) (*writer, error) {
	if db.batch == nil {
		if err := db.openBatch(); err != nil {
			return nil, err
		}
	}
	w := newWriter(db, by)
	if err := w.begin(db.now); err != nil {
		db.leave(w)
		return nil, err
	}
	return w, nil
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

// keep makes a transaction a member for good.
func (db *DB) keep(b *batch, done diplomacy.Transaction) {
	b.members++
	b.changes += done.Changes
	b.last = done.Number
	if b.changes >= most {
		db.flush(b)
	}
}

// leave takes back what a writer did that is to have done nothing.
func (db *DB) leave(w *writer) {
	w.close()
	b := w.batch
	switch {
	case b.members == 0:
		db.end(b, nil)
	default:
		if err := w.takeBack(); err != nil {
			db.end(b, fmt.Errorf("commit to %s: %w: %w", db.path, store.ErrRetry, err))
		}
	}
}

func (w *writer) takeBack() (err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	return w.undo()
}

// await waits until a batch is durable. Whoever has waited takes its turn like
// all others; those that asked before have joined by then, and if it is still
// open it is flushed. So a batch holds whoever was waiting, nobody waits for a
// clock, and one who writes alone does not wait at all.
func (db *DB) await(b *batch) error {
	select {
	case <-b.done:
	case db.writing <- struct{}{}:
		db.flush(b)
		db.release()
	}
	return b.err
}

// flush makes an open batch durable.
func (db *DB) flush(b *batch) {
	if db.batch != b {
		return // somebody did
	}
	begun := time.Now()
	err := b.commit()
	if err != nil {
		err = db.outcome(b.last, err)
	} else {
		db.stats.addFlush(b.members, time.Since(begun))
		db.committed.tell(b.last)
	}
	db.end(b, err)
}

func (b *batch) commit() (err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	return b.tx.Commit()
}

// end lets go of a batch and tells its members.
func (db *DB) end(b *batch, err error) {
	db.rollback(b.tx) // does nothing after a commit
	db.batch, b.err = nil, err
	close(b.done)
}
