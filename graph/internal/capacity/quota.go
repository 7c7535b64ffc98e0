package capacity

import (
	"io"
	"sync"
)

// Quota limits a total, and the part of it that one client may hold. Its methods may be
// called concurrently.
type Quota struct {
	total, share int64

	mu      sync.Mutex
	held    int64
	clients map[string]int64 // amounts above zero; nil if a client may hold the total
}

// NewQuota returns a quota of which nothing is reserved; one client may hold up to share.
func NewQuota(total, share int64) *Quota {
	q := &Quota{total: total, share: share}
	if share < total {
		q.clients = map[string]int64{}
	}
	return q
}

// For returns the view of the quota that a client has.
func (q *Quota) For(client string) ClientQuota { return ClientQuota{q, client} }

// ClientQuota reserves and releases amounts of a quota for one client.
type ClientQuota struct {
	quota  *Quota
	client string
}

// Reserve reserves an amount and reports whether it fit. Callers must release what they
// reserved.
func (c ClientQuota) Reserve(amount int64) bool {
	q := c.quota
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.held+amount > q.total || q.clients != nil && q.clients[c.client]+amount > q.share {
		return false
	}
	c.add(amount)
	return true
}

// Max returns how much the client may hold at most.
func (c ClientQuota) Max() int64 { return min(c.quota.total, c.quota.share) }

// Release releases an amount that was reserved.
func (c ClientQuota) Release(amount int64) {
	c.quota.mu.Lock()
	defer c.quota.mu.Unlock()
	c.add(-amount)
}

// add removes clients that hold nothing from the map, which would grow forever otherwise.
func (c ClientQuota) add(amount int64) {
	c.quota.held += amount
	if c.quota.clients == nil {
		return
	}
	if held := c.quota.clients[c.client] + amount; held != 0 {
		c.quota.clients[c.client] = held
	} else {
		delete(c.quota.clients, c.client)
	}
}

// Reader returns a reader that reserves each byte it reads and fails with ErrFull when
// the quota is exhausted. Its Release releases all of them.
func (c ClientQuota) Reader(from io.ReadCloser) *Reader { return &Reader{ReadCloser: from, quota: c} }

// Reader reserves a quota for what is read. It must not be used concurrently.
type Reader struct {
	io.ReadCloser
	quota    ClientQuota
	reserved int64
}

// Read implements io.Reader.
func (r *Reader) Read(into []byte) (int, error) {
	n, err := r.ReadCloser.Read(into)
	if n > 0 && !r.quota.Reserve(int64(n)) {
		return 0, ErrFull
	}
	r.reserved += int64(n)
	return n, err
}

// Reserved returns how many bytes are reserved.
func (r *Reader) Reserved() int64 { return r.reserved }

// Release releases the reserved bytes; further calls do nothing.
func (r *Reader) Release() {
	r.quota.Release(r.reserved)
	r.reserved = 0
}
