package graph

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"chancery/graph/internal/budget"
	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Limits bound what one document may ask; the zero value of each is the documented
// default. A document beyond one is refused before it is validated, which takes
// time that grows with the square of its size, and long before anything is looked
// up. Variables are not counted: values of any length belong there.
//
// What a fragment selects is counted wherever it is spread; several operations in a
// document are counted together, since they are validated together.
type Limits struct {
	// Bytes is how long a document may be. Default: 64 KiB.
	Bytes int
	// Tokens is how many words and signs, comments among them, it may have.
	// Default: 2,000.
	Tokens int
	// Depth is how deeply its fields may lie within each other. Default: 30.
	Depth int
	// Fields is how many it may select. Default: 3,000.
	Fields int
	// RootFields is how many of them may be fields of Query, Mutation or
	// Subscription, in one operation. Default: 50.
	RootFields int
	// Aliases is how many it may have. Default: 100.
	Aliases int
	// Directives is how many it may have. Default: 100.
	Directives int
	// Cost is how much one operation may cost at most, in units of @cost, each of
	// some two microseconds of the processor. Default: 100,000.
	Cost int
	// Representations is how many entities a router may name in one operation: they
	// are counted in variables too, for each is looked up. Default: 5,000.
	Representations int
}

func (l Limits) withDefaults() Limits {
	l.Bytes = cmp.Or(l.Bytes, 64<<10)
	l.Tokens = cmp.Or(l.Tokens, 2_000)
	l.Depth = cmp.Or(l.Depth, 30)
	l.Fields = cmp.Or(l.Fields, 3_000)
	l.RootFields = cmp.Or(l.RootFields, 50)
	l.Aliases = cmp.Or(l.Aliases, 100)
	l.Directives = cmp.Or(l.Directives, 100)
	l.Cost = cmp.Or(l.Cost, 100_000)
	l.Representations = cmp.Or(l.Representations, 5_000)
	return l
}

// limiter refuses documents that are beyond the limits. It is an extension of the
// executor, so it stands before all transports; documents in the cache were within
// the limits when they came there.
type limiter struct {
	Limits
	parsed  graphql.Cache[*ast.QueryDocument]
	buckets *budget.Buckets // out of which reading is paid; nil if nobody need
}

var _ graphql.OperationParameterMutator = limiter{}

// ExtensionName is asked for by the executor.
func (limiter) ExtensionName() string { return "Limits" }

// Validate finds nothing wrong with any schema.
func (limiter) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters is called before a document is parsed and validated. It
// changes nothing.
func (l limiter) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if _, is := l.parsed.Get(ctx, params.Query); is {
		return nil
	}
	if len(params.Query) > l.Bytes {
		return beyond("has %d bytes; it may have %d: send values in variables", len(params.Query), l.Bytes)
	}
	// One token more, so that what stops the parser is known from what it refuses.
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, l.Tokens+1)
	if err != nil {
		if isTokenLimit(err, l.Tokens+1) {
			return beyond("has more than %d tokens: send values in variables, or ask in parts", l.Tokens)
		}
		return nil // the executor says what is wrong with it
	}
	fields, wrong := l.check(document)
	if wrong != nil {
		return wrong
	}
	return l.charge(ctx, fields)
}

func isTokenLimit(err error, limit int) bool {
	wrong, ok := err.(*gqlerror.Error) //nolint:errorlint // the parser wraps nothing
	return ok && wrong.Message == fmt.Sprintf("exceeded token limit of %d", limit)
}

// check weighs all operations together, and all fragments: those that no operation
// spreads are validated like the others, each operation anew. It says how many fields
// there are in either.
func (l limiter) check(document *ast.QueryDocument) (fields [2]int, wrong *gqlerror.Error) {
	scale := scale{fragments: document.Fragments, weights: map[string]weight{}}
	var operations, fragments weight
	for _, operation := range document.Operations {
		w := scale.weigh(operation.SelectionSet).with(operation.Directives)
		if w.top > l.RootFields {
			return fields, beyond("has too many fields at its root: %d; it may have %d", w.top, l.RootFields)
		}
		operations = operations.and(w)
	}
	for _, fragment := range document.Fragments {
		fragments = fragments.and(scale.fragment(fragment.Name))
	}
	if wrong := l.hold(operations); wrong != nil {
		return fields, wrong
	}
	return [2]int{operations.fields, fragments.fields}, l.hold(fragments)
}

// charge takes what validating will cost, which compares fields in pairs: measured, a
// unit is the time of some forty. Below a hundred units, which is most documents as
// people write them, the request itself costs more. Nobody gets it back, for the time
// is spent even if the document turns out to be invalid.
func (l limiter) charge(ctx context.Context, fields [2]int) *gqlerror.Error {
	if l.buckets == nil {
		return nil
	}
	const pairs, least = 40, 100
	price := int64(fields[0]*fields[0]+fields[1]*fields[1]) / pairs
	if price < least {
		return nil
	}
	price = min(price, l.buckets.Size)
	left, wait := l.buckets.Take(clientOf(ctx), price)
	if wait == 0 {
		return nil
	}
	seconds := int(math.Ceil(wait.Seconds()))
	return &gqlerror.Error{
		Message:    fmt.Sprintf("to read this document costs %d and %d is left to you; try again in %d s", price, left, seconds),
		Extensions: map[string]any{"code": codeThrottled, "retryAfter": seconds},
	}
}

func (l limiter) hold(w weight) *gqlerror.Error {
	for _, measure := range []struct {
		what     string
		is, most int
	}{
		{"levels of fields", w.depth, l.Depth},
		{"fields", w.fields, l.Fields},
		{"aliases", w.aliases, l.Aliases},
		{"directives", w.directives, l.Directives},
	} {
		if measure.is > measure.most {
			return beyond("has too many %s: %d; it may have %d", measure.what, measure.is, measure.most)
		}
	}
	return nil
}

func beyond(format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf("the document "+format, args...), Extensions: map[string]any{"code": transport.CodeLimit}}
}
