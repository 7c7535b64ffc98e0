package charging

import (
	"testing"
	"testing/synctest"
	"time"

	"chancery/graph/internal/capacity"

	"github.com/vektah/gqlparser/v2/ast"
)

// TestLongQueriesTakeTurns and short ones do not wait; a query that others keep from its
// turn goes on after turnWait.
func TestLongQueriesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := capacity.New(capacity.Options{})
		all.Turns = capacity.NewLimiter(1, capacity.NewQuota(1, 1), 0)
		begin := func(kind ast.Operation) *execution {
			m := &Meter{Charger: &Charger{Capacity: all}, kind: kind}
			return m.begin(t.Context(), 0)
		}
		wait := func(e *execution, work int64) time.Duration {
			begun := time.Now()
			e.awaitTurn(work)
			return time.Since(begun)
		}
		first, second := begin(ast.Query), begin(ast.Query)
		if got := wait(first, turnWork); got != 0 {
			t.Errorf("the first waited %v", got)
		}
		if short, write := wait(second, turnWork-1), wait(begin(ast.Mutation), turnWork); short+write != 0 {
			t.Errorf("a short query waited %v, a mutation %v", short, write)
		}
		if got := wait(second, turnWork); got != turnWait {
			t.Errorf("the second waited %v, want %v", got, turnWait)
		}
		time.AfterFunc(time.Millisecond, first.endTurn)
		if got := wait(second, turnWork); got != time.Millisecond {
			t.Errorf("the second waited %v after the first ended", got)
		}
		second.endTurn()
		if got := wait(begin(ast.Query), turnWork); got != 0 {
			t.Errorf("after the end of all a query waited %v", got)
		}
	})
}
