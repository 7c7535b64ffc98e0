// Package cost reckons what an operation costs: before it runs, from the greatest
// size its lists can have, and afterwards from the size they had. What each field
// costs stands in the schema, in the directives @cost and @listSize, which mean what
// the GraphQL cost directives specification and Apollo Federation say.
//
// A field costs its own weight, that of its type where it has none, and else 1 if it
// has fields and 0 if not; what is selected of it is added, and the whole is
// multiplied by the length of the list that it is. Arguments add their objects, 1
// each where they have no weight. Of an abstract type the dearest of its possible
// types counts.
//
// What does not depend on variables is found out once for a document (Plan); with
// variables it is a walk over a tree of a few dozen nodes.
package cost

import (
	"sync"

	"chancery/graph/internal/documents"

	"github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// most is the greatest cost there is: what would cost more costs this. Products of
// two costs do not overflow.
const most = 1 << 31

func plus(a, b int64) int64  { return min(a+b, most) }
func times(a, b int64) int64 { return min(min(a, most)*min(b, most), most) }

// Reckoner makes the plans of operations and keeps the latest. It may be used by
// many goroutines at once.
type Reckoner struct {
	schema  *ast.Schema
	longest int64
	told    map[string]int64
	plans   *lru.Cache[*ast.OperationDefinition, *Plan]

	mu     sync.Mutex // held while a plan is kept
	weight int        // of the documents that the plans refer to
}

// NewReckoner keeps as many plans as it is told to, at least one. No page is longer
// than longest.
func NewReckoner(schema *ast.Schema, keep, longest int) *Reckoner {
	r := &Reckoner{schema: schema, longest: int64(longest), told: lengthsOf(schema)}
	plans, err := lru.NewWithEvict(max(keep, 1), func(of *ast.OperationDefinition, _ *Plan) { r.weight -= weightOfDocument(of) })
	if err != nil {
		panic(err) // of a size that is not positive
	}
	r.plans = plans
	return r
}

// Plan is that of an operation of a document that was validated. Variables, which
// were coerced, decide what is skipped; a plan that they had a say in is not kept.
func (r *Reckoner) Plan(document *ast.QueryDocument, operation *ast.OperationDefinition, variables map[string]any) *Plan {
	if plan, ok := r.plans.Get(operation); ok {
		return plan
	}
	p := planner{schema: r.schema, told: r.told, fragments: document.Fragments, variables: variables}
	plan := &Plan{root: p.selection(root(r.schema, operation), operation.SelectionSet), longest: r.longest}
	plan.slices, plan.named = p.slices, p.named
	if !p.depends {
		r.keep(operation, plan)
	}
	return plan
}

// keep keeps a plan. That keeps the document from being forgotten, so all of them are
// bounded as those are.
func (r *Reckoner) keep(operation *ast.OperationDefinition, plan *Plan) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.plans.Contains(operation) {
		return
	}
	r.weight += weightOfDocument(operation)
	r.plans.Add(operation, plan)
	for r.weight > documents.MaxKept {
		r.plans.RemoveOldest()
	}
}

func weightOfDocument(of *ast.OperationDefinition) int {
	return documents.Weight(of.Position.Src.Input)
}

func root(schema *ast.Schema, operation *ast.OperationDefinition) *ast.Definition {
	switch operation.Operation {
	case ast.Mutation:
		return schema.Mutation
	case ast.Subscription:
		return schema.Subscription
	default:
		return schema.Query
	}
}
