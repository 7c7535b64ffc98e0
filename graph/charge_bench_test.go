package graph

import (
	"context"
	"encoding/json"
	"testing"

	"chancery/access"
	"chancery/graph/internal/budget"
	"chancery/graph/internal/capacity"
	"chancery/graph/internal/cost"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
)

// BenchmarkCharge charges for an answer that costs no time, with a budget and with the
// bill: what it takes is what every operation pays beside its own time, but for a map
// look-up in each list.
func BenchmarkCharge(b *testing.B) {
	schema := newSchema().Schema()
	document := gqlparser.MustLoadQueryWithRules(schema, `{ events(first: 20) { nodes { id name participants(first: 10) { nodes { id name } } } } }`, nil)
	c := &cashier{
		reckoner: cost.NewReckoner(schema, 10, model.MaxPage), most: 100_000, capacity: capacity.New(capacity.Options{}), tells: true,
		buckets: budget.New(budget.Options{Size: 1 << 40, Refill: 1 << 40}),
	}
	ctx := access.With(access.WithCaller(context.Background(), access.Caller{Remote: "203.0.113.7:1000"}), access.Anonymous)
	next := func(context.Context) graphql.ResponseHandler {
		return func(context.Context) *graphql.Response { return &graphql.Response{Data: []byte("{}")} }
	}
	b.ReportAllocs()
	for b.Loop() {
		operation := &graphql.OperationContext{Doc: document, Operation: document.Operations[0], Variables: map[string]any{}}
		ctx := graphql.WithOperationContext(ctx, operation)
		response := c.charge(ctx, next)(ctx)
		if _, err := json.Marshal(response.Extensions); err != nil || response.Data == nil {
			b.Fatal(err, response.Errors)
		}
	}
}
