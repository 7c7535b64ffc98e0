package capacity

import (
	"io"
	"sync/atomic"
)

// Pool counts what is held, up to a bound. Its methods may be called by many
// goroutines at once.
type Pool struct {
	most int64
	held atomic.Int64
}

// NewPool makes an empty pool.
func NewPool(most int64) *Pool { return &Pool{most: most} }

// Take holds so much more, if there is room; what was taken is given back.
func (p *Pool) Take(amount int64) bool {
	if p.held.Add(amount) > p.most {
		p.held.Add(-amount)
		return false
	}
	return true
}

// Give lets go of it.
func (p *Pool) Give(amount int64) { p.held.Add(-amount) }

// Reader takes what is read from the pool; reading fails with ErrFull where there is
// no room. Release gives it all back, once it is held no more.
func (p *Pool) Reader(from io.ReadCloser) *Reader { return &Reader{ReadCloser: from, pool: p} }

// Reader is one that takes from a pool. It belongs to one goroutine.
type Reader struct {
	io.ReadCloser
	pool  *Pool
	taken int64
}

// Read implements io.Reader.
func (r *Reader) Read(into []byte) (int, error) {
	n, err := r.ReadCloser.Read(into)
	if n > 0 && !r.pool.Take(int64(n)) {
		return 0, ErrFull
	}
	r.taken += int64(n)
	return n, err
}

// Release gives back what was taken.
func (r *Reader) Release() {
	r.pool.Give(r.taken)
	r.taken = 0
}
