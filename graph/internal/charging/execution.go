package charging

import (
	"context"
	"errors"
	"sync"

	"chancery/graph/internal/codes"
	"chancery/graph/internal/serial"
	"chancery/graph/internal/transport"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// UnitWork is the work of one cost unit, in nanoseconds of a processor.
const UnitWork = 2_000

// An operation is stopped when it has used more than Overrun times its estimate, or
// MinAllowance units if that is more: estimates count what is requested, and a small
// request may have to visit many records, as a filter does that few pass. Mutations may
// always use MutationShare times the maximum of a query, in units and in memory: what they
// write may depend on much that is there, as when a transaction of an import is reverted.
const (
	Overrun       = 4
	MinAllowance  = 50_000
	MutationShare = 10
)

// errStopped is the cause with which an execution's context is cancelled.
var errStopped = errors.New("operation stopped")

// execution counts what one execution uses, of an operation or for one event, and charges
// it to the client while it runs: clients that run much at once cannot overdraw a budget.
type execution struct {
	of     *Meter
	ctx    context.Context
	cancel context.CancelCauseFunc
	work   *store.Meter

	turn  sync.Mutex
	leave func() // ends a turn; nil without one

	mu       sync.Mutex
	taken    int64 // units, of the client's budget
	reserved int64 // bytes, of the client's memory
	stopped  *gqlerror.Error
}

// begin begins an execution for which some units were taken already.
func (m *Meter) begin(ctx context.Context, taken int64) *execution {
	e := &execution{of: m, taken: taken}
	e.work = store.NewMeter(e.allow)
	e.ctx, e.cancel = context.WithCancelCause(serial.WithMeter(ctx, e.work))
	return e
}

// run executes, and returns the response and the units it used. They are charged even if
// there is no response, or a panic.
func (e *execution) run(respond graphql.ResponseHandler) (response *graphql.Response, used int64) {
	defer e.cancel(nil)
	defer func() { used = e.settle() }()
	defer e.endTurn()
	response = respond(e.ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stopped != nil {
		response = &graphql.Response{Errors: gqlerror.List{e.stopped}}
	}
	return response, 0
}

// take adds units that were taken from the budget.
func (e *execution) take(units int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.taken += units
}

// used returns the units of some work.
func used(work int64) int64 { return (work + UnitWork - 1) / UnitWork }

// allow charges what was used beyond what was taken, reserves the memory that is held, and
// reports whether the execution may go on.
func (e *execution) allow(work, held int64) bool {
	e.awaitTurn(work)
	e.mu.Lock()
	defer e.mu.Unlock()
	units := used(work)
	if units > e.taken {
		e.charge(units)
	}
	switch allowance := e.of.allowance(); {
	case units > allowance:
		e.stop(e.of.tooExpensive(allowance))
	case held > e.of.memory():
		e.stop(newError(codes.Limit, 0, "the operation was stopped: it held more than %d KiB of memory; %s", e.of.memory()>>10, e.of.advice()))
	case !e.reserve(held):
		e.stop(transport.Overloaded().Errors[0])
	}
	return e.stopped == nil
}

// reserve reserves the client's memory for what is held, and reports whether there is
// enough. What is less than store.MeterHeld is not reserved.
func (e *execution) reserve(held int64) bool {
	more := held - e.reserved
	if more < store.MeterHeld {
		return true
	}
	fits := e.of.Capacity.Operations.For(e.of.client).Reserve(more)
	if fits {
		e.reserved = held
	}
	return fits
}

func (e *execution) stop(reason *gqlerror.Error) {
	e.stopped = reason
	e.cancel(errStopped)
}

// settle charges what was used, or refunds what was taken beyond it, and releases memory.
func (e *execution) settle() int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	work, _ := e.work.Used()
	e.charge(used(work))
	e.of.Capacity.Operations.For(e.of.client).Release(e.reserved)
	return e.taken
}

func (e *execution) charge(units int64) {
	if e.of.Budgets != nil {
		e.of.remaining = e.of.Budgets.Refund(e.of.client, e.taken-units)
	}
	e.taken = units
}

// allowance returns how many units one execution may use.
func (m *Meter) allowance() int64 {
	most := max(Overrun*m.estimate, MinAllowance)
	if m.kind == ast.Mutation {
		most = max(most, MutationShare*m.MaxCost)
	}
	return most
}

// memory returns how many bytes one execution may hold.
func (m *Meter) memory() int64 {
	if m.kind == ast.Mutation {
		return min(MutationShare*m.MaxMemory, m.Capacity.Operations.For(m.client).Max())
	}
	return m.MaxMemory
}

func (m *Meter) tooExpensive(allowance int64) *gqlerror.Error {
	return newError(codes.Cost, 0, "the operation was stopped: it used more than %d units, of an estimated cost of %d; %s", allowance, m.estimate, m.advice())
}

// advice returns what a client can do about an operation that was stopped.
func (m *Meter) advice() string {
	if m.kind == ast.Mutation {
		return "it may have been committed: check before retrying"
	}
	return "request shorter pages or fewer fields of each element, narrow the filter, or split it"
}
