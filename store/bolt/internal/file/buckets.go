package file

import (
	"fmt"
	"slices"

	"chancery/store"
	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// addedInFormat2 are the buckets that format 1 did not have.
var addedInFormat2 = []layout.Table{layout.Identity, layout.Restricted, layout.Identity.Closed(), layout.Restricted.Closed(), layout.Receipts}

// addedInFormat4 are the buckets that formats 2 and 3 did not have.
var addedInFormat4 = []layout.Table{layout.Names, layout.Names.Closed()}

// checkBuckets fails if a bucket of the file's format is missing.
func checkBuckets(tx *bbolt.Tx, format uint32) error {
	for n := range layout.BucketCount {
		added := format < 2 && slices.Contains(addedInFormat2, n) || format < 4 && slices.Contains(addedInFormat4, n)
		if !added && tx.Bucket(n.Name()) == nil {
			return fmt.Errorf("bucket %s is missing: %w", n, store.ErrCorrupt)
		}
	}
	return nil
}

// createBuckets creates all buckets, and the state of an empty graph.
func createBuckets(tx *bbolt.Tx) error {
	for n := range layout.BucketCount {
		if _, err := tx.CreateBucket(n.Name()); err != nil {
			return err
		}
	}
	return tx.Bucket(layout.Meta.Name()).Put(layout.StateKey, layout.State{}.Encode())
}
