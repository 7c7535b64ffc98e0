// Package capacity bounds what a server takes on at once: what runs, in lanes, with a
// short queue before each; and what is held, in pools. What is beyond is turned away
// at once, which costs next to nothing, so that the rest is answered in time and
// memory stays bounded.
package capacity

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/semaphore"
)

// ErrFull is returned to whom there is no room for, now or in a short while.
var ErrFull = errors.New("there is no room")

// Lane lets in as many at once as it is wide. Its methods may be called by many
// goroutines at once.
type Lane struct {
	wide   int64
	queue  *Pool
	wait   time.Duration
	places *semaphore.Weighted
}

// NewLane makes a lane of a width. As many may wait as the queue has places, each so long.
func NewLane(wide int64, queue *Pool, wait time.Duration) *Lane {
	return &Lane{wide: wide, queue: queue, wait: wait, places: semaphore.NewWeighted(wide)}
}

// Enter lets in what takes up a width, at most all there is, in the order of coming.
// Who was let in leaves, once. ErrFull if there is no place in the queue for the client,
// or it does not move; the context's error if that ends first.
func (l *Lane) Enter(ctx context.Context, client string, width int64) (leave func(), err error) {
	width = min(max(width, 1), l.wide)
	if l.places.TryAcquire(width) {
		return func() { l.places.Release(width) }, nil
	}
	place := l.queue.Of(client)
	if !place.Take(1) {
		return nil, ErrFull
	}
	defer place.Give(1)
	patience, cancel := context.WithTimeout(ctx, l.wait)
	defer cancel()
	switch err := l.places.Acquire(patience, width); {
	case err == nil:
		return func() { l.places.Release(width) }, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	default:
		return nil, ErrFull
	}
}

// Await lets in like Enter, whoever waits, and however long it takes; only the
// context's end is an error.
func (l *Lane) Await(ctx context.Context, width int64) (leave func(), err error) {
	width = min(max(width, 1), l.wide)
	if err := l.places.Acquire(ctx, width); err != nil {
		return nil, err
	}
	return func() { l.places.Release(width) }, nil
}
