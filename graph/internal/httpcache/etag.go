// Package httpcache answers conditional GET requests: it computes entity tags and
// Cache-Control of responses before anything is read.
package httpcache

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/fetch"
	"chancery/graph/internal/transport"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Validator decides whether the client's cached response is still valid. An entity tag
// covers everything that a response depends on beside the request's URL:
//
//   - this process, since another build may answer otherwise or another file may be open;
//   - the revision that is read. If the operation asks for a past one, that revision and
//     the last transaction that changed what is restricted, since this changes the past
//     too;
//   - the day, which fields without a time argument refer to.
//
// It does not depend on the principal: responses to editors, who see more, are never
// cacheable.
type Validator struct {
	process string
	store   store.Store
	hints   hints
}

// New returns a validator for responses from a store.
func New(s store.Store, schema *ast.Schema) Validator {
	return Validator{rand.Text()[:8], s, hints{schema}}
}

// NotModified reports whether the client has the response to an operation already, and
// sets its entity tag and Cache-Control if it is cacheable. It must be called before the
// operation reads anything.
func (v Validator) NotModified(ctx context.Context, o *fetch.Operation, principal access.Principal) bool {
	operation := graphql.GetOperationContext(ctx)
	if !transport.SupportsETag(ctx) || operation.Operation.Operation != ast.Query || principal.Role >= access.Editor {
		return false
	}
	state, ok := v.state(ctx, o, operation)
	if !ok {
		return false
	}
	return transport.SetETag(ctx, v.process+state, v.hints.header(operation.Operation, principal, int(o.DayEnds().Seconds())))
}

// state returns the part of the tag that names the state of the graph. It opens the
// snapshot that the response will be read from, so that the tag matches it.
func (v Validator) state(ctx context.Context, o *fetch.Operation, operation *graphql.OperationContext) (state string, ok bool) {
	if readsViewer(operation) {
		return "", false
	}
	if readsSchemaOnly(operation) {
		return "", true
	}
	// In this order, and before the snapshot is opened: its state is then not earlier
	// than the last restriction, so it shows of the past what all later ones show.
	restriction := v.store.LastRestriction()
	last, _ := v.store.Committed()
	known, ok := knownAt(ctx, o, operation)
	if !ok {
		return "", false
	}
	o.SetTimes(diplomacy.Time{}, known)
	reader, err := o.Reader(ctx)
	switch {
	case err != nil:
		return "", false // the first field reports the error
	case known > 0:
		return fmt.Sprintf("-%v-%d-%d", o.Today(), known, restriction), last >= restriction
	default:
		return fmt.Sprintf("-%v-%d", o.Today(), reader.Revision()), true
	}
}

// readsViewer reports whether the response depends on the client's token.
func readsViewer(operation *graphql.OperationContext) bool {
	fields := graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"})
	return slices.ContainsFunc(fields, func(f graphql.CollectedField) bool { return f.Name == "viewer" })
}

// readsSchemaOnly reports whether all fields are introspection.
func readsSchemaOnly(operation *graphql.OperationContext) bool {
	for _, field := range graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"}) {
		if !strings.HasPrefix(field.Name, "__") {
			return false
		}
	}
	return true
}

// knownAt returns the transaction of @asOf, or 0 for the present; ok is false for
// arguments that the directive rejects. A moment is looked up, since later transactions may
// be before it if it is today or in the future: the tag names the transaction itself.
func knownAt(ctx context.Context, o *fetch.Operation, operation *graphql.OperationContext) (known diplomacy.TxNumber, ok bool) {
	directive := operation.Operation.Directives.ForName("asOf")
	if directive == nil {
		return 0, true
	}
	given := directive.ArgumentMap(operation.Variables)
	number, moment := given["knownAt"], given["knownAtTime"]
	switch {
	case number != nil && moment != nil:
		return 0, false
	case moment != nil:
		m, err := model.UnmarshalMoment(moment)
		if err != nil {
			return 0, false
		}
		known, err = o.LastUntil(ctx, m.Last)
		return known, err == nil
	case number == nil:
		return 0, true
	}
	n, err := strconv.ParseUint(fmt.Sprint(number), 10, 63)
	return diplomacy.TxNumber(n), err == nil && n > 0
}
