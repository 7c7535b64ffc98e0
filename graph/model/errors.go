package model

import (
	"errors"
	"fmt"

	"chancery/store"
)

// UserError is a fault of the request: told to the client as it is, never
// logged as ours.
type UserError struct {
	Code    string // in extensions.code
	Message string
}

// Error is the message.
func (e *UserError) Error() string { return e.Message }

// CodeBadInput marks an argument that cannot be served.
const CodeBadInput = "BAD_USER_INPUT"

func badInput(format string, args ...any) error {
	return &UserError{CodeBadInput, fmt.Sprintf(format, args...)}
}

// isUserError reports whether a fault is the request's.
func isUserError(err error) bool {
	var user *UserError
	return errors.As(err, &user) || errors.Is(err, store.ErrCursor) || errors.Is(err, store.ErrLimit)
}
