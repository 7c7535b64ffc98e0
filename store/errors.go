package store

import (
	"errors"
	"fmt"

	"chancery/diplomacy"
)

// Errors of every engine; test with errors.Is.
var (
	// ErrNotFound: no such record or transaction.
	ErrNotFound = errors.New("not found")
	// ErrConflict: somebody else changed what this write built on.
	ErrConflict = errors.New("conflict")
	// ErrRetry: nothing was written, and the same write may succeed later.
	ErrRetry = errors.New("try again")
	// ErrOutcomeUnknown: the write may or may not have been committed.
	ErrOutcomeUnknown = errors.New("outcome unknown")
	// ErrFull: there is no room to write; nothing was written. What is there can
	// be read, and writing goes on once there is room.
	ErrFull = errors.New("no room left to write")
	// ErrForbidden: whoever asks may not do that.
	ErrForbidden = errors.New("forbidden")
	// ErrReferenced: a retracted record is still referred to.
	ErrReferenced = errors.New("still referred to")
	// ErrCursor: the cursor was not given for such a query.
	ErrCursor = errors.New("not a cursor of this list")
	// ErrLimit: a page larger than MaxPage was asked for.
	ErrLimit = errors.New("page too large")
	// ErrReleased: the snapshot was released.
	ErrReleased = errors.New("snapshot was released")
	// ErrReadOnly: the store was opened for reading only.
	ErrReadOnly = errors.New("opened read-only")
	// ErrInUse: another process has the store open.
	ErrInUse = errors.New("in use by another process")
	// ErrForeign: the file is not a graph of ours.
	ErrForeign = errors.New("not a Chancery graph")
	// ErrNewer: the file's format is newer than this program.
	ErrNewer = errors.New("written by a newer version")
	// ErrCorrupt: the file contradicts itself.
	ErrCorrupt = errors.New("corrupt")
)

// RefusedError says which of the records of a Put was refused, and why. It
// wraps diplomacy.Problems.
type RefusedError struct {
	Position int // in the call to Put, from 0
	Record   diplomacy.Record
	Problems diplomacy.Problems
}

// Error names the record as well as it can.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("%s %s is refused: %v", e.Record.Kind(), nameOf(e.Record), e.Problems)
}

// Unwrap gives the problems.
func (e *RefusedError) Unwrap() error { return e.Problems }

func nameOf(r diplomacy.Record) string {
	if e, ok := r.(diplomacy.Entity); ok && e.Base().Slug != "" {
		return diplomacy.Shorten(e.Base().Slug)
	}
	if id := r.Header().ID; id != 0 {
		return id.String()
	}
	return "(new)"
}
