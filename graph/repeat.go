package graph

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/internal/transport"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// repeats answer who asks again that nothing has changed, before anything is looked
// up. What is not in the address of a request, and an answer depends on, goes into
// its state:
//
//   - this process: a build may answer otherwise, and another file may be opened;
//   - the transaction that left what is read. If the operation asks for one itself,
//     that one, and since when nothing was restricted: this changes the past too;
//   - the day, which a field means that asks about no time.
//
// It does not depend on who asks: Editors, who see more, are not told to keep
// anything.
type repeats struct {
	process string
	store   store.Store
	hints   hints
}

func newRepeats(s store.Store, schema *ast.Schema) repeats {
	return repeats{rand.Text()[:8], s, hints{schema}}
}

// has reports whether the client has the answer to an operation, of which nothing
// was read yet.
func (r repeats) has(ctx context.Context, o *model.Operation, asker access.Principal) bool {
	operation := graphql.GetOperationContext(ctx)
	if !transport.CanRepeat(ctx) || operation.Operation.Operation != ast.Query || asker.Role >= access.Editor {
		return false
	}
	state, is := r.state(ctx, o, operation)
	if !is {
		return false
	}
	return transport.Keep(ctx, r.process+state, r.hints.control(operation.Operation, asker))
}

// state opens the snapshot that the answer would be read from, so that it is its
// state and no other that the answer is marked with.
func (r repeats) state(ctx context.Context, o *model.Operation, operation *graphql.OperationContext) (string, bool) {
	if readsNothing(operation) {
		return "", true
	}
	known, is := knownAt(operation)
	if !is {
		return "", false
	}
	// In this order, and before the snapshot is opened: it is then of a state not
	// earlier than settled, and shows of the past what all those later show.
	settled := r.store.Settled()
	last, _ := r.store.Committed()
	o.SetTimes(diplomacy.Time{}, known)
	reader, err := o.Reader(ctx)
	switch {
	case err != nil:
		return "", false // which the first field will say
	case known > 0:
		return fmt.Sprintf("-%v-%d-%d", o.Today(), known, settled), last >= settled
	default:
		return fmt.Sprintf("-%v-%d", o.Today(), reader.Revision()), true
	}
}

// readsNothing reports whether only the schema is asked about.
func readsNothing(operation *graphql.OperationContext) bool {
	for _, field := range graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"}) {
		if !strings.HasPrefix(field.Name, "__") {
			return false
		}
	}
	return true
}

// knownAt is the transaction that the operation asks about; 0 for the last. It is
// false if there cannot be such a one.
func knownAt(operation *graphql.OperationContext) (known diplomacy.TxNumber, is bool) {
	directive := operation.Operation.Directives.ForName("asOf")
	if directive == nil {
		return 0, true
	}
	value := directive.ArgumentMap(operation.Variables)["knownAt"]
	if value == nil {
		return 0, true
	}
	n, err := strconv.ParseUint(fmt.Sprint(value), 10, 63)
	return diplomacy.TxNumber(n), err == nil && n > 0
}
