package bolt

import (
	"fmt"

	"chancery/store"

	"go.etcd.io/bbolt"
)

// table is one of those that know the past.
type table uint8

const (
	records table = iota
	links
	lists
	keys
	tableCount
)

var tableNames = [tableCount]string{"records", "links", "lists", "keys"}

// closedSuffix on the name of a table names its closed twin.
const closedSuffix = "-closed"

// buckets are all buckets of the file, within one bbolt transaction.
type buckets struct {
	current, closed                       [tableCount]*bbolt.Bucket
	meta, counters, transactions, changes *bbolt.Bucket
}

// each calls f with every bucket's name and where it is kept.
func (b *buckets) each(f func(name string, bucket **bbolt.Bucket) error) error {
	for t, name := range tableNames {
		if err := f(name, &b.current[t]); err != nil {
			return err
		}
		if err := f(name+closedSuffix, &b.closed[t]); err != nil {
			return err
		}
	}
	for _, other := range []struct {
		name   string
		bucket **bbolt.Bucket
	}{{"meta", &b.meta}, {"counters", &b.counters}, {"transactions", &b.transactions}, {"changes", &b.changes}} {
		if err := f(other.name, other.bucket); err != nil {
			return err
		}
	}
	return nil
}

// open finds all buckets.
func (b *buckets) open(tx *bbolt.Tx) error {
	return b.each(func(name string, bucket **bbolt.Bucket) error {
		if *bucket = tx.Bucket([]byte(name)); *bucket == nil {
			return fmt.Errorf("bucket %q is missing: %w", name, store.ErrCorrupt)
		}
		return nil
	})
}

// create makes all buckets.
func (b *buckets) create(tx *bbolt.Tx) error {
	return b.each(func(name string, bucket **bbolt.Bucket) (err error) {
		*bucket, err = tx.CreateBucket([]byte(name))
		return err
	})
}
