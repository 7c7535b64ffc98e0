package file

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// inspect rejects a file that cannot be opened, before anything is written to it.
func inspect(path string, wanted Options) (err error) {
	o := wanted
	o.ReadOnly = true
	file, err := openBbolt(path, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	return file.View(func(tx *bbolt.Tx) error { return inspectIn(tx, file.data, wanted) })
}

func inspectIn(tx *bbolt.Tx, data *os.File, o Options) error {
	info, err := data.Stat()
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		return corrupt.Errorf("it was cut from at least %d bytes to %d; restore it from a copy", tx.Size(), info.Size())
	}
	p, err := readTrees(tx, data)
	if err != nil || empty(tx) {
		return err
	}
	if err := checkFormat(tx); err != nil {
		return err
	}
	if o.ReadOnly {
		return checkUpgraded(tx)
	}
	return p.trustFreelist(tx)
}

// empty reports whether there are no buckets: all are created at once.
func empty(tx *bbolt.Tx) bool {
	name, _ := tx.Cursor().First()
	return name == nil
}

// checkFormat rejects files of other programs and of newer formats.
func checkFormat(tx *bbolt.Tx) error {
	head := tx.Bucket(layout.Meta.Name())
	if head == nil {
		return fmt.Errorf("it is a bbolt file of another program: %w; name another file", store.ErrForeign)
	}
	if _, err := layout.DecodeState(head.Get(layout.StateKey)); err != nil {
		return err
	}
	return checkBuckets(tx, layout.FormatOf(head.Get(layout.StateKey)))
}
