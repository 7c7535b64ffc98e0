package charging

import (
	"context"
	"time"

	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
)

type meterKey struct{}

// MeterOf returns the meter of the subscription that a context belongs to.
func MeterOf(ctx context.Context) *Meter { return ctx.Value(meterKey{}).(*Meter) }

// subscribe starts a subscription if a slot is free. The slot is released with the
// context, which transports cancel when the subscription ends.
func (m *Meter) subscribe(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	slots := m.Capacity.Subscriptions.For(m.client)
	if !slots.Reserve(1) {
		return graphql.OneShot(transport.Overloaded())
	}
	context.AfterFunc(ctx, func() { slots.Release(1) })
	respond := next(context.WithValue(ctx, meterKey{}, m))
	return func(ctx context.Context) *graphql.Response { return m.deliver(ctx, respond) }
}

// deliver executes one event and charges what it used; WaitForEvent has taken the estimate
// by then. An event that is stopped is answered with an error, and the stream goes on.
func (m *Meter) deliver(ctx context.Context, respond graphql.ResponseHandler) *graphql.Response {
	e := m.begin(ctx, 0)
	m.event = e
	response, used := e.run(respond)
	return m.report(response, used)
}

// WaitForEvent blocks until budget and capacity allow the next event; a slow budget
// delays events and loses none. The whole estimate is taken in advance, since otherwise
// many subscriptions could spend the same remaining budget at once. Callers must call
// release once the event is answered.
func (m *Meter) WaitForEvent(ctx context.Context) (release func(), err error) {
	if err := m.Spend(ctx, m.estimate); err != nil {
		return nil, err
	}
	m.event.take(m.estimate)
	return m.Capacity.Wait(ctx, m.estimate)
}

// Spend blocks until the budget covers an amount, and takes it; of an amount above the
// burst it takes the whole burst.
func (m *Meter) Spend(ctx context.Context, amount int64) error {
	if m.Budgets == nil {
		return nil
	}
	for {
		_, wait := m.Budgets.Take(m.client, min(amount, m.Budgets.Burst))
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
