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
	if !a.capacity.Subscriptions.Take(1) {
		return graphql.OneShot(transport.Overloaded())
	}
	context.AfterFunc(ctx, func() { a.capacity.Subscriptions.Give(1) }) // transports end the context
	respond := next(withTurn(ctx, a.await))
	return func(ctx context.Context) *graphql.Response { return a.deliver(ctx, respond) }
}

type turnKey struct{}

// withTurn says how who makes answers waits for his turn.
func withTurn(ctx context.Context, wait func(context.Context) (leave func(), err error)) context.Context {
	return context.WithValue(ctx, turnKey{}, wait)
}

// turn waits for the turn of one more answer.
func turn(ctx context.Context) (leave func(), err error) {
	return ctx.Value(turnKey{}).(func(context.Context) (func(), error))(ctx)
}

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

// await makes an answer that would be too dear now wait until it is not: what is
// followed comes later, none of it is lost. All of what it may cost is taken before,
// for else a crowd of subscriptions would spend at once what each of them finds.
func (a *account) await(ctx context.Context) (leave func(), err error) {
	for a.buckets != nil {
		_, wait := a.buckets.Take(a.client, a.asked)
		if wait == 0 {
			a.taken += a.asked
			break
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
	return a.capacity.Await(ctx, a.asked)
}
