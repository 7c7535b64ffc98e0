package e2e

import (
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"go.etcd.io/bbolt"
)

// cut FILE SIZE truncates the file, as a full disk or an interrupted copy does.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// empty FILE BUCKET deletes the content of a bucket with bbolt, bypassing the store.
func empty(ts *testscript.TestScript, _ bool, args []string) {
	change(ts, args[0], func(tx *bbolt.Tx) error {
		if err := tx.DeleteBucket([]byte(args[1])); err != nil {
			return err
		}
		_, err := tx.CreateBucket([]byte(args[1]))
		return err
	})
}

// foreign FILE creates a bbolt file of another program.
func foreign(ts *testscript.TestScript, _ bool, args []string) {
	change(ts, args[0], func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("recipes"))
		return err
	})
}

func change(ts *testscript.TestScript, name string, fn func(*bbolt.Tx) error) {
	db, err := bbolt.Open(ts.MkAbs(name), 0o600, nil)
	ts.Check(err)
	ts.Check(db.Update(fn))
	ts.Check(db.Close())
}
