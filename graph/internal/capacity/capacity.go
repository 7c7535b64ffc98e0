// Package capacity bounds what a server does at once: limiters bound what runs, each
// with a short queue, and quotas bound what is open or buffered. What exceeds them is
// rejected at once, which costs next to nothing, so that the rest is answered in time
// and memory stays bounded.
package capacity

import (
	"cmp"
	"context"
	"runtime"
	"time"
)

// Options configure how much the server does at once; a zero field means its documented
// default. What exceeds it is rejected as OVERLOADED before any of it runs, over HTTP
// with 503 and Retry-After. Documents that are not cached are parsed and validated one
// at a time on each processor, with a queue of the same length.
type Options struct {
	// LightOperations is how many operations with an estimated cost of at most 1,000 run
	// at once. Default: 32 for each processor, at least 64.
	LightOperations int
	// HeavyCost is the total cost of the other operations that run at once, in units of
	// @cost; an operation that costs more runs alone. Default: 50,000 for each processor.
	HeavyCost int64
	// QueueLength is how many operations wait in each queue. Default: 200.
	QueueLength int
	// QueueTimeout is how long they wait before they are rejected. Default: 1 s.
	QueueTimeout time.Duration
	// Streams is how many WebSockets and event streams are open, and how many
	// subscriptions run on them. Default: 10,000.
	Streams int
	// BufferedBytes is how many bytes of request bodies and of responses are held in
	// memory, and separately of the requests of open streams. Default: 128 MiB.
	BufferedBytes int64
	// OperationBytes is how many bytes all running operations hold: records that they have
	// read and responses that they build. Default: 512 MiB.
	OperationBytes int64
	// ClientShare divides capacity among clients: one client may use 1/ClientShare of
	// Streams, of BufferedBytes, of OperationBytes and of each queue. Default: 10 where clients have a
	// budget, else 1.
	ClientShare int
}

// lightCost is the highest cost of a light operation.
const lightCost = 1_000

// Capacity holds the limiters and quotas of a server.
type Capacity struct {
	light, heavy *Limiter
	// Parsing limits the parsing and validation of documents that are not cached, to one
	// for each processor.
	Parsing *Limiter
	// Turns limits the queries that work at a time of those that have worked for long, so
	// that a processor remains for others.
	Turns *Limiter
	// Streams counts WebSockets and event streams, Subscriptions what runs on them.
	Streams, Subscriptions *Quota
	// Buffered counts bytes of request bodies and responses; StreamRequests counts bytes
	// of the requests of streams, which last longer: clients that exhaust one leave the
	// other to the rest.
	Buffered, StreamRequests *Quota
	// Operations counts bytes that running operations hold.
	Operations *Quota
}

// New returns the capacity that the options configure.
func New(o Options) *Capacity {
	processors := runtime.GOMAXPROCS(0)
	o.LightOperations = cmp.Or(o.LightOperations, max(32*processors, 64))
	o.HeavyCost = cmp.Or(o.HeavyCost, 50_000*int64(processors))
	o.QueueLength = cmp.Or(o.QueueLength, 200)
	o.QueueTimeout = cmp.Or(o.QueueTimeout, time.Second)
	o.Streams = cmp.Or(o.Streams, 10_000)
	o.BufferedBytes = cmp.Or(o.BufferedBytes, 128<<20)
	o.OperationBytes = cmp.Or(o.OperationBytes, 512<<20)
	quota := func(total int64) *Quota { return NewQuota(total, max(total/int64(max(o.ClientShare, 1)), 1)) }
	limiter := func(size int64) *Limiter { return NewLimiter(size, quota(int64(o.QueueLength)), o.QueueTimeout) }
	return &Capacity{
		Turns:   NewLimiter(int64(max(processors-1, 1)), quota(1), 0),
		Parsing: limiter(int64(processors)), light: limiter(int64(o.LightOperations)), heavy: limiter(o.HeavyCost),
		Streams: quota(int64(o.Streams)), Subscriptions: quota(int64(o.Streams)),
		Buffered: quota(o.BufferedBytes), StreamRequests: quota(o.BufferedBytes),
		Operations: quota(o.OperationBytes),
	}
}

// Acquire waits for capacity to run an operation of an estimated cost, as
// Limiter.Acquire does. Light operations have a limiter of their own, so that they do
// not wait for heavy ones.
func (c *Capacity) Acquire(ctx context.Context, client string, cost int64) (release func(), err error) {
	if cost <= lightCost {
		return c.light.Acquire(ctx, client, 1)
	}
	return c.heavy.Acquire(ctx, client, cost)
}

// Wait waits for capacity without a queue limit or timeout, as Limiter.Wait does.
func (c *Capacity) Wait(ctx context.Context, cost int64) (release func(), err error) {
	if cost <= lightCost {
		return c.light.Wait(ctx, 1)
	}
	return c.heavy.Wait(ctx, cost)
}
