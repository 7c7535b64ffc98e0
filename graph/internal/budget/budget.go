// Package budget limits what each client may spend with token buckets: a bucket holds
// up to a burst and is refilled at a steady rate. No goroutine runs for a bucket; the
// refill is computed when it is used. Clients that were not seen for long are
// forgotten, which loses nothing, since their buckets are full by then.
package budget

import (
	"math"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Options configure the budget of each client, in units of @cost. The zero value means
// that clients have no budget and may spend without limit. A client is a principal,
// or for anonymous requests an address (of IPv6 a /64 network).
//
// The estimated cost of an operation is taken before it runs; what it did not spend is
// refunded with its response. An operation that exceeds the remaining budget is rejected
// as THROTTLED. Events of a subscription are charged in the same way, but are delayed
// until the budget suffices.
type Options struct {
	// Burst is the size of a client's bucket. Default: no budget.
	Burst int64
	// Refill is the number of units added each second. Default: a tenth of Burst.
	Refill int64
	// Clients is how many buckets are kept; beyond it the least recently used are
	// forgotten. Default: 100,000, which take about 20 MB.
	Clients int
}

// Buckets holds the token buckets of all clients. Its methods may be called
// concurrently.
type Buckets struct {
	Options
	now func() time.Time
	mu  sync.Mutex
	all *simplelru.LRU[string, *bucket]
}

// bucket holds the units that were available at a time; they are negative if more was
// spent than had been taken.
type bucket struct {
	units float64
	at    time.Time
}

// New returns full buckets for all clients, or nil if the options set no budget.
func New(options Options, now func() time.Time) *Buckets {
	if options.Burst <= 0 {
		return nil
	}
	if options.Refill <= 0 {
		options.Refill = max(options.Burst/10, 1)
	}
	if options.Clients <= 0 {
		options.Clients = 100_000
	}
	all, err := simplelru.NewLRU[string, *bucket](options.Clients, nil)
	if err != nil {
		panic(err) // the size is positive
	}
	return &Buckets{Options: options, now: now, all: all}
}

// Take removes an amount from a client's bucket and returns what remains. If the bucket
// holds less, nothing is removed, and wait is the time until it holds enough; callers
// reject amounts above Burst, for which it never does.
func (b *Buckets) Take(client string, amount int64) (remaining int64, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own := b.refilled(client)
	if lacking := float64(amount) - own.units; lacking > 0 {
		return own.remaining(), time.Duration(math.Ceil(lacking / float64(b.Refill) * float64(time.Second)))
	}
	own.units -= float64(amount)
	return own.remaining(), 0
}

// Refund returns an amount that was taken and not spent to a client's bucket. A negative
// amount is taken, even from an empty bucket.
func (b *Buckets) Refund(client string, amount int64) (remaining int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own := b.refilled(client)
	own.units = min(own.units+float64(amount), float64(b.Burst))
	return own.remaining()
}

// refilled returns a client's bucket with the units added that are due by now.
func (b *Buckets) refilled(client string) *bucket {
	now := b.now()
	own, known := b.all.Get(client)
	if !known {
		own = &bucket{units: float64(b.Burst), at: now}
		b.all.Add(client, own)
	}
	if since := now.Sub(own.at); since > 0 {
		own.units = min(own.units+since.Seconds()*float64(b.Refill), float64(b.Burst))
		own.at = now
	}
	return own
}

func (b *bucket) remaining() int64 { return int64(max(b.units, 0)) }

// Seconds rounds a wait up to whole seconds, as Retry-After needs it.
func Seconds(wait time.Duration) int { return int(math.Ceil(wait.Seconds())) }
