package bolt

import (
	"sync"
	"sync/atomic"

	"chancery/diplomacy"
)

// committed tells of the last durable transaction, and since when nothing was
// restricted or released.
type committed struct {
	mu    sync.Mutex
	last  diplomacy.TxNumber
	later chan struct{}
	// settled is raised before what changes it is durable, so that nobody sees the
	// change and not the number.
	settled atomic.Uint64
}

func (c *committed) tell(last diplomacy.TxNumber) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if last == c.last {
		return
	}
	close(c.later)
	c.last, c.later = last, make(chan struct{})
}

// Committed implements store.Store. Close does not close the channel: whoever
// waits for it waits for a context as well.
func (db *DB) Committed() (diplomacy.TxNumber, <-chan struct{}) {
	c := &db.committed
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last, c.later
}

// Settled implements store.Store. It is not kept in the file: when that is opened,
// it is the last transaction.
func (db *DB) Settled() diplomacy.TxNumber {
	return diplomacy.TxNumber(db.committed.settled.Load())
}
