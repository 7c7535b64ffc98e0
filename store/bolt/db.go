package bolt

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// DB is a store.Store in one file. Its methods may be called by many goroutines
// at once.
type DB struct {
	file      *bbolt.DB
	path      string
	pageSize  int64 // in bytes
	readOnly  bool
	now       func() time.Time
	writing   chan struct{} // holds an element while it is somebody's turn to write
	batch     *batch        // the open one; belongs to whose turn it is
	large     int           // see large
	broken    error         // why there can be no more writes; so does this
	committed committed
	decoded   *decoded
	stats     stats

	mu   sync.Mutex
	open map[*snapshot]struct{}
}

var _ store.Store = (*DB)(nil)

// Read implements store.Store.
func (db *DB) Read(ctx context.Context, of store.View) (_ store.Snapshot, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	tx, err := db.file.Begin(false)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", db.path, err)
	}
	s := &snapshot{view: view{reader: reader{
		buckets: &buckets{tx: tx, decoded: db.decoded}, joins: !of.Apart, hides: !of.Restricted,
	}}, db: db}
	if err := s.begin(of.Known); err != nil {
		_ = tx.Rollback() // the error that counts is err
		return nil, fmt.Errorf("read %s: %w", db.path, err)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.open[s] = struct{}{}
	return s, nil
}

// begin puts the snapshot into the state that a transaction left.
func (s *snapshot) begin(known diplomacy.TxNumber) (err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	last, err := readState(s.bucket(meta))
	switch {
	case err != nil:
		return err
	case known > last.last:
		return fmt.Errorf("as of transaction %d, of %d so far: %w", known, last.last, store.ErrNotFound)
	case known == 0:
		known = last.last
	}
	s.known, s.last, s.past = known, last.last, known < last.last
	s.joins = s.joins && s.joinsAny()
	s.hides = s.hides && s.hidesAny()
	return nil
}

func (db *DB) forget(s *snapshot) {
	db.mu.Lock()
	defer db.mu.Unlock()
	delete(db.open, s)
}

// Write implements store.Store. Writes that wait for each other share the wait
// for the disk (see batch). It returns when all that fn saw is durable, also when
// fn failed or changed nothing; if what it saw did not come to be, fn runs again.
// A context that ends before fn does keeps it from being written; one that ends
// later does not keep Write from waiting for the disk and telling the truth. A
// Write within fn waits for itself until its context ends; nor may fn wait for
// another Write to return, which may be waiting for fn.
func (db *DB) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	if db.readOnly {
		return diplomacy.Transaction{}, fmt.Errorf("write %s: %w", db.path, store.ErrReadOnly)
	}
	for {
		done, seen, err := db.attempt(ctx, by, fn)
		if seen == nil {
			return done, err
		}
		failed := db.await(seen)
		switch {
		case failed == nil:
			return done, err
		case done.Number != 0:
			return diplomacy.Transaction{}, failed
		}
	}
}

// Close waits for the writes that run, makes them durable, and releases what
// snapshots are still open, waiting only for the calls that read in them.
// Closing twice is no error. A file whose damage broke off a write is let go of
// when the process ends.
func (db *DB) Close() (err error) {
	db.writing <- struct{}{}
	defer db.release()
	if db.batch != nil {
		db.flush(db.batch)
	}
	for _, s := range db.unreleased() {
		s.Release()
	}
	if db.broken != nil {
		return fmt.Errorf("close %s: %w", db.path, db.broken)
	}
	defer guard(&err, debug.SetPanicOnFault(true))
	return db.file.Close()
}

func (db *DB) unreleased() []*snapshot {
	db.mu.Lock()
	defer db.mu.Unlock()
	var all []*snapshot
	for s := range db.open {
		all = append(all, s)
	}
	return all
}
