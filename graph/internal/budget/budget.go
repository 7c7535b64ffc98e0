// Package budget keeps what each client may spend: a bucket that leaks what is taken
// out of it back in at a steady rate, up to its size. Nothing runs for a bucket: what
// came back is reckoned when it is looked at. A client that was not seen for long is
// forgotten, as if its bucket were full, and so it is by then.
package budget

import (
	"math"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Options of the buckets; the zero value of each but Size is the documented default.
type Options struct {
	// Size is how much a client may spend at once.
	Size int64
	// Refill is how much comes back each second. Default: a tenth of Size.
	Refill int64
	// Clients is how many buckets are kept; of more, those used longest ago are
	// forgotten. Default: 100,000, which take some 20 MB.
	Clients int
	// Now is the clock. Default: time.Now.
	Now func() time.Time
}

// Buckets are those of all clients. Its methods may be called by many goroutines at
// once.
type Buckets struct {
	Options
	mu  sync.Mutex
	all *simplelru.LRU[string, *bucket]
}

// bucket holds what was there at a time. It may hold less than nothing, when more was
// spent than had been taken.
type bucket struct {
	held float64
	at   time.Time
}

// New makes the buckets, all of them full. It is nil, which gives without end, if
// they have no size.
func New(options Options) *Buckets {
	if options.Size <= 0 {
		return nil
	}
	if options.Refill <= 0 {
		options.Refill = max(options.Size/10, 1)
	}
	if options.Clients <= 0 {
		options.Clients = 100_000
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	all, err := simplelru.NewLRU[string, *bucket](options.Clients, nil)
	if err != nil {
		panic(err) // of a size that is not positive
	}
	return &Buckets{Options: options, all: all}
}

// Take takes out of a client's bucket. If there is not enough in it, nothing is
// taken, and wait says when there will be; never, for more than the size, is for the
// caller to find out.
func (b *Buckets) Take(client string, amount int64) (left int64, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own := b.of(client)
	if lacking := float64(amount) - own.held; lacking > 0 {
		return own.whole(), time.Duration(math.Ceil(lacking / float64(b.Refill) * float64(time.Second)))
	}
	own.held -= float64(amount)
	return own.whole(), 0
}

// Give gives back what was taken and not spent; less than nothing is taken, even
// from an empty bucket.
func (b *Buckets) Give(client string, amount int64) (left int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own := b.of(client)
	own.held = min(own.held+float64(amount), float64(b.Size))
	return own.whole()
}

// of is a client's bucket as it is now.
func (b *Buckets) of(client string) *bucket {
	now := b.Now()
	own, known := b.all.Get(client)
	if !known {
		own = &bucket{held: float64(b.Size), at: now}
		b.all.Add(client, own)
	}
	if since := now.Sub(own.at); since > 0 {
		own.held = min(own.held+since.Seconds()*float64(b.Refill), float64(b.Size))
		own.at = now
	}
	return own
}

// whole is what may be spent.
func (b *bucket) whole() int64 { return int64(max(b.held, 0)) }
