// Package access says who may do what.
//
// A Principal has a Role. Guard puts the rules of that role between it and a
// store, so that every way to a record is guarded in the same place, whatever
// asks for it.
//
// Who somebody is, an Authenticator finds out from a bearer token: Tokens knows
// those of a file beside the graph, Provider those of an OpenID Connect
// provider, and a Door asks them both and says what becomes of who has none.
package access

import (
	"context"
	"fmt"

	"chancery/diplomacy"
)

// Role is what a principal may do. Each may do what those before it may.
type Role uint8

// A Reader reads what is not restricted; an Editor reads all of it and writes;
// an Admin may also write in the name of others, and check the whole store.
const (
	Nobody Role = iota
	Reader
	Editor
	Admin
)

var roleNames = [...]string{Nobody: "nobody", Reader: "reader", Editor: "editor", Admin: "admin"}

// String is the role's name as ParseRole takes it; "nobody" is none.
func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return fmt.Sprintf("Role(%d)", uint8(r))
}

// ParseRole reads the name of a role that can be given to somebody.
func ParseRole(name string) (Role, error) {
	for role := Reader; role <= Admin; role++ {
		if roleNames[role] == name {
			return role, nil
		}
	}
	return Nobody, fmt.Errorf("%s is no role; there are reader, editor and admin", diplomacy.Shorten(name))
}

// MarshalText gives the name of the role.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText is ParseRole.
func (r *Role) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRole(string(text))
	return err
}

// Principal is who asks.
type Principal struct {
	Name string // for the author of transactions and the audit; empty of who is not known
	Role Role
	// ID is what the credentials are called by whoever gave them out, and stays
	// when the name changes; for the audit only.
	ID string
}

// Anonymous is who gives no credentials where anybody may read.
var Anonymous = Principal{Role: Reader}

// Caller is what is known of a request beside its credentials.
type Caller struct {
	Remote string // the address it came from; for the audit
	Host   string // the host that it was meant for, with or without a port
}

type (
	principalKey struct{}
	callerKey    struct{}
)

// With puts the principal into a context.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// WithPresent puts one into a context whose credentials are looked at again while
// it lasts: Of asks the function each time, from any goroutine.
func WithPresent(ctx context.Context, present func() Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, present)
}

// Of is the principal of a context: Anonymous where none was put.
func Of(ctx context.Context) Principal {
	switch p := ctx.Value(principalKey{}).(type) {
	case Principal:
		return p
	case func() Principal:
		return p()
	default:
		return Anonymous
	}
}

// WithCaller puts the caller into a context.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerOf is the caller of a context: the zero Caller where none was put.
func CallerOf(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// Authenticator finds out who a bearer token is of. Its methods may be called by
// many goroutines at once.
type Authenticator interface {
	// Authenticate gives the principal of a token; the empty token is that of
	// who gives none. ErrUnauthenticated, ErrNoRole, ErrMisdirected or
	// ErrUnavailable if it is no good, wrapped with a reason that may be told.
	// Other errors are faults of ours and may not.
	Authenticate(ctx context.Context, token string) (Principal, error)
	// Still looks again at a token that it has accepted before, as that of the
	// principal given, and gives who it is of now, with the same errors. Streams ask
	// it every few seconds each, so it asks nobody outside this machine.
	Still(ctx context.Context, token string, was Principal) (Principal, error)
}
