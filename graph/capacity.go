package graph

import (
	"time"

	"chancery/graph/internal/capacity"
)

// Capacity is how much is done at once; the zero value of each is the documented
// default. What is beyond is answered OVERLOADED, over HTTP with 503 and Retry-After,
// and nothing of it runs. Documents that were not read before are read and validated
// one at a time on each processor, with queues as long.
type Capacity struct {
	// Operations is how many light operations, of a cost of at most 1,000, run at
	// once. Default: 32 for each processor, at least 64.
	Operations int
	// Cost is how much the others that run at once may cost together; one that may
	// cost more runs alone. Default: 50,000 for each processor.
	Cost int64
	// Queue is how many wait for their turn, of either sort. Default: 200.
	Queue int
	// Wait is how long they do. Default: 1 s.
	Wait time.Duration
	// Streams is how many sockets and streams of events are open, and how many
	// subscriptions run on them. Default: 10,000.
	Streams int
	// Bytes is how much is held of bodies that were read, and of answers that were not
	// yet taken; and as much again of what streams were asked with, for as long as they
	// run. Default: 128 MiB.
	Bytes int64
	// Share is how much of Streams, of Bytes and of each Queue one client may have: one
	// in so many. Default: 10 where clients have a budget, else 1, which is all of it.
	Share int
}

func (o Options) capacity() *capacity.Capacity {
	if o.Capacity.Share == 0 && o.Budget.Size > 0 {
		o.Capacity.Share = 10
	}
	return capacity.New(capacity.Options(o.Capacity))
}
