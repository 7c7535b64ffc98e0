package bolt

import (
	"sync"

	"chancery/diplomacy"
)

// committed tells of the last durable transaction.
type committed struct {
	mu    sync.Mutex
	last  diplomacy.TxNumber
	later chan struct{}
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
