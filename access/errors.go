package access

import (
	"errors"
	"fmt"
)

// Errors of authentication; test with errors.Is.
var (
	// ErrUnauthenticated: the credentials are missing or no good.
	ErrUnauthenticated = errors.New("not authenticated")
	// ErrNoRole: it is known who asks, but not as anybody who may do something
	// here.
	ErrNoRole = errors.New("no role here")
	// ErrMisdirected: who gives no credentials is not served under that host.
	ErrMisdirected = errors.New("misdirected")
	// ErrUnavailable: it cannot be found out now who asks; try again.
	ErrUnavailable = errors.New("cannot tell who asks")
)

func unauthenticated(format string, args ...any) error {
	return because(ErrUnauthenticated, format, args...)
}

func because(err error, format string, args ...any) error {
	return fmt.Errorf("%w: %s", err, fmt.Sprintf(format, args...))
}
