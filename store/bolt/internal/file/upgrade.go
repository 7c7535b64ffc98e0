package file

import (
	"errors"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// A file of an earlier format is upgraded when it is first opened for writing. Format 1
// had no tables of verdicts and of restricted records, and no receipts. Until format 2 names
// were folded otherwise, so lists were sorted otherwise, and there was no table of names;
// until format 3 the longest spans were not recorded.

// checkUpgraded rejects a file that must be upgraded before it can be read.
func checkUpgraded(tx *bbolt.Tx) error {
	if f := layout.FormatOf(tx.Bucket(layout.Meta.Name()).Get(layout.StateKey)); f < layout.Format {
		return fmt.Errorf("its format is %d and has to become %d: %w; open it once for writing", f, layout.Format, store.ErrReadOnly)
	}
	return nil
}

// upgrade converts a file to the current format, in one bbolt transaction.
func upgrade(tx *bbolt.Tx) error {
	head := tx.Bucket(layout.Meta.Name())
	s, err := layout.DecodeState(head.Get(layout.StateKey))
	if err != nil || layout.FormatOf(head.Get(layout.StateKey)) == layout.Format {
		return err
	}
	for _, t := range []layout.Table{layout.Identity, layout.Lists, layout.Names} {
		if err := errors.Join(drop(tx, t), drop(tx, t.Closed())); err != nil {
			return err
		}
	}
	for n := range layout.BucketCount {
		if _, err := tx.CreateBucketIfNotExists(n.Name()); err != nil {
			return err
		}
	}
	r := &mvcc.Reader{Tx: mvcc.NewReadTx(tx, nil, nil), Known: s.Last}
	if err := fill(r, []diplomacy.Kind{diplomacy.KindJudgement}, layout.Identity); err != nil {
		return err
	}
	if err := fill(r, diplomacy.EntityKinds, layout.Lists, layout.Names); err != nil {
		return err
	}
	if err := fillLongest(r); err != nil {
		return err
	}
	return head.Put(layout.StateKey, s.Encode())
}

// drop deletes a bucket, if there is one.
func drop(tx *bbolt.Tx, n layout.Table) error {
	if err := tx.DeleteBucket(n.Name()); !errors.Is(err, bbolterrors.ErrBucketNotFound) {
		return err
	}
	return nil
}
