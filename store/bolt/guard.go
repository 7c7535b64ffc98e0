package bolt

import (
	"fmt"
	"runtime/debug"

	"chancery/store"
)

// corrupt is an error that wraps store.ErrCorrupt beside its own.
func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %w", store.ErrCorrupt, fmt.Errorf(format, args...))
}

// guard turns a panic into an error: bbolt answers damaged pages with one. It
// is deferred as
//
//	defer guard(&err, debug.SetPanicOnFault(true))
//
// where the second argument makes a panic also of reading beyond the end of a
// file that was cut short, and is put back.
func guard(err *error, old bool) {
	debug.SetPanicOnFault(old)
	if cause := recover(); cause != nil {
		*err = corrupt("reading the file failed with %q; restore it from a copy", fmt.Sprint(cause))
	}
}
