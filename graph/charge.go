package graph

import (
	"context"
	"fmt"
	"math"
	"time"

	"chancery/access"
	"chancery/graph/internal/budget"
	"chancery/graph/internal/capacity"
	"chancery/graph/internal/cost"
	"chancery/graph/internal/serial"
	"chancery/graph/internal/transport"
	"chancery/graph/model"
	"chancery/telemetry"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Codes of operations that cost more than one may, or than is left to their client.
const (
	codeCost      = "COST"
	codeThrottled = "THROTTLED"
)

// cashier lets operations run that cost no more than they may, and writes into their
// answers what they cost.
type cashier struct {
	reckoner *cost.Reckoner
	most     int64           // for one operation
	buckets  *budget.Buckets // nil when clients may spend without end
	capacity *capacity.Capacity
	tells    bool // what answers cost
}

// bill is what an answer says of its cost, in units of @cost.
type bill struct {
	Asked  int64  `json:"asked"`            // the most that it could cost
	Spent  int64  `json:"spent"`            // what it did
	Left   *int64 `json:"left,omitempty"`   // what the client may spend now
	Refill int64  `json:"refill,omitempty"` // by which that grows each second
}

// charge goes around whatever makes answers.
func (c *cashier) charge(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	plan := c.reckoner.Plan(operation.Doc, operation.Operation, operation.Variables)
	a := &account{cashier: c, plan: plan, variables: operation.Variables, asked: plan.Asked(operation.Variables)}
	if c.buckets != nil {
		a.client = budget.Client(access.Of(ctx), access.CallerOf(ctx))
	}
	if refusal := a.open(operation.Operation.Operation); refusal != nil {
		return graphql.OneShot(refusal)
	}
	if operation.Operation.Operation == ast.Subscription {
		return a.subscribe(ctx, next)
	}
	respond := next(ctx)
	return func(ctx context.Context) *graphql.Response { return a.answer(ctx, respond) }
}

// account is that of an operation.
type account struct {
	*cashier
	plan      *cost.Plan
	variables map[string]any
	client    string
	asked     int64
	left      int64
	settled   bool
}

// open takes what is asked, or refuses. A subscription pays as it is answered.
func (a *account) open(kind ast.Operation) *graphql.Response {
	if long, n := a.plan.TooLong(a.variables); long != nil {
		refusal := a.refuse(model.CodeBadInput, 0, "%s is %d; want 0 to %d", long.Name, n, model.MaxPage)
		refusal.Errors[0].Locations = []gqlerror.Location{{Line: long.Position.Line, Column: long.Position.Column}}
		return refusal
	}
	most := a.most
	if a.buckets != nil {
		most = min(most, a.buckets.Size)
	}
	if a.asked > most {
		return a.refuse(codeCost, 0, "this may cost %d; at most %d is allowed: ask for shorter pages or less of each element, or do it in parts", a.asked, most)
	}
	if a.buckets == nil || kind == ast.Subscription {
		return nil
	}
	left, wait := a.buckets.Take(a.client, a.asked)
	a.left = left
	if wait > 0 {
		seconds := int(math.Ceil(wait.Seconds()))
		return a.refuse(codeThrottled, seconds, "this may cost %d and %d is left to you; try again in %d s", a.asked, left, seconds)
	}
	return nil
}

func (a *account) refuse(code string, retryAfter int, format string, args ...any) *graphql.Response {
	extensions := map[string]any{"code": code}
	if retryAfter > 0 {
		extensions["retryAfter"] = retryAfter
	}
	response := &graphql.Response{Errors: gqlerror.List{{Message: fmt.Sprintf(format, args...), Extensions: extensions}}}
	return a.billed(response, 0)
}

// answer gives back what was not spent. What ran out of time has spent it all: how
// far it came cannot be told from what it did not answer.
func (a *account) answer(ctx context.Context, respond graphql.ResponseHandler) *graphql.Response {
	if a.settled {
		return nil
	}
	a.settled = true
	leave, err := a.capacity.Enter(ctx, a.asked)
	if err != nil {
		return a.turnAway(ctx)
	}
	defer leave()
	tally := serial.Tally{}
	response := respond(serial.WithTally(ctx, tally))
	spent := a.asked
	if !hasCode(response, codeTimeout) {
		spent = a.plan.Spent(a.variables, tally)
	}
	telemetry.ReportOf(ctx).Cost = float64(spent)
	if a.buckets != nil {
		a.left = a.buckets.Give(a.client, a.asked-spent)
	}
	return a.billed(response, spent)
}

// turnAway gives back what was taken for what will not run.
func (a *account) turnAway(ctx context.Context) *graphql.Response {
	if a.buckets != nil {
		a.left = a.buckets.Give(a.client, a.asked)
	}
	if ctx.Err() != nil {
		return nil
	}
	return a.billed(transport.Overloaded(), 0)
}

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

// billed puts the bill into an answer, if there is one.
func (a *account) billed(response *graphql.Response, spent int64) *graphql.Response {
	if response == nil || !a.tells {
		return response
	}
	bill := bill{Asked: a.asked, Spent: spent}
	if a.buckets != nil {
		bill.Left, bill.Refill = &a.left, a.buckets.Refill
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["cost"] = bill
	return response
}

func hasCode(response *graphql.Response, code string) bool {
	return response != nil && len(response.Errors) > 0 && response.Errors[0].Extensions["code"] == code
}
