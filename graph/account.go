package graph

import (
	"context"
	"fmt"
	"math"

	"chancery/graph/internal/cost"
	"chancery/graph/internal/serial"
	"chancery/graph/internal/transport"
	"chancery/graph/model"
	"chancery/telemetry"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// account is that of an operation.
type account struct {
	*cashier
	plan      *cost.Plan
	variables map[string]any
	client    string
	asked     int64
	left      int64
	taken     int64 // for the next answer of a subscription
	settled   bool
	shared    bool // the answer may be kept for others, whom what is left is no business of
}

// open takes what is asked, or refuses. A subscription pays as it is answered.
func (a *account) open(kind ast.Operation) *graphql.Response {
	if long, n := a.plan.TooLong(a.variables); long != nil {
		refusal := a.refuse(model.CodeBadInput, 0, "%s is %v; want 0 to %d", long.Name, n, model.MaxPage)
		refusal.Errors[0].Locations = []gqlerror.Location{{Line: long.Position.Line, Column: long.Position.Column}}
		return refusal
	}
	if n := a.plan.Named(a.variables); n > a.named {
		return a.refuse(transport.CodeLimit, 0, "there are %d representations; an operation may have %d: ask in parts", n, a.named)
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
	leave, err := a.capacity.Enter(ctx, a.client, a.asked)
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

// billed puts the bill into an answer, if there is one.
func (a *account) billed(response *graphql.Response, spent int64) *graphql.Response {
	if response == nil || !a.tells {
		return response
	}
	bill := bill{Asked: a.asked, Spent: spent}
	if a.buckets != nil && !a.shared {
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
