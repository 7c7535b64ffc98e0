package charging

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph/internal/budget"
	"chancery/graph/internal/capacity"
	"chancery/graph/internal/cost"
	"chancery/graph/internal/generated"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
)

// BenchmarkCharge measures what charging adds to every operation, with a budget and a
// cost report, except for counting the elements of lists.
func BenchmarkCharge(b *testing.B) {
	schema := generated.Shown()
	document := gqlparser.MustLoadQueryWithRules(schema, `{ events(first: 20) { nodes { id name participants(first: 10) { nodes { id name } } } } }`, nil)
	c := &Charger{
		Estimator: cost.NewEstimator(schema, 10, model.MaxPage), MaxCost: 100_000, Capacity: capacity.New(capacity.Options{}), Report: true,
		Budgets: budget.New(budget.Options{Burst: 1 << 40, Refill: 1 << 40}, time.Now),
	}
	ctx := access.WithPrincipal(access.WithCaller(context.Background(), access.Caller{Remote: "203.0.113.7:1000"}), access.Anonymous)
	next := func(context.Context) graphql.ResponseHandler {
		return func(context.Context) *graphql.Response { return &graphql.Response{Data: []byte("{}")} }
	}
	b.ReportAllocs()
	for b.Loop() {
		operation := &graphql.OperationContext{Doc: document, Operation: document.Operations[0], Variables: map[string]any{}}
		ctx := graphql.WithOperationContext(ctx, operation)
		response := c.Charge(ctx, next)(ctx)
		if _, err := json.Marshal(response.Extensions); err != nil || response.Data == nil {
			b.Fatal(err, response.Errors)
		}
	}
}
