package limits

import (
	"context"
	"fmt"

	"chancery/graph/internal/budget"
	"chancery/graph/internal/codes"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Documents is an extension of gqlgen's executor that rejects documents beyond the
// limits and charges clients for validating new ones, whatever the transport.
// Documents in the cache passed when they were added.
type Documents struct {
	Limits
	Cache   graphql.Cache[*ast.QueryDocument]
	Budgets *budget.Buckets // nil: validation is free
}

var _ graphql.OperationParameterMutator = Documents{}

// ExtensionName implements graphql.HandlerExtension.
func (Documents) ExtensionName() string { return "Limits" }

// Validate implements graphql.HandlerExtension; every schema is valid.
func (Documents) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters rejects a document that exceeds a limit, before it is
// parsed and validated. It changes nothing.
func (d Documents) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if _, cached := d.Cache.Get(ctx, params.Query); cached {
		return nil
	}
	if len(params.Query) > d.Bytes {
		return exceeded("has %d bytes; the limit is %d: send values in variables", len(params.Query), d.Bytes)
	}
	// One token more than allowed, so that the parser's error identifies this limit.
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, d.Tokens+1)
	if err != nil {
		if isTokenLimit(err, d.Tokens+1) {
			return exceeded("has more than %d tokens: send values in variables, or split the document", d.Tokens)
		}
		return nil // the executor reports syntax errors
	}
	inOperations, inFragments, failure := d.check(document)
	if failure != nil {
		return failure
	}
	return d.chargeValidation(ctx, inOperations, inFragments)
}

func isTokenLimit(err error, limit int) bool {
	parse, ok := err.(*gqlerror.Error) //nolint:errorlint // the parser does not wrap its errors
	return ok && parse.Message == fmt.Sprintf("exceeded token limit of %d", limit)
}

// check measures all operations together, and all fragments together: fragments that
// no operation spreads are validated too. It returns the number of fields of each.
func (d Documents) check(document *ast.QueryDocument) (inOperations, inFragments int, failure *gqlerror.Error) {
	m := measurer{fragments: document.Fragments, sizes: map[string]size{}}
	var operations, fragments size
	for _, operation := range document.Operations {
		s := m.selections(operation.SelectionSet).withDirectives(operation.Directives)
		if s.rootFields > d.RootFields {
			return 0, 0, exceeded("has too many fields at its root: %d; the limit is %d", s.rootFields, d.RootFields)
		}
		operations = operations.plus(s)
	}
	for _, fragment := range document.Fragments {
		fragments = fragments.plus(m.fragment(fragment.Name))
	}
	if failure := d.compare(operations); failure != nil {
		return 0, 0, failure
	}
	return operations.fields, fragments.fields, d.compare(fragments)
}

func (d Documents) compare(s size) *gqlerror.Error {
	for _, limit := range []struct {
		name        string
		actual, max int
	}{
		{"levels of fields", s.depth, d.Depth},
		{"fields", s.fields, d.Fields},
		{"aliases", s.aliases, d.Aliases},
		{"directives", s.directives, d.Directives},
	} {
		if limit.actual > limit.max {
			return exceeded("has too many %s: %d; the limit is %d", limit.name, limit.actual, limit.max)
		}
	}
	return nil
}

// chargeValidation takes the cost of validation from the client's budget. Validation
// compares fields in pairs: one unit is the measured time of about forty. Documents
// below a hundred units, which are most that people write, are free, since the request
// itself costs more. Nothing is refunded: the time is spent even if the document turns
// out to be invalid.
func (d Documents) chargeValidation(ctx context.Context, inOperations, inFragments int) *gqlerror.Error {
	const pairsPerUnit, free = 40, 100
	price := int64(inOperations*inOperations+inFragments*inFragments) / pairsPerUnit
	if d.Budgets == nil || price < free {
		return nil
	}
	price = min(price, d.Budgets.Burst)
	remaining, wait := d.Budgets.Take(budget.ClientKey(ctx), price)
	if wait == 0 {
		return nil
	}
	seconds := budget.Seconds(wait)
	return &gqlerror.Error{
		Message:    fmt.Sprintf("validating this document costs %d, and your remaining budget is %d; try again in %d s", price, remaining, seconds),
		Extensions: map[string]any{"code": codes.Throttled, "retryAfter": seconds},
	}
}

func exceeded(format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf("the document "+format, args...), Extensions: map[string]any{"code": codes.Limit}}
}
