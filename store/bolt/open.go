package bolt

import (
	"errors"
	"fmt"
	"time"

	"chancery/store/bolt/internal/file"
	"chancery/store/bolt/internal/mvcc"
	"chancery/store/bolt/internal/query"
)

// Options are the options of Open; the zero value opens for reading and writing.
type Options struct {
	ReadOnly bool
	// Clock returns the time of transactions without one; nil is time.Now.
	Clock func() time.Time
	// Timeout is how long to wait for another process to close the file; zero is a
	// second.
	Timeout time.Duration
	// NoSync does not wait for the disk at commits; for tests, which need not survive a
	// power failure.
	NoSync bool
}

// Open opens the graph in a file, and creates it if there is no file or an empty one. The
// error names the file and what to do, and wraps store.ErrInUse, ErrForeign, ErrNewer or
// ErrCorrupt, or an error of package fs; the file is unchanged then.
func Open(path string, o Options) (*DB, error) {
	if o.Timeout == 0 {
		o.Timeout = time.Second
	}
	db, err := open(path, o)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}

func open(path string, o Options) (*DB, error) {
	opened, err := file.Open(path, file.Options{ReadOnly: o.ReadOnly, NoSync: o.NoSync, Timeout: o.Timeout})
	if err != nil {
		return nil, err
	}
	db := &DB{
		file: opened, path: path, readOnly: o.ReadOnly, clock: newClock(o.Clock),
		cache: mvcc.NewCache(), visibility: query.NewVisibilityCache(),
		writing: make(chan struct{}, 1), large: large, open: map[*snapshot]struct{}{},
	}
	db.committed.later = make(chan struct{})
	if db.committed.last, err = db.last(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	db.committed.restriction.Store(uint64(db.committed.last))
	return db, nil
}
