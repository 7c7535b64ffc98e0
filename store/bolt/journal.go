package bolt

import (
	"slices"

	"go.etcd.io/bbolt"
)

// journal is what a writer changed in a bbolt transaction that it shares with
// the writers before it, so that it can be undone without them. A writer that
// has the transaction to itself keeps none: it is rolled back.
type journal []change

// change is what a bucket held under a key before the writer changed it; nil for
// nothing.
type change struct {
	bucket table
	key    []byte
	old    []byte
}

// put and delete are the only ways in which a writer changes a bucket.
func (b *buckets) put(n table, key, value []byte) error {
	bucket := b.bucket(n)
	b.note(n, bucket, key)
	return bucket.Put(key, value)
}

func (b *buckets) delete(n table, key []byte) error {
	bucket := b.bucket(n)
	b.note(n, bucket, key)
	return bucket.Delete(key)
}

// note is made before the change: one that failed halfway is undone too. bbolt
// moves nothing before it commits, so the old value need not be copied.
func (b *buckets) note(n table, bucket *bbolt.Bucket, key []byte) {
	if b.journal != nil {
		*b.journal = append(*b.journal, change{n, key, bucket.Get(key)})
	}
}

// undo puts back what the writer changed, the last first.
func (b *buckets) undo() error {
	for _, c := range slices.Backward(*b.journal) {
		var err error
		if bucket := b.bucket(c.bucket); c.old == nil {
			err = bucket.Delete(c.key)
		} else {
			err = bucket.Put(c.key, c.old)
		}
		if err != nil {
			return err
		}
	}
	*b.journal = nil
	return nil
}
