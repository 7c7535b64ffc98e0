package capacity

import (
	"io"
	"sync"
)

// Pool counts what is held, up to a bound, and what each client holds, up to a share of
// it. Its methods may be called by many goroutines at once.
type Pool struct {
	most, share int64

	mu      sync.Mutex
	held    int64
	clients map[string]int64 // what they hold who hold anything; nil if one may hold all
}

// NewPool makes an empty pool, of which one client may hold as much as share says.
func NewPool(most, share int64) *Pool {
	p := &Pool{most: most, share: share}
	if share < most {
		p.clients = map[string]int64{}
	}
	return p
}

// Of is what there is of the pool for a client.
func (p *Pool) Of(client string) Room { return Room{p, client} }

// Room is what there is of a pool for one client.
type Room struct {
	pool   *Pool
	client string
}

// Take holds so much more, if there is room; what was taken is given back.
func (r Room) Take(amount int64) bool {
	p := r.pool
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held+amount > p.most || p.clients != nil && p.clients[r.client]+amount > p.share {
		return false
	}
	r.add(amount)
	return true
}

// Most is how much the client may hold when nobody holds anything.
func (r Room) Most() int64 { return min(r.pool.most, r.pool.share) }

// Give lets go of it.
func (r Room) Give(amount int64) {
	r.pool.mu.Lock()
	defer r.pool.mu.Unlock()
	r.add(-amount)
}

// add forgets clients that hold nothing, or their names would fill the memory.
func (r Room) add(amount int64) {
	r.pool.held += amount
	if r.pool.clients == nil {
		return
	}
	if holds := r.pool.clients[r.client] + amount; holds != 0 {
		r.pool.clients[r.client] = holds
	} else {
		delete(r.pool.clients, r.client)
	}
}

// Reader takes room for what is read; reading fails with ErrFull where there is none.
// Release gives it all back, once it is held no more.
func (r Room) Reader(from io.ReadCloser) *Reader { return &Reader{ReadCloser: from, room: r} }

// Reader is one that takes from a pool. It belongs to one goroutine.
type Reader struct {
	io.ReadCloser
	room  Room
	taken int64
}

// Read implements io.Reader.
func (r *Reader) Read(into []byte) (int, error) {
	n, err := r.ReadCloser.Read(into)
	if n > 0 && !r.room.Take(int64(n)) {
		return 0, ErrFull
	}
	r.taken += int64(n)
	return n, err
}

// Taken is how much it holds.
func (r *Reader) Taken() int64 { return r.taken }

// Release gives back what was taken.
func (r *Reader) Release() {
	r.room.Give(r.taken)
	r.taken = 0
}
