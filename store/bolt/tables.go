package bolt

import (
	"fmt"
	"slices"
	"sync/atomic"

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
	identity
	restricted
	tableCount
)

func (t table) String() string { return bucketNames[t] }

// The numbers of the buckets: tables, their closed twins and five more.
const (
	meta = 2*tableCount + iota
	counters
	transactions
	changes
	receipts
	bucketCount
)

var bucketNames = [bucketCount]string{
	"records", "links", "lists", "keys", "identity", "restricted",
	"records-closed", "links-closed", "lists-closed", "keys-closed", "identity-closed", "restricted-closed",
	"meta", "counters", "transactions", "changes", "receipts",
}

// buckets are all buckets of the file, within one bbolt transaction. Each is
// opened when it is first asked for, which few reads do of all. Two goroutines
// may do so at once: either's bucket is good.
type buckets struct {
	tx      *bbolt.Tx
	opened  [bucketCount]atomic.Pointer[bbolt.Bucket]
	pending *pending // a writer's; nil for readers
	journal *journal // of a writer that is not the first of its batch
	decoded *decoded // may be nil
}

func (b *buckets) bucket(n table) *bbolt.Bucket {
	if opened := b.opened[n].Load(); opened != nil {
		return opened
	}
	opened := b.tx.Bucket([]byte(bucketNames[n]))
	if opened == nil {
		panic(fmt.Sprintf("bucket %s is missing", bucketNames[n])) // met by guard
	}
	b.opened[n].Store(opened)
	return opened
}

// current and closed are the two halves of a table, to walk over. A single key
// is cheaper by value.
func (b *buckets) current(t table) *bbolt.Bucket {
	if b.pending != nil && b.pending[t] != nil {
		if err := b.settleTable(t); err != nil {
			panic(fmt.Sprintf("settle %s: %v", t, err)) // met by guard
		}
	}
	return b.bucket(t)
}

func (b *buckets) closed(t table) *bbolt.Bucket { return b.bucket(t + tableCount) }

// since2 are the buckets that format 1 did not have.
var since2 = []table{identity, restricted, identity + tableCount, restricted + tableCount, receipts}

// complete reports what is missing, as far as a file's format has it.
func complete(tx *bbolt.Tx, format uint32) error {
	for n, name := range bucketNames {
		if tx.Bucket([]byte(name)) == nil && !(format < 2 && slices.Contains(since2, table(n))) {
			return fmt.Errorf("bucket %s is missing: %w", name, store.ErrCorrupt)
		}
	}
	return nil
}

// create makes all buckets.
func create(tx *bbolt.Tx) error {
	for _, name := range bucketNames {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}
