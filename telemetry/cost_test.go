package telemetry_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chancery/telemetry"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// TestCostIsRecorded sets the cost while an operation runs.
func TestCostIsRecorded(t *testing.T) {
	watch := telemetry.New(telemetry.Options{})
	reckoned := func(cost float64) {
		ctx := graphql.WithOperationContext(t.Context(), &graphql.OperationContext{
			Operation: &ast.OperationDefinition{Name: "Dear", Operation: ast.Query},
			Stats:     graphql.Stats{Parsing: graphql.TraceTiming{Start: time.Now()}},
		})
		answer := watch.InterceptOperation(ctx, func(ctx context.Context) graphql.ResponseHandler {
			telemetry.ReportFrom(ctx).Cost = cost
			return graphql.OneShot(&graphql.Response{Data: []byte("{}")})
		})
		for answer(ctx) != nil {
		}
	}
	reckoned(0) // not counted
	reckoned(30)
	reckoned(12)
	metrics := httptest.NewRecorder()
	watch.Handler().ServeHTTP(metrics, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`chancery_operation_cost_sum{operation="Dear"} 42`, `chancery_operation_cost_count{operation="Dear"} 2`,
		`chancery_operation_duration_seconds_count{operation="Dear",type="query"} 3`, "chancery_operations_running 0",
	} {
		if !strings.Contains(metrics.Body.String(), "\n"+want+"\n") {
			t.Errorf("no %s", want)
		}
	}
	telemetry.ReportFrom(t.Context()).Cost = 1 // where nobody watches, nobody minds
}
