package curation

import (
	"errors"
	"fmt"
	"slices"

	"chancery/curation/fields"
	"chancery/diplomacy"
)

// pendingChange is a Change on its way into a transaction.
type pendingChange struct {
	Change
	current diplomacy.Record   // the version that it follows; nil for a new record
	group   []diplomacy.Record // the records merged with it, and itself; nil for a new record
	record  diplomacy.Record   // the next version; nil to close
	cause   *pendingChange     // the change with which this one closes a record along; nil for one of the request
	slots   []fields.Slot
	id      diplomacy.ID       // once the record is put, or found
	refusal diplomacy.Problems // why the store refused the record last
	// withdrawn says that the change restricts a record that is not in the graph any more.
	withdrawn bool
	// failed says that the record cannot be as requested: because of the problems, or
	// because of those of another change, which are not reported twice.
	failed   bool
	problems []Problem
	faulty   [][]string // the fields with problems
}

// fault reports what is wrong with a field.
func (c *pendingChange) fault(code Code, field []string, format string, args ...any) {
	path := append(slices.Clone(c.Path), field...)
	c.problems = append(c.problems, Problem{path, code, fmt.Sprintf(format, args...)})
	c.fail(field)
}

// fail notes that a field cannot be as requested, for a reason reported elsewhere.
func (c *pendingChange) fail(field []string) {
	c.failed = true
	c.faulty = append(c.faulty, field)
}

// reported returns whether something is known to be wrong with a field.
func (c *pendingChange) reported(field []string) bool {
	return slices.ContainsFunc(c.faulty, func(t []string) bool { return overlap(t, field) })
}

// edits returns whether the change gives values of the record.
func (c *pendingChange) edits() bool { return c.Action == Put || c.Action == Patch }

// draft makes the next version from the current one, and sets the fields that are
// given.
func (c *pendingChange) draft() {
	switch {
	case c.Action == Close:
		return
	case c.current == nil, c.Action == Put:
		c.record = diplomacy.NewRecord(c.Kind)
		c.keepFixed()
	default:
		c.record = copyOf(c.current)
	}
	if e, ok := c.record.(*diplomacy.Evidence); ok {
		e.Confirmed = 0 // as it is
		if c.Action == Confirm {
			e.Confirmed = 1 // now
		}
	}
	d := fields.Decoder{Fault: func(path []string, format string, args ...any) { c.fault(Invalid, path, format, args...) }}
	d.Decode(c.record, c.Fields)
	c.slots = d.Slots
	c.requireAmount()
}

// keepFixed copies what a whole new version need not give again: fields that never
// change, the slug, by which others may refer to the entity, and the restriction, which
// nobody lifts by leaving it out.
func (c *pendingChange) keepFixed() {
	if c.current == nil {
		return
	}
	c.record.Header().ID = c.current.Header().ID
	for ref := range diplomacy.References(c.record) {
		if ref.Fixed {
			*ref.ID = *ref.In(c.current)
		}
	}
	if e, ok := c.record.(diplomacy.Entity); ok {
		e.Base().Slug = c.current.(diplomacy.Entity).Base().Slug
	}
	if mark := diplomacy.Restriction(c.record); mark != nil && c.current.Kind() == c.Kind {
		*mark = diplomacy.Restricted(c.current)
	}
}

// requireAmount reports an observation without its figure, which would be stored as
// zero.
func (c *pendingChange) requireAmount() {
	given, ok := c.Fields["amount"]
	if _, is := c.record.(*diplomacy.Observation); is && given == nil && (ok || c.Action == Put) {
		c.fault(Invalid, []string{"amount"}, "is missing")
	}
}

// copyOf returns a shallow copy of a record, with nothing in its head but the id.
func copyOf(r diplomacy.Record) diplomacy.Record {
	c := diplomacy.CopyOf(r)
	c.Header().ID = r.Header().ID
	return c
}

// validate reports what the model rejects of the record, except what is reported
// already.
func (c *pendingChange) validate() {
	if r, ok := c.record.(interface{ Normalize() }); ok {
		r.Normalize() // as the store will
	}
	c.checkFixed()
	var problems diplomacy.Problems
	errors.As(c.record.Validate(), &problems)
	for _, p := range problems {
		if field := c.spell(p.Field); !c.reported(field) {
			c.fault(Invalid, field, "%s", p.Reason)
		}
	}
}

// spell returns the path of a field of the record as the request gives it.
func (c *pendingChange) spell(field string) []string {
	path := pathOf(field)
	if _, short := c.Fields[fields.MainName]; short && c.Fields["names"] == nil && (field == "names" || field == "names[0].value") {
		return []string{fields.MainName}
	}
	return path
}

// checkFixed reports references that differ from those in the first version.
func (c *pendingChange) checkFixed() {
	if c.current == nil {
		return
	}
	for ref := range diplomacy.References(c.record) {
		had, field := *ref.In(c.current), []string{ref.Name}
		if ref.Fixed && *ref.ID != had && !c.reported(field) {
			c.fault(Invalid, field, "is %s and cannot change; close this %s and make another", had, c.Kind)
		}
	}
}
