// Package cost estimates the cost of operations before they run, from the maximum sizes of
// their lists. What they use is counted by package charging. The schema says what fields cost with the directives @cost and @listSize, which mean
// what the GraphQL cost directives specification and Apollo Federation say.
//
// A field costs its own weight, or that of its type, or else 1 if it has subfields and 0
// if not. The cost of its selection is added, and the sum is multiplied by the length of
// a list. Arguments add their input objects, 1 for each without a weight. Of an abstract
// type the most expensive possible type counts.
//
// What does not depend on variables is computed once for a document, as a Plan; with
// variables it is a walk over a tree of a few dozen nodes.
package cost

import (
	"sync"

	"chancery/graph/internal/documents"

	"github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// maxCost is the largest cost; sums and products saturate at it. Products of two costs do
// not overflow.
const maxCost = 1 << 31

func plus(a, b int64) int64  { return min(a+b, maxCost) }
func times(a, b int64) int64 { return min(min(a, maxCost)*min(b, maxCost), maxCost) }

// Estimator makes the plans of operations and caches the most recently used. Its methods
// may be called concurrently.
type Estimator struct {
	schema        *ast.Schema
	maxPage       int64
	introspection map[string]int64 // lengths of lists of introspection
	plans         *lru.Cache[*ast.OperationDefinition, *Plan]

	mu     sync.Mutex // held while a plan is added
	tokens int        // of the documents that the plans refer to
}

// NewEstimator returns an estimator that caches up to size plans, at least one, for lists
// whose pages have up to maxPage elements.
func NewEstimator(schema *ast.Schema, size, maxPage int) *Estimator {
	e := &Estimator{schema: schema, maxPage: int64(maxPage), introspection: introspectionLengths(schema)}
	plans, err := lru.NewWithEvict(max(size, 1), func(of *ast.OperationDefinition, _ *Plan) { e.tokens -= tokenCount(of) })
	if err != nil {
		panic(err) // the size is positive
	}
	e.plans = plans
	return e
}

// Plan returns the plan of an operation of a validated document with coerced variables.
// Plans that depend on variables in @skip and @include are not cached.
func (e *Estimator) Plan(document *ast.QueryDocument, operation *ast.OperationDefinition, variables map[string]any) *Plan {
	if plan, ok := e.plans.Get(operation); ok {
		return plan
	}
	p := planner{schema: e.schema, introspection: e.introspection, fragments: document.Fragments, variables: variables}
	plan := &Plan{root: p.selection(rootType(e.schema, operation), operation.SelectionSet), maxPage: e.maxPage}
	plan.slicing, plan.representations = p.slicing, p.representations
	if !p.dependsOnVariables {
		e.add(operation, plan)
	}
	return plan
}

// add caches a plan. A plan refers to its document, so cached plans are bounded by tokens
// as cached documents are.
func (e *Estimator) add(operation *ast.OperationDefinition, plan *Plan) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.plans.Contains(operation) {
		return
	}
	e.tokens += tokenCount(operation)
	e.plans.Add(operation, plan)
	for e.tokens > documents.MaxCachedTokens {
		e.plans.RemoveOldest()
	}
}

func tokenCount(of *ast.OperationDefinition) int {
	return documents.TokenCount(of.Position.Src.Input)
}

func rootType(schema *ast.Schema, operation *ast.OperationDefinition) *ast.Definition {
	switch operation.Operation {
	case ast.Mutation:
		return schema.Mutation
	case ast.Subscription:
		return schema.Subscription
	default:
		return schema.Query
	}
}
