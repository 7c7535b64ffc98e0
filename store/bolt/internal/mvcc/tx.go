package mvcc

import (
	"fmt"
	"sync/atomic"

	"chancery/store"
	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// Tx is a bbolt transaction with the buckets of a graph, as one reader or one writer uses
// it. A bucket is opened at its first use, since few reads use all. Two goroutines may
// open one at once: both buckets are good.
type Tx struct {
	tx      *bbolt.Tx
	opened  [layout.BucketCount]atomic.Pointer[bbolt.Bucket]
	cache   *Cache       // may be nil
	Meter   *store.Meter // counts the work of the reader or writer; may be nil
	pending *pending     // nil for readers
	journal *journal     // nil for readers, and for the first writer of a bbolt transaction
	// increments are changes of counters that a writer has not yet applied.
	increments map[layout.CounterKey]int
	longest    map[layout.CounterKey]span // the longest spans that a writer has added
}

// NewReadTx returns a Tx for reading, with a cache of records and a meter, which may be nil.
func NewReadTx(tx *bbolt.Tx, cache *Cache, m *store.Meter) *Tx {
	return &Tx{tx: tx, cache: cache, Meter: m}
}

// NewWriteTx returns a Tx for one writer. If other writers changed the bbolt transaction
// before, it is shared, and the Tx keeps a journal so that Undo can spare their changes.
func NewWriteTx(tx *bbolt.Tx, cache *Cache, m *store.Meter, shared bool) *Tx {
	b := &Tx{tx: tx, cache: cache, Meter: m, pending: &pending{}, increments: map[layout.CounterKey]int{}, longest: map[layout.CounterKey]span{}}
	if shared {
		b.journal = &journal{}
	}
	return b
}

// Bucket returns a bucket. It panics if the file lacks it, which corrupt.Recover reports.
func (b *Tx) Bucket(n layout.Table) *bbolt.Bucket {
	if opened := b.opened[n].Load(); opened != nil {
		return opened
	}
	opened := b.tx.Bucket(n.Name())
	if opened == nil {
		panic(fmt.Sprintf("bucket %s is missing", n))
	}
	b.opened[n].Store(opened)
	return opened
}

// Current returns the bucket of a table's current entries, with what a writer has put
// there. To look up a single key, Value is faster.
func (b *Tx) Current(t layout.Table) *bbolt.Bucket {
	if b.pending != nil && b.pending[t] != nil {
		if err := b.applyTable(t); err != nil {
			panic(fmt.Sprintf("write to %s: %v", t, err)) // see Bucket
		}
	}
	return b.Bucket(t)
}

// Closed returns the bucket of a table's closed entries.
func (b *Tx) Closed(t layout.Table) *bbolt.Bucket { return b.Bucket(t.Closed()) }

// State reads the last transaction, its time and the last ID.
func (b *Tx) State() (layout.State, error) {
	return layout.DecodeState(b.Bucket(layout.Meta).Get(layout.StateKey))
}
