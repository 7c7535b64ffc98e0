// Package curation turns requests of curators into transactions: commits of
// changes with their evidence, judgements of identity, and the undoing of both.
//
// It holds the rules of writing beyond the validity of one record: a statement has
// evidence, a change names the revision that it was made from, a retry gets the answer
// of the first attempt. Records are named by Ref and their values by Fields; the
// package knows nothing of GraphQL.
//
// Mistakes in a request are a *Refused with all problems at once. Other errors are
// faults of the store.
package curation

import (
	"fmt"
	"strings"

	"chancery/curation/reference"
	"chancery/diplomacy"
)

// Ref names a record.
type Ref = reference.Ref

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
// the values given and leaves the others. Confirm says that evidence was compared
// with the present value. Close takes a record out of the graph; evidence
// about it goes with it.
const (
	Put Action = iota
	Patch
	Confirm
	Close
)

// Change is one change of a commit. Changes may refer to each other's labels in any
// order.
type Change struct {
	Path     []string // where it stands in the request; the paths of its problems begin with it
	Action   Action
	Kind     diplomacy.Kind // of the record
	Label    string         // by which other changes refer to the record; begins with _:
	Target   Ref            // the record to change; empty for a new one
	Expected uint32         // the revision that the change was made from; 0 skips the check
	Fields   Fields
	// WithLinks closes also what refers to the record: statements, with the evidence about
	// them, evidence and judgements.
	WithLinks bool `json:",omitempty"` // receipts of earlier requests do not have it
}

// Request describes a commit.
type Request struct {
	Author, Message string
	// Key makes a retry safe: a later request of the author with the same key
	// writes nothing and returns the result of the first one.
	Key string
	// DryRun returns what would happen, and writes nothing.
	DryRun bool
	// Unsourced allows statements without evidence.
	Unsourced bool
	// Warn asks for warnings. It is no part of what Key recognizes.
	Warn    bool `json:"-"`
	Changes []Change
}

// Result is what a commit did, or would do.
type Result struct {
	// Transaction is zero when nothing was written: of a dry run, and when nothing
	// changed, unless there was a Key to remember.
	Transaction diplomacy.Transaction
	// Outcomes has one for each change of the request, in their order, and then one for
	// each record that was closed along with others.
	Outcomes []Outcome
	// Reverted are the transactions that a revert undid, in the order in which it did so.
	Reverted []diplomacy.TxNumber
	// Replayed says that an earlier request with the same key made the commit.
	Replayed bool
	// Warnings are what the request causes, if it asked for them.
	Warnings *Warnings
}

// Outcome is the result of a change.
type Outcome struct {
	Label  string
	Kind   diplomacy.Kind
	ID     diplomacy.ID   // zero for a new record of a dry run
	Action diplomacy.Term // CREATED, CHANGED, CLOSED, or empty when nothing changed
	// Revision of the record after the commit; 0 when closed.
	Revision uint32
	// Along is 0 or, for a record that was closed along with others, the position, from 1,
	// of the change with which it was.
	Along int
	// Differences are the fields that change; none in the result of a replay.
	Differences []diplomacy.Difference
}

// Code classifies a problem for programs.
type Code string

// Codes of problems.
const (
	Invalid     Code = "INVALID"     // a value that its field does not accept
	Unknown     Code = "UNKNOWN"     // a record or label that is not there
	Taken       Code = "TAKEN"       // a slug or identifier that another entity has
	Conflict    Code = "CONFLICT"    // another transaction changed the record in the meantime
	Unsourced   Code = "UNSOURCED"   // a statement without evidence
	Referenced  Code = "REFERENCED"  // a record to which others still refer
	Contradicts Code = "CONTRADICTS" // a judgement that others forbid
	Blocked     Code = "BLOCKED"     // a later transaction stands in the way of undoing
	KeyReused   Code = "KEY_REUSED"  // the idempotency key belongs to another request
	TooLarge    Code = "TOO_LARGE"   // more than one commit may hold
)

// Problem is one thing that is wrong with a request.
type Problem struct {
	Path    []string // where in the request
	Code    Code
	Message string // what is wrong, and what to do
}

// Refused is the error of a request with problems, of which nothing was done.
type Refused struct{ Problems []Problem }

// Error lists the problems.
func (r *Refused) Error() string {
	lines := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		lines[i] = fmt.Sprintf("%s: %s", strings.Join(p.Path, "."), p.Message)
	}
	return strings.Join(lines, "; ")
}
