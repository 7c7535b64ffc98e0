package graph

import (
	"context"

	"chancery/access"
	"chancery/graph/internal/budget"
)

// Budget is what each client may spend, in units of @cost; of none the zero value
// speaks. A client is who is known by credentials, else an address, of IPv6 a network
// of 64 bits.
//
// What an operation may cost at most is taken before it runs; what it did not spend
// is given back with its answer. Who has too little left is told THROTTLED. Answers to
// a subscription are paid in the same way, and who has too little left gets his later.
type Budget struct {
	// Size is how much a client may spend at once. Default: there is no budget.
	Size int64
	// Refill is how much comes back each second. Default: a tenth of Size.
	Refill int64
	// Clients is how many are remembered. Default: 100,000.
	Clients int
}

func (o Options) budget() budget.Options {
	return budget.Options{Size: o.Budget.Size, Refill: o.Budget.Refill, Clients: o.Budget.Clients, Now: o.Now}
}

// clientOf names the client of a request, or of an operation on a socket.
func clientOf(ctx context.Context) string {
	return budget.Client(access.Of(ctx), access.CallerOf(ctx))
}
