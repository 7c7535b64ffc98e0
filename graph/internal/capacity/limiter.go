package capacity

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/semaphore"
)

// ErrFull is returned when capacity is exhausted and the queue is full or too slow.
var ErrFull = errors.New("capacity is exhausted")

// Limiter limits the total weight of what runs at once, with a bounded queue. Its
// methods may be called concurrently.
type Limiter struct {
	size    int64
	queue   *Quota
	timeout time.Duration
	slots   *semaphore.Weighted
}

// NewLimiter returns a limiter for a total weight. The queue bounds how many callers of
// Acquire wait, and timeout how long.
func NewLimiter(size int64, queue *Quota, timeout time.Duration) *Limiter {
	return &Limiter{size: size, queue: queue, timeout: timeout, slots: semaphore.NewWeighted(size)}
}

// Acquire blocks until there is room for a weight, in order of arrival; a weight above
// the total runs alone. Callers must call release exactly once. It returns ErrFull if the
// client's share of the queue is full or the timeout passes, and the context's error if
// that ends first.
func (l *Limiter) Acquire(ctx context.Context, client string, weight int64) (release func(), err error) {
	weight = min(max(weight, 1), l.size)
	if l.slots.TryAcquire(weight) {
		return func() { l.slots.Release(weight) }, nil
	}
	queue := l.queue.For(client)
	if !queue.Reserve(1) {
		return nil, ErrFull
	}
	defer queue.Release(1)
	limited, cancel := context.WithTimeout(ctx, l.timeout)
	defer cancel()
	switch err := l.slots.Acquire(limited, weight); {
	case err == nil:
		return func() { l.slots.Release(weight) }, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	default:
		return nil, ErrFull
	}
}

// Wait is Acquire without a queue limit or timeout; it fails only when the context ends.
func (l *Limiter) Wait(ctx context.Context, weight int64) (release func(), err error) {
	weight = min(max(weight, 1), l.size)
	if err := l.slots.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	return func() { l.slots.Release(weight) }, nil
}
