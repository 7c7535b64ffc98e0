package mvcc

import (
	"slices"

	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// journal lists the changes of one writer in a bbolt transaction that it shares with the
// writers before it, so that Undo can take back only its own.
type journal []Change

// Change is a key of a bucket with a value, nil for none: in a journal the value before
// the change.
type Change struct {
	bucket layout.Table
	key    []byte
	value  []byte
}

// Put changes a bucket itself. Entries of tables are changed by Update.
func (b *Tx) Put(n layout.Table, key, value []byte) error {
	bucket := b.Bucket(n)
	b.record(n, bucket, key)
	return bucket.Put(key, value)
}

func (b *Tx) delete(n layout.Table, key []byte) error {
	bucket := b.Bucket(n)
	b.record(n, bucket, key)
	return bucket.Delete(key)
}

// record adds a change to the journal before it is made, so that one that fails halfway is
// undone too. The old value need not be copied: bbolt moves nothing until it commits.
func (b *Tx) record(n layout.Table, bucket *bbolt.Bucket, key []byte) {
	if b.journal != nil {
		*b.journal = append(*b.journal, Change{n, key, bucket.Get(key)})
	}
}

// Undo reverses the changes of the writer, the last first. Only a shared Tx can; others
// are rolled back with their bbolt transaction.
func (b *Tx) Undo() error {
	for _, c := range slices.Backward(*b.journal) {
		var err error
		if bucket := b.Bucket(c.bucket); c.value == nil {
			err = bucket.Delete(c.key)
		} else {
			err = bucket.Put(c.key, c.value)
		}
		if err != nil {
			return err
		}
	}
	*b.journal = nil
	return nil
}
