package access

import (
	"errors"
	"fmt"

	"chancery/store"
)

// The errors of authentication; test with errors.Is. Their texts may be shown to clients.
var (
	// ErrUnauthenticated reports credentials that are missing or invalid.
	ErrUnauthenticated = errors.New("not authenticated")
	// ErrNoRole reports valid credentials that have no role on this server.
	ErrNoRole = errors.New("no role")
	// ErrMisdirected reports a host under which anonymous requests are not accepted.
	ErrMisdirected = errors.New("misdirected request")
	// ErrUnavailable reports that authentication does not work at present; try again.
	ErrUnavailable = errors.New("authentication unavailable")
)

func unauthenticated(format string, args ...any) error {
	return because(ErrUnauthenticated, format, args...)
}

func because(err error, format string, args ...any) error {
	return fmt.Errorf("%w: %s", err, fmt.Sprintf(format, args...))
}

// ForbiddenError reports that a principal's role is not enough. It is a
// store.ErrForbidden, and its text may be shown to clients.
type ForbiddenError struct {
	Action    string // such as "read the graph"
	Role      Role   // of the principal
	Anonymous bool   // without a token
	Least     Role   // the role that permits the action
}

// Error says what was forbidden, and which role permits it.
func (e *ForbiddenError) Error() string {
	if e.Anonymous {
		return fmt.Sprintf("%s: %v without a token; send one with the role %s", e.Action, store.ErrForbidden, e.Least)
	}
	return fmt.Sprintf("%s: %v for the role %s; ask for a token with the role %s", e.Action, store.ErrForbidden, e.Role, e.Least)
}

// Unwrap returns store.ErrForbidden.
func (e *ForbiddenError) Unwrap() error { return store.ErrForbidden }
