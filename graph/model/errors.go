package model

import (
	"errors"
	"fmt"

	"chancery/store"
)

// UserError is an error of the request: shown to the client as it is, never
// logged as a fault of the server.
type UserError struct {
	Code    string // of extensions.code
	Message string
}

// Error returns the message.
func (e *UserError) Error() string { return e.Message }

// CodeBadInput is the code of arguments that are invalid.
const CodeBadInput = "BAD_USER_INPUT"

// CodeNotFound is the code of what was named and is not there.
const CodeNotFound = "NOT_FOUND"

// BadInput returns a UserError with CodeBadInput.
func BadInput(format string, args ...any) error {
	return &UserError{CodeBadInput, fmt.Sprintf(format, args...)}
}

// IsUserError reports whether an error is the request's.
func IsUserError(err error) bool {
	var user *UserError
	return errors.As(err, &user) || errors.Is(err, store.ErrCursor) || errors.Is(err, store.ErrLimit)
}
