package charging

import (
	"context"
	"runtime"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// turnWork is the work in nanoseconds beyond which a query takes turns with others.
const turnWork = 1_000 * UnitWork

// turnWait limits the wait for a turn, so that queries that wait for each other in another
// way go on.
const turnWait = 20 * time.Millisecond

// awaitTurn has a query that has worked for long wait for its turn among those like it.
func (e *execution) awaitTurn(work int64) {
	if work < turnWork || e.of.kind != ast.Query {
		return
	}
	e.turn.Lock()
	defer e.turn.Unlock()
	e.endTurn()
	ctx, cancel := context.WithTimeout(e.ctx, turnWait)
	defer cancel()
	e.leave, _ = e.of.Capacity.Turns.Wait(ctx, 1)
	runtime.Gosched()
}

// endTurn lets another query run.
func (e *execution) endTurn() {
	if e.leave != nil {
		e.leave()
		e.leave = nil
	}
}
