package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"chancery/store"
	"chancery/store/bolt/internal/corrupt"

	"go.etcd.io/bbolt"
)

// File is an open bbolt file.
type File struct {
	*bbolt.DB
	data     *os.File // which bbolt closes
	pageSize int      // in bytes; bbolt reads it from the file each time
}

// CheckHead rejects a file whose meta pages were cut off: bbolt would read them from memory
// that is no longer there, with its lock held.
func (f *File) CheckHead() error {
	info, err := f.data.Stat()
	if err != nil {
		return err
	}
	if head := int64(2 * f.pageSize); info.Size() < head {
		return corrupt.Errorf("it was cut to %d bytes; restore it from a copy", info.Size())
	}
	return nil
}

// CheckPlace reports with store.ErrReplaced that the file is no longer at a path: what is
// written to it is lost when it is closed.
func (f *File) CheckPlace(path string) error {
	mine, err := f.data.Stat()
	if err != nil {
		return err
	}
	switch there, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist), err == nil && !os.SameFile(mine, there):
		return fmt.Errorf("%w; put it back, or restart with the new one", store.ErrReplaced)
	default:
		return err
	}
}

// FreeBytes returns how much can be written before the file grows, once no snapshot needs
// the pages that were replaced.
func (f *File) FreeBytes() int64 {
	size := int64(f.pageSize)
	stats := f.Stats()
	free := int64(stats.FreePageN+stats.PendingPageN) * size
	info, err := f.data.Stat()
	if err != nil || f.CheckHead() != nil {
		return free
	}
	_ = f.View(func(tx *bbolt.Tx) error { // fails only when closed
		free += max(0, info.Size()-tx.Size())
		return nil
	})
	return free
}
