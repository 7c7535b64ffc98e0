package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"

	"go.etcd.io/bbolt"
)

// Options configures Open: read-only mode, writes without waiting for the disk, and how
// long to wait for the lock of the file.
type Options struct {
	ReadOnly, NoSync bool
	// Timeout is how long to wait for another process to close the file.
	Timeout time.Duration
}

// Open opens the graph in a file, and creates it if there is no file or an empty one. On
// an error the file is unchanged.
func Open(path string, o Options) (*File, error) {
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
	file, err := openBbolt(path, o)
	if err != nil || o.ReadOnly {
		return file, err
	}
	if err := prepare(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
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
		return false, fmt.Errorf("it is not a file: %w; name a file", store.ErrForeign)
	case info.Size() > 0 && info.Size() < smallest:
		return false, fmt.Errorf("it has %d bytes: %w; name another file", info.Size(), store.ErrForeign)
	}
	return info.Size() == 0, nil
}

// smallest is the size of an empty bbolt file, in bytes.
const smallest = 4 * 4096

// prepare creates the buckets of a new file or upgrades an old one, and otherwise avoids
// the cost of a commit.
func prepare(file *File) (err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	ready := false
	err = file.View(func(tx *bbolt.Tx) error {
		ready = !empty(tx) && layout.FormatOf(tx.Bucket(layout.Meta.Name()).Get(layout.StateKey)) == layout.Format &&
			mvcc.NewReadTx(tx, nil, nil).CountsDeprecated()
		return nil
	})
	if err != nil || ready {
		return err
	}
	return file.Update(func(tx *bbolt.Tx) error {
		create := upgrade
		if empty(tx) {
			create = createBuckets
		}
		if err := create(tx); err != nil {
			return err
		}
		return countDeprecated(tx)
	})
}
