package charging

import (
	"context"

	"chancery/graph/internal/budget"
	"chancery/graph/internal/codes"
	"chancery/graph/internal/cost"
	"chancery/graph/internal/transport"
	"chancery/graph/model"
	"chancery/telemetry"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Meter tracks the cost of one operation, from its estimate to the refund of what it
// did not spend.
type Meter struct {
	*Charger
	plan      *cost.Plan
	variables map[string]any
	client    string
	estimate  int64
	remaining int64      // budget of the client
	event     *execution // of a subscription, that runs or is waited for
	finished  bool
	kind      ast.Operation
	cacheable bool // the response may be cached for other clients, so it omits the remaining budget
}

// admit takes the estimated cost from the budget, or returns a rejection. Subscriptions
// are charged for each event instead.
func (m *Meter) admit() *graphql.Response {
	if argument, length := m.plan.OversizedArgument(m.variables); argument != nil {
		rejection := m.reject(model.CodeBadInput, 0, "%s is %v; want 0 to %d", argument.Name, length, model.MaxPage)
		rejection.Errors[0].Locations = []gqlerror.Location{{Line: argument.Position.Line, Column: argument.Position.Column}}
		return rejection
	}
	if n := m.plan.Representations(m.variables); n > m.MaxRepresentations {
		return m.reject(codes.Limit, 0, "the operation has %d representations; the limit is %d: split it", n, m.MaxRepresentations)
	}
	limit := m.MaxCost
	if m.Budgets != nil {
		limit = min(limit, m.Budgets.Burst)
	}
	if m.estimate > limit {
		return m.reject(codes.Cost, 0, "the operation may cost %d; the limit is %d: request shorter pages or fewer fields of each element, or split it", m.estimate, limit)
	}
	if m.Budgets == nil || m.kind == ast.Subscription {
		return nil
	}
	remaining, wait := m.Budgets.Take(m.client, m.estimate)
	m.remaining = remaining
	if wait > 0 {
		seconds := budget.Seconds(wait)
		return m.reject(codes.Throttled, seconds, "the operation may cost %d, and your remaining budget is %d; try again in %d s", m.estimate, remaining, seconds)
	}
	return nil
}

func (m *Meter) reject(code string, retryAfter int, format string, args ...any) *graphql.Response {
	return m.report(&graphql.Response{Errors: gqlerror.List{newError(code, retryAfter, format, args...)}}, 0)
}

// run executes the operation when there is capacity, and charges what it used, however it
// ended.
func (m *Meter) run(ctx context.Context, respond graphql.ResponseHandler) *graphql.Response {
	if m.finished {
		return nil
	}
	m.finished = true
	release, err := m.Capacity.Acquire(ctx, m.client, m.estimate)
	if err != nil {
		return m.overloaded(ctx)
	}
	defer release()
	e := m.begin(ctx, m.estimate)
	response, used := e.run(respond)
	telemetry.ReportFrom(ctx).Cost = float64(used)
	return m.report(response, used)
}

// overloaded refunds the estimate of an operation that will not run.
func (m *Meter) overloaded(ctx context.Context) *graphql.Response {
	if m.Budgets != nil {
		m.remaining = m.Budgets.Refund(m.client, m.estimate)
	}
	if ctx.Err() != nil {
		return nil
	}
	return m.report(transport.Overloaded(), 0)
}
