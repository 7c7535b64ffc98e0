package store

import (
	"errors"
	"fmt"
	"strings"

	"chancery/diplomacy"
)

// Errors of every engine; test with errors.Is.
var (
	// ErrNotFound: no such record or transaction.
	ErrNotFound = errors.New("not found")
	// ErrConflict: another write was first, as with a receipt under the same key.
	ErrConflict = errors.New("conflict")
	// ErrRetry: nothing was written, and the same write may succeed later.
	ErrRetry = errors.New("try again")
	// ErrOutcomeUnknown: the write may or may not have been committed.
	ErrOutcomeUnknown = errors.New("outcome unknown")
	// ErrFull: there is no room to write; nothing was written. The
	// graph can be read, and written again once there is room.
	ErrFull = errors.New("no room left to write")
	// ErrReplaced: the file was removed, renamed or replaced while it is open, so that
	// what is written would be lost. The graph can still be read.
	ErrReplaced = errors.New("the file was removed or replaced")
	// ErrClock: the clock shows a time that cannot be right; nothing was written.
	ErrClock = errors.New("the clock is wrong")
	// ErrForbidden: the caller may not do that.
	ErrForbidden = errors.New("forbidden")
	// ErrReferenced: a retracted record is still referred to.
	ErrReferenced = errors.New("still referred to")
	// ErrCursor: the cursor belongs to another query, or to none.
	ErrCursor = errors.New("not a cursor of this list")
	// ErrLimit: a page larger than MaxPage was asked for.
	ErrLimit = errors.New("page too large")
	// ErrExpensive: the operation did more work than its Meter allows.
	ErrExpensive = errors.New("more work than allowed")
	// ErrReleased: the snapshot was released, or the write has ended.
	ErrReleased = errors.New("snapshot was released")
	// ErrReadOnly: the store was opened for reading only.
	ErrReadOnly = errors.New("opened read-only")
	// ErrInUse: another process has the store open.
	ErrInUse = errors.New("in use by another process")
	// ErrForeign: the file is not a Chancery graph.
	ErrForeign = errors.New("not a Chancery graph")
	// ErrNewer: the file's format is newer than this program.
	ErrNewer = errors.New("written by a newer version")
	// ErrCorrupt: the file contradicts itself.
	ErrCorrupt = errors.New("corrupt")
)

// RefusedError lists the records that one call of Put or Restore refused, by
// ascending position. There is at least one. It wraps the Problems of each.
type RefusedError struct{ Refusals []Refusal }

// Refusal is one refused record, and all its fields at fault as Validate names
// them.
type Refusal struct {
	Position int // in the call, from 0
	Record   diplomacy.Record
	Problems diplomacy.Problems
}

// maxSpelled is how many refusals an error's text spells out.
const maxSpelled = 3

// Error describes the first refusals and counts the others.
func (e *RefusedError) Error() string {
	var b strings.Builder
	for i, r := range e.Refusals[:min(len(e.Refusals), maxSpelled)] {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s %s is refused: %v", r.Record.Kind(), nameOf(r.Record), r.Problems)
	}
	if more := len(e.Refusals) - maxSpelled; more > 0 {
		fmt.Fprintf(&b, "; and %d more are refused", more)
	}
	return b.String()
}

// Unwrap returns the Problems of each refused record.
func (e *RefusedError) Unwrap() []error {
	problems := make([]error, len(e.Refusals))
	for i, r := range e.Refusals {
		problems[i] = r.Problems
	}
	return problems
}

func nameOf(r diplomacy.Record) string {
	if e, ok := r.(diplomacy.Entity); ok && e.Base().Slug != "" {
		return diplomacy.Shorten(e.Base().Slug)
	}
	if id := r.Header().ID; id != 0 {
		return id.String()
	}
	return "(new)"
}
