package bolt

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/file"
	"chancery/store/bolt/internal/mvcc"
	"chancery/store/bolt/internal/overlay"
	"chancery/store/bolt/internal/query"

	"go.etcd.io/bbolt"
)

// DB is a store.Store in one file. It is safe for concurrent use.
type DB struct {
	file       *file.File
	path       string
	readOnly   bool
	clock      clock
	writing    chan struct{} // the lock of writers, full while one holds it
	batch      *batch        // the open batch; guarded by writing
	large      int           // see large
	broken     error         // why nothing can be written any more; guarded by writing
	committed  committed
	cache      *mvcc.Cache
	visibility *query.VisibilityCache
	stats      stats

	mu   sync.Mutex
	open map[*snapshot]struct{}
}

var _ store.Store = (*DB)(nil)

// Read implements store.Store.
func (db *DB) Read(ctx context.Context, of store.View) (_ store.Snapshot, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	tx, err := db.beginRead()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", db.path, err)
	}
	opened, err := overlay.Open(mvcc.NewReadTx(tx, db.cache, of.Meter), of)
	if err != nil {
		_ = tx.Rollback() // err is more important
		return nil, fmt.Errorf("read %s: %w", db.path, err)
	}
	s := &snapshot{View: query.NewView(opened, db.visibility), db: db, tx: tx}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.open[s] = struct{}{}
	return s, nil
}

// beginRead starts a bbolt transaction for reading.
func (db *DB) beginRead() (tx *bbolt.Tx, err error) {
	if err := db.file.CheckHead(); err != nil {
		return nil, err
	}
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	return db.file.Begin(false)
}

func (db *DB) forget(s *snapshot) {
	db.mu.Lock()
	defer db.mu.Unlock()
	delete(db.open, s)
}

// Write implements store.Store. Writes that wait for each other share the wait for the
// disk (see batch). It returns when all that fn read is durable, also when fn failed or
// changed nothing; if that could not be committed, fn runs again. A context that ends
// before fn returns cancels the transaction; one that ends later does not, and Write
// waits for the disk. A Write within fn blocks until its context ends; nor may fn wait
// for another Write to return, which may be waiting for fn.
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

// Close waits for running writes, makes them durable, and releases open snapshots, waiting
// only for their running calls. It may be called twice. If damage to the file broke off a
// write, the file stays open until the process ends.
func (db *DB) Close() (err error) {
	db.writing <- struct{}{}
	defer db.unlock()
	if db.batch != nil {
		db.flush(db.batch)
	}
	for _, s := range db.unreleased() {
		s.Release()
	}
	if db.broken != nil {
		return fmt.Errorf("close %s: %w", db.path, db.broken)
	}
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
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
