package graph

import (
	"context"

	"chancery/graph/internal/budget"
	"chancery/graph/internal/capacity"
	"chancery/graph/internal/cost"
	"chancery/graph/internal/transport"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
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
	named    int64           // by a router, at most
	buckets  *budget.Buckets // nil when clients may spend without end
	capacity *capacity.Capacity
	tells    bool // what answers cost
}

func newCashier(options Options, schema *ast.Schema, buckets *budget.Buckets, room *capacity.Capacity) *cashier {
	return &cashier{
		reckoner: cost.NewReckoner(schema, options.QueryCache, model.MaxPage),
		most:     int64(options.Limits.Cost), named: int64(options.Limits.Representations), buckets: buckets, capacity: room, tells: options.TellCost,
	}
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
	a := &account{cashier: c, plan: plan, variables: operation.Variables, asked: plan.Asked(operation.Variables), client: clientOf(ctx), shared: transport.CanRepeat(ctx)}
	if refusal := a.open(operation.Operation.Operation); refusal != nil {
		return graphql.OneShot(refusal)
	}
	if operation.Operation.Operation == ast.Subscription {
		return a.subscribe(ctx, next)
	}
	respond := next(ctx)
	return func(ctx context.Context) *graphql.Response { return a.answer(ctx, respond) }
}
