package bolt

import (
	"sync"
	"sync/atomic"

	"chancery/diplomacy"
)

// committed is the last durable transaction, and the last that may have changed which
// records are restricted.
type committed struct {
	mu    sync.Mutex
	last  diplomacy.TxNumber
	later chan struct{}
	// restriction is set before the change is durable, so that no reader sees the change
	// without the number.
	restriction atomic.Uint64
}

// advance publishes a durable transaction.
func (c *committed) advance(last diplomacy.TxNumber) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if last == c.last {
		return
	}
	close(c.later)
	c.last, c.later = last, make(chan struct{})
}

// Committed implements store.Store. Close does not close the
// channel.
func (db *DB) Committed() (diplomacy.TxNumber, <-chan struct{}) {
	c := &db.committed
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last, c.later
}

// LastRestriction implements store.Store. It is not kept in the file: after Open it
// is the last transaction.
func (db *DB) LastRestriction() diplomacy.TxNumber {
	return diplomacy.TxNumber(db.committed.restriction.Load())
}
