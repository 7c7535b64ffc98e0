package access

import (
	"context"
	"errors"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// ErrUnauthenticated: the credentials are missing or no good.
var ErrUnauthenticated = errors.New("not authenticated")

// Guard is the store as a principal may use it: what it reads leaves out what is
// restricted, unless it is an editor; what it may not do is store.ErrForbidden.
func Guard(s store.Store, p Principal) store.Store { return guarded{s, p} }

type guarded struct {
	store.Store
	principal Principal
}

// Read implements store.Store.
func (g guarded) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	if g.principal.Role < Reader {
		return nil, fmt.Errorf("read the graph: %w; give a token", store.ErrForbidden)
	}
	view.Restricted = g.principal.Role >= Editor
	return g.Store.Read(ctx, view)
}

// Write implements store.Store.
func (g guarded) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	if g.principal.Role < Editor {
		return diplomacy.Transaction{}, fmt.Errorf("write to the graph: %w; it needs the role of an editor", store.ErrForbidden)
	}
	return g.Store.Write(ctx, by, fn)
}
