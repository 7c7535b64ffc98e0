// Package access authenticates requests and authorizes what they do.
//
// An Authenticator turns a bearer token into a Principal, which has a Role. Guard
// wraps a store with the rules of that role, so that every access to a record is
// authorized in the same place.
//
// Tokens verifies the tokens of a file beside the graph, Provider those of an OpenID
// Connect provider; a TokenAuthenticator combines them and decides about anonymous
// requests.
package access

import (
	"context"
	"fmt"

	"chancery/diplomacy"
)

// Role is a set of permissions. Each role includes the permissions of the ones before it.
type Role uint8

// The roles. NoRole permits nothing. A Reader reads what is not restricted; an Editor
// reads everything and writes; an Admin may also write in the name of other authors,
// and check and copy the whole store.
const (
	NoRole Role = iota
	Reader
	Editor
	Admin
)

var roleNames = [...]string{NoRole: "none", Reader: "reader", Editor: "editor", Admin: "admin"}

// String returns the role's name as ParseRole reads it, and "none" for NoRole.
func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return fmt.Sprintf("Role(%d)", uint8(r))
}

// ParseRole reads the name of a role other than NoRole.
func ParseRole(name string) (Role, error) {
	for role := Reader; role <= Admin; role++ {
		if roleNames[role] == name {
			return role, nil
		}
	}
	return NoRole, fmt.Errorf("unknown role %s; the roles are reader, editor and admin", diplomacy.Shorten(name))
}

// MarshalText returns the name of the role.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText is ParseRole.
func (r *Role) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRole(string(text))
	return err
}

// Principal is an authenticated client, or Anonymous.
type Principal struct {
	Name string // the author of transactions, and logged; empty for an anonymous client
	Role Role
	// ID identifies the credentials at their issuer and stays the same when the name
	// changes. It is only logged.
	ID string
}

// Anonymous is the principal of accepted requests without a token.
var Anonymous = Principal{Role: Reader}

// Caller describes where a request comes from, apart from its credentials.
type Caller struct {
	Remote string // the client's address; logged
	Host   string // the requested host, with or without a port
}

type (
	principalKey struct{}
	callerKey    struct{}
)

// WithPrincipal returns a context with the principal.
func WithPrincipal(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// WithPrincipalFunc returns a context with a principal that may change while the context
// lasts: PrincipalFrom calls the function each time, from any goroutine.
func WithPrincipalFunc(ctx context.Context, current func() Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, current)
}

// PrincipalFrom returns the principal of a context, or Anonymous if it has none.
func PrincipalFrom(ctx context.Context) Principal {
	switch p := ctx.Value(principalKey{}).(type) {
	case Principal:
		return p
	case func() Principal:
		return p()
	default:
		return Anonymous
	}
}

// WithCaller returns a context with the caller.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerFrom returns the caller of a context, or the zero Caller if it has none.
func CallerFrom(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// Authenticator authenticates bearer tokens. Its methods may be called by many
// goroutines at once.
type Authenticator interface {
	// Authenticate returns the principal of a token, which is empty for a request
	// without one; the context has the Caller. It fails with ErrUnauthenticated,
	// ErrNoRole, ErrMisdirected or ErrUnavailable, whose texts clients may see. Other
	// errors are faults of the server, whose texts they may not.
	Authenticate(ctx context.Context, token string) (Principal, error)
	// Recheck authenticates a token again that it accepted before, as the given
	// principal's, and returns its principal of now, with the same errors. Every open
	// stream calls it every few seconds, so it makes no requests over the network.
	Recheck(ctx context.Context, token string, was Principal) (Principal, error)
}
