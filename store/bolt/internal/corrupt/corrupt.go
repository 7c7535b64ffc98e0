// Package corrupt turns what damage to a file causes, panics too, into errors that
// wrap store.ErrCorrupt. It imports store.
package corrupt

import (
	"fmt"
	"runtime/debug"

	"chancery/store"
)

// Errorf returns an error that wraps store.ErrCorrupt beside what the format wraps.
func Errorf(format string, args ...any) error {
	return fmt.Errorf("%w: %w", store.ErrCorrupt, fmt.Errorf(format, args...))
}

// Recover turns a panic into an error: bbolt answers damaged pages with one. It
// is deferred as
//
//	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
//
// where the second argument makes a panic also of reading beyond the end of a
// file that was cut short, and is put back.
func Recover(err *error, old bool) {
	debug.SetPanicOnFault(old)
	if cause := recover(); cause != nil {
		*err = Errorf("reading the file failed with %q; restore it from a copy", fmt.Sprint(cause))
	}
}
