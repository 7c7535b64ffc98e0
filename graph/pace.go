package graph

import (
	"context"
	"time"

	"chancery/graph/internal/serial"
	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
)

// subscribe follows, if there is room for one who does.
func (a *account) subscribe(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	room := a.capacity.Subscriptions.Of(a.client)
	if !room.Take(1) {
		return graphql.OneShot(transport.Overloaded())
	}
	context.AfterFunc(ctx, func() { room.Give(1) }) // transports end the context
	respond := next(context.WithValue(ctx, accountKey{}, a))
	return func(ctx context.Context) *graphql.Response { return a.deliver(ctx, respond) }
}

type accountKey struct{}

// accountOf is that of the subscription of a context.
func accountOf(ctx context.Context) *account { return ctx.Value(accountKey{}).(*account) }

// deliver gives back, as answer does, what was taken when the answer's turn came and
// was not spent.
func (a *account) deliver(ctx context.Context, respond graphql.ResponseHandler) *graphql.Response {
	tally := serial.Tally{}
	response := respond(serial.WithTally(ctx, tally))
	spent := int64(0)
	if response != nil {
		spent = a.plan.Spent(a.variables, tally)
	}
	if a.buckets != nil {
		a.left = a.buckets.Give(a.client, a.taken-spent)
	}
	a.taken = 0
	return a.billed(response, spent)
}

// turn waits for the turn of one more answer, and until it is not too dear: what is
// followed comes later, none of it is lost. All of what it may cost is taken before,
// for else a crowd of subscriptions would spend at once what each of them finds.
func (a *account) turn(ctx context.Context) (leave func(), err error) {
	if err := a.pay(ctx, a.asked); err != nil {
		return nil, err
	}
	a.taken += a.asked
	return a.capacity.Await(ctx, a.asked)
}

// pay takes an amount as soon as it is there; of more than there ever is, all.
func (a *account) pay(ctx context.Context, amount int64) error {
	if a.buckets == nil {
		return nil
	}
	for {
		_, wait := a.buckets.Take(a.client, min(amount, a.buckets.Size))
		if wait == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}
