package capacity

import (
	"cmp"
	"context"
	"runtime"
	"time"
)

// Options say how much there is room for; the zero value of each is the documented
// default.
type Options struct {
	// Operations is how many light ones may run at once. Default: 32 for each
	// processor, at least 64.
	Operations int
	// Cost is how much the others may cost together, in units of @cost. Default:
	// 50,000 for each processor. One that costs more runs alone.
	Cost int64
	// Queue is how many may wait for their turn, in each lane. Default: 200.
	Queue int
	// Wait is how long they may wait. Default: 1 s.
	Wait time.Duration
	// Streams is how many sockets and streams of events may be open, and how many
	// subscriptions may run on them. Default: 10,000.
	Streams int
	// Bytes is how much of bodies and of answers may be held, and as much again of what
	// streams were asked with, for as long as they run. Default: 128 MiB.
	Bytes int64
	// Share is how much of Streams, of Bytes and of each Queue one client may have: one
	// in so many. Default: 1, all of it.
	Share int
}

// light is what costs so little that it need not wait for what costs more.
const light = 1_000

// Capacity is what there is room for.
type Capacity struct {
	light, heavy *Lane
	// Reading is for whoever reads documents that were not read before, one for each
	// processor, which they keep busy.
	Reading *Lane
	// Streams counts sockets and streams of events, Subscriptions what runs on them,
	// Bytes what is held of bodies and answers, Asked what streams and operations on
	// sockets were asked with: those may last, and who fills that pool leaves the other
	// to requests.
	Streams, Subscriptions, Bytes, Asked *Pool
}

// New makes room.
func New(o Options) *Capacity {
	processors := runtime.GOMAXPROCS(0)
	o.Operations = cmp.Or(o.Operations, max(32*processors, 64))
	o.Cost = cmp.Or(o.Cost, 50_000*int64(processors))
	o.Queue = cmp.Or(o.Queue, 200)
	o.Wait = cmp.Or(o.Wait, time.Second)
	o.Streams = cmp.Or(o.Streams, 10_000)
	o.Bytes = cmp.Or(o.Bytes, 128<<20)
	pool := func(most int64) *Pool { return NewPool(most, max(most/int64(max(o.Share, 1)), 1)) }
	return &Capacity{
		Reading: NewLane(int64(processors), pool(int64(o.Queue)), o.Wait),
		light:   NewLane(int64(o.Operations), pool(int64(o.Queue)), o.Wait), heavy: NewLane(o.Cost, pool(int64(o.Queue)), o.Wait),
		Streams: pool(int64(o.Streams)), Subscriptions: pool(int64(o.Streams)),
		Bytes: pool(o.Bytes), Asked: pool(o.Bytes),
	}
}

// Enter lets in an operation that costs so much, as Lane.Enter does. What is light has
// a lane of its own, so that a crowd of others does not keep it waiting.
func (c *Capacity) Enter(ctx context.Context, client string, cost int64) (leave func(), err error) {
	if cost <= light {
		return c.light.Enter(ctx, client, 1)
	}
	return c.heavy.Enter(ctx, client, cost)
}

// Await lets in what can wait, as Lane.Await does.
func (c *Capacity) Await(ctx context.Context, cost int64) (leave func(), err error) {
	if cost <= light {
		return c.light.Await(ctx, 1)
	}
	return c.heavy.Await(ctx, cost)
}
