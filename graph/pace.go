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
	respond := next(withTurn(ctx, func(ctx context.Context) (func(), error) { return a.capacity.Await(ctx, a.asked) }))
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

// deliver makes who has nothing left wait: what is followed comes later, none of it
// is lost. Each answer is paid when it was made.
func (a *account) deliver(ctx context.Context, respond graphql.ResponseHandler) *graphql.Response {
	if a.buckets != nil && !a.await(ctx) {
		return nil
	}
	tally := serial.Tally{}
	response := respond(serial.WithTally(ctx, tally))
	if response == nil {
		return nil
	}
	spent := a.plan.Spent(a.variables, tally)
	if a.buckets != nil {
		a.left = a.buckets.Give(a.client, -spent)
	}
	return a.billed(response, spent)
}

// await waits until something is left; false if the context ends first.
func (a *account) await(ctx context.Context) bool {
	for {
		_, wait := a.buckets.Take(a.client, 0)
		if wait == 0 {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(wait):
		}
	}
}
