// Package charging charges operations to the budgets of their clients and runs them
// within the capacity of the server.
package charging

import (
	"context"

	"chancery/graph/internal/budget"
	"chancery/graph/internal/capacity"
	"chancery/graph/internal/cost"
	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Charger rejects operations that exceed the maximum cost, the client's budget or the
// server's capacity, and reports in responses what they cost.
type Charger struct {
	Estimator          *cost.Estimator
	MaxCost            int64           // of one operation
	MaxMemory          int64           // bytes that one operation may hold
	MaxRepresentations int64           // that a federation router may send with one operation
	Budgets            *budget.Buckets // nil: clients may spend without limit
	Capacity           *capacity.Capacity
	Report             bool // extensions.cost
}

var _ graphql.OperationMiddleware = (*Charger)(nil).Charge

// Charge is the middleware. It wraps everything that produces responses, so that no
// snapshot is open while an operation waits in a queue.
func (c *Charger) Charge(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	plan := c.Estimator.Plan(operation.Doc, operation.Operation, operation.Variables)
	m := &Meter{
		Charger: c, plan: plan, variables: operation.Variables, estimate: plan.Estimate(operation.Variables),
		kind: operation.Operation.Operation, client: budget.ClientKey(ctx), cacheable: transport.SupportsETag(ctx),
	}
	if rejection := m.admit(); rejection != nil {
		return graphql.OneShot(rejection)
	}
	if m.kind == ast.Subscription {
		return m.subscribe(ctx, next)
	}
	respond := next(ctx)
	return func(ctx context.Context) *graphql.Response { return m.run(ctx, respond) }
}
