package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"chancery/store"

	"go.etcd.io/bbolt"
)

// Options say how to open; the zero value is for reading and writing.
type Options struct {
	ReadOnly bool
	// Clock gives the time of transactions that name none; nil is time.Now.
	Clock func() time.Time
	// Timeout is how long to wait for another process to let go of the file;
	// zero is a second.
	Timeout time.Duration
	// NoSync leaves it to the operating system when to write; for tests, which
	// need not survive a power failure.
	NoSync bool
}

// Open opens the graph in a file, and makes it if there is no file or an empty
// one. The error names the file and what to do, and wraps store.ErrInUse,
// ErrForeign, ErrNewer or ErrCorrupt, or one of package fs; the file is then
// as it was.
func Open(path string, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
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
	fresh, err := isFresh(path)
	if err != nil {
		return nil, err
	}
	if fresh && o.ReadOnly {
		return nil, fmt.Errorf("there is no graph to read: %w; import one first", fs.ErrNotExist)
	}
	if !fresh {
		if err := inspect(path, o); err != nil {
			return nil, err
		}
	}
	file, err := openFile(path, o)
	if err != nil {
		return nil, err
	}
	db := &DB{decoded: newDecoded(), file: file, path: path, pageSize: int64(file.Info().PageSize), readOnly: o.ReadOnly, large: large, now: o.Clock, writing: make(chan struct{}, 1), open: map[*snapshot]struct{}{}}
	db.committed.later = make(chan struct{})
	if !o.ReadOnly {
		err = db.prepare()
	}
	if err == nil {
		db.committed.last, err = db.last()
		db.committed.settled.Store(uint64(db.committed.last))
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// isFresh reports whether there is no file yet, or an empty one.
func isFresh(path string) (bool, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("it is no file: %w; name a file", store.ErrForeign)
	case info.Size() > 0 && info.Size() < smallest:
		return false, fmt.Errorf("it has %d bytes: %w; name another file", info.Size(), store.ErrForeign)
	}
	return info.Size() == 0, nil
}

// smallest is the size of an empty bbolt file, in bytes.
const smallest = 4 * 4096

// inspect reads the file before anything is written to it.
func inspect(path string, wanted Options) (err error) {
	o := wanted
	o.ReadOnly = true
	file, err := openFile(path, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	defer guard(&err, debug.SetPanicOnFault(true))
	data, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, data.Close()) }()
	return file.View(func(tx *bbolt.Tx) error { return inspectIn(tx, data, wanted) })
}

func inspectIn(tx *bbolt.Tx, data *os.File, o Options) error {
	info, err := data.Stat()
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		return corrupt("it was cut from at least %d bytes to %d; restore it from a copy", tx.Size(), info.Size())
	}
	if err := checkPages(tx, data); err != nil || empty(tx) {
		return err
	}
	if err := recognize(tx); err != nil || !o.ReadOnly {
		return err
	}
	return readable(tx)
}

// empty reports whether there are no buckets: all of them are made at once.
func empty(tx *bbolt.Tx) bool {
	name, _ := tx.Cursor().First()
	return name == nil
}

// recognize tells a graph from other programs' files.
func recognize(tx *bbolt.Tx) error {
	head := tx.Bucket([]byte(bucketNames[meta]))
	if head == nil {
		return fmt.Errorf("it is a bbolt file of another program: %w; name another file", store.ErrForeign)
	}
	if _, err := readState(head); err != nil {
		return err
	}
	return complete(tx, formatOf(head))
}

// prepare makes the buckets of a new file and those that an old one lacks; a
// commit costs, even of nothing.
func (db *DB) prepare() (err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	ready := false
	err = db.file.View(func(tx *bbolt.Tx) error {
		ready = !empty(tx) && formatOf(tx.Bucket([]byte(bucketNames[meta]))) == format
		return nil
	})
	if err != nil || ready {
		return err
	}
	return db.file.Update(func(tx *bbolt.Tx) error {
		if !empty(tx) {
			return upgrade(tx)
		}
		if err := create(tx); err != nil {
			return err
		}
		return state{}.write(tx.Bucket([]byte(bucketNames[meta])))
	})
}
