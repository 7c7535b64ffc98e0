// Package curation turns what curators ask for into transactions: commits of
// changes with their evidence, judgements of identity, and the undoing of both.
//
// It knows the rules of writing that are more than the validity of one record:
// that a statement has evidence, that nobody overwrites what he has not seen,
// that a retry is answered as the first try was. It speaks of records by Ref and
// of their values by Fields; it knows nothing of GraphQL.
//
// What the asker got wrong is a *Refused with all problems at once. Other errors
// are faults of the store.
package curation

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
)

// Ref names a record: a global id, Type/slug as in Person/elmar-mammadyarov,
// scheme:value of an identifier, or the label of a record of the same commit,
// which begins with _: as blank nodes do in RDF.
type Ref string

// Fields are values of a record by their names in files and in the API, as
// encoding/json leaves them: string, bool, json.Number, []any, map[string]any.
// A nil value takes the value away. Fields that name other records hold a Ref as
// a string: subject, object, onBehalfOf, inCapacityOf of statements; about,
// source and attributedTo of evidence. The field of a statement's role has the
// name that the vocabulary gives it.
type Fields map[string]any

// Action is what a change does.
type Action uint8

// Put makes a record or, with a Target, replaces all its values but those that never
// change and an entity's slug, which need not be given again; Patch replaces
// the values given and leaves the others. Confirm says that evidence was held
// against the present value. Close takes a record out of the graph; evidence
// about it goes with it.
const (
	Put Action = iota
	Patch
	Confirm
	Close
)

// Change is one step of a commit. Changes may refer to each other's labels in any
// order.
type Change struct {
	Path     []string // where it stands in what was asked for; begins those of its problems
	Action   Action
	Kind     diplomacy.Kind // of the record
	Label    string         // by which other changes refer to the record; begins with _:
	Target   Ref            // the record to change; empty for a new one
	Expected uint32         // the revision that the asker has seen; 0 does not ask
	Fields   Fields
}

// Request is a commit asked for.
type Request struct {
	Author, Message string
	// Key makes a retry safe: a later request of the author with the same key
	// writes nothing and is answered with the first one's result.
	Key string
	// DryRun says what would happen, and writes nothing.
	DryRun bool
	// Unsourced allows statements without evidence.
	Unsourced bool
	Changes   []Change
}

// Result is what a commit did, or would do.
type Result struct {
	// Transaction is zero when nothing was written: of a dry run, and when nothing
	// changed, unless there was a Key to remember.
	Transaction diplomacy.Transaction
	// Outcomes has one for each change asked for, in their order.
	Outcomes []Outcome
	// Replayed says that the commit was made before, under the same key.
	Replayed bool
}

// Outcome is what became of a change.
type Outcome struct {
	Label  string
	Kind   diplomacy.Kind
	ID     diplomacy.ID   // zero for a new record of a dry run
	Action diplomacy.Term // CREATED, CHANGED, CLOSED, or empty when it was so already
	// Revision is that of the record after the commit; 0 when closed.
	Revision uint32
	// Differences are the fields that change; none in the result of a replay.
	Differences []diplomacy.Difference
}

// Code says what sort of problem it is, for programs.
type Code string

// Codes of problems.
const (
	Invalid     Code = "INVALID"     // a value that its field does not take
	Unknown     Code = "UNKNOWN"     // a record or label that is not there
	Taken       Code = "TAKEN"       // a slug or identifier that another entity has
	Conflict    Code = "CONFLICT"    // somebody else changed the record meanwhile
	Unsourced   Code = "UNSOURCED"   // a statement without evidence
	Referenced  Code = "REFERENCED"  // a record to which others still refer
	Contradicts Code = "CONTRADICTS" // a judgement that others forbid
	Blocked     Code = "BLOCKED"     // a later transaction stands in the way of undoing
	KeyReused   Code = "KEY_REUSED"  // an idempotency key of another request
	TooLarge    Code = "TOO_LARGE"   // more than one commit may hold
)

// Problem is one thing that is wrong with what was asked for.
type Problem struct {
	Path    []string // where in the request
	Code    Code
	Message string // what is wrong, and what to do
}

// Refused is the error of a request that cannot be done as it stands.
type Refused struct{ Problems []Problem }

// Error lists the problems.
func (r *Refused) Error() string {
	lines := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		lines[i] = fmt.Sprintf("%s: %s", strings.Join(p.Path, "."), p.Message)
	}
	return strings.Join(lines, "; ")
}
