// Package access says who may do what. A Principal has a Role; Guard puts the
// rules of that role between it and a store, so that every way to a record is
// guarded in the same place, whatever asks for it.
package access

import "context"

// Role is what a principal may do. Each may do what those before it may.
type Role uint8

// A Reader reads what is not restricted; an Editor reads all of it and writes;
// an Admin may also write in the name of others.
const (
	Nobody Role = iota
	Reader
	Editor
	Admin
)

// Principal is who asks.
type Principal struct {
	Name string // for the author of transactions and the audit; empty of who is not known
	Role Role
}

// Anonymous is who gives no credentials where anybody may read.
var Anonymous = Principal{Role: Reader}

type contextKey struct{}

// With puts the principal into a context.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// Of is the principal of a context: Anonymous where none was put.
func Of(ctx context.Context) Principal {
	if p, ok := ctx.Value(contextKey{}).(Principal); ok {
		return p
	}
	return Anonymous
}

// Authenticator finds out who a bearer token is of.
type Authenticator interface {
	// Authenticate gives the principal of a token; the empty token is that of
	// who gives none. ErrUnauthenticated, wrapped with a reason that may be
	// told, if it is no good.
	Authenticate(ctx context.Context, token string) (Principal, error)
}
