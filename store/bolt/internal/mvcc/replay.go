package mvcc

import (
	"bytes"
	"cmp"
	"slices"

	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// Changed returns what the buckets hold under the keys that the writer changed, sorted.
func (b *Tx) Changed() []Change {
	var changed []Change
	for _, c := range *b.journal {
		changed = append(changed, Change{c.bucket, c.key, nil})
	}
	slices.SortFunc(changed, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), bytes.Compare(a.key, b.key))
	})
	changed = slices.CompactFunc(changed, func(a, b Change) bool { return a.bucket == b.bucket && bytes.Equal(a.key, b.key) })
	for i, c := range changed { // copied, since it outlives the bbolt transaction
		changed[i].key, changed[i].value = bytes.Clone(c.key), bytes.Clone(b.Bucket(c.bucket).Get(c.key))
	}
	return changed
}

// Replay moves the writer to another bbolt transaction, which no other writer has changed,
// and makes there what Changed returned.
func (b *Tx) Replay(tx *bbolt.Tx, changed []Change) error {
	b.tx, b.journal = tx, nil
	for n := range b.opened {
		b.opened[n].Store(nil)
	}
	b.FillPages()
	for _, c := range changed {
		var err error
		if c.value == nil {
			err = b.delete(c.bucket, c.key)
		} else {
			err = b.Put(c.bucket, c.key, c.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// FillPages leaves less free space in the pages of buckets that grow at their end.
func (b *Tx) FillPages() {
	for _, n := range []layout.Table{layout.Records, layout.Transactions, layout.Changes} {
		b.Bucket(n).FillPercent = appendFillPercent
	}
}

const appendFillPercent = 0.9
