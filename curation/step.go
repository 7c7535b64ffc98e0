package curation

import (
	"errors"
	"fmt"
	"slices"

	"chancery/diplomacy"
)

// step is a change on its way into a transaction.
type step struct {
	Change
	current diplomacy.Record // the version that it builds on; nil for a new record
	record  diplomacy.Record // as it is to be; nil to close
	slots   []slot
	id      diplomacy.ID // once the record is put, or found
	// failed says that the record is not as it was asked for: because of the
	// problems, or because of those of another change, which are not told twice.
	failed   bool
	problems []Problem
	troubled [][]string // the fields of those
}

// fault notes what is wrong with a field.
func (s *step) fault(code Code, field []string, format string, args ...any) {
	path := append(slices.Clone(s.Path), field...)
	s.problems = append(s.problems, Problem{path, code, fmt.Sprintf(format, args...)})
	s.fail(field)
}

// fail says that a field is not what it was to be, for a reason told elsewhere.
func (s *step) fail(field []string) {
	s.failed = true
	s.troubled = append(s.troubled, field)
}

// told reports whether something is known to be wrong with a field.
func (s *step) told(field []string) bool {
	return slices.ContainsFunc(s.troubled, func(t []string) bool { return within(t, field) })
}

// edits reports whether the step says what the record is to be.
func (s *step) edits() bool { return s.Action == Put || s.Action == Patch }

// draft begins the record of a step from its current version, and sets the fields
// that are given.
func (s *step) draft() {
	switch {
	case s.Action == Close:
		return
	case s.current == nil, s.Action == Put:
		s.record = diplomacy.NewRecord(s.Kind)
		s.keepWhatStays()
	default:
		s.record = copyOf(s.current)
	}
	if e, ok := s.record.(*diplomacy.Evidence); ok {
		e.Confirmed = 0 // as it is
		if s.Action == Confirm {
			e.Confirmed = 1 // now
		}
	}
	d := decoder{fault: func(path []string, format string, args ...any) { s.fault(Invalid, path, format, args...) }}
	d.record(s.record, s.Fields)
	s.slots = d.slots
	s.amount()
}

// keepWhatStays copies what a whole new version need not say again: what never
// changes, and the slug, which others may have kept.
func (s *step) keepWhatStays() {
	if s.current == nil {
		return
	}
	s.record.Header().ID = s.current.Header().ID
	switch r := s.record.(type) {
	case *diplomacy.Statement:
		was := s.current.(*diplomacy.Statement)
		r.Subject, r.Object = was.Subject, was.Object
	case *diplomacy.Evidence:
		r.About = s.current.(*diplomacy.Evidence).About
	case diplomacy.Entity:
		r.Base().Slug = s.current.(diplomacy.Entity).Base().Slug
	}
}

// amount asks for the figure of an observation, whose absence would be taken for
// zero.
func (s *step) amount() {
	given, ok := s.Fields["amount"]
	if _, is := s.record.(*diplomacy.Observation); is && given == nil && (ok || s.Action == Put) {
		s.fault(Invalid, []string{"amount"}, "is missing")
	}
}

// copyOf is a shallow copy of a record, of which only the id is kept of the head.
func copyOf(r diplomacy.Record) diplomacy.Record {
	c := diplomacy.CopyOf(r)
	c.Header().ID = r.Header().ID
	return c
}

// normalize fills in what goes without saying, as the store will.
func normalize(r diplomacy.Record) {
	switch r := r.(type) {
	case *diplomacy.Statement:
		r.Normalize()
	case *diplomacy.Evidence:
		r.Normalize()
	}
}

// validate notes what the model finds wrong with the record, but for what is told.
func (s *step) validate() {
	normalize(s.record)
	s.fixed()
	var problems diplomacy.Problems
	errors.As(s.record.Validate(), &problems)
	for _, p := range problems {
		if field := s.spell(p.Field); !s.told(field) {
			s.fault(Invalid, field, "%s", p.Reason)
		}
	}
}

// spell is the path of a field of the record as it was given.
func (s *step) spell(field string) []string {
	path := pathOf(field)
	if _, short := s.Fields[mainName]; short && s.Fields["names"] == nil && (field == "names" || field == "names[0].value") {
		return []string{mainName}
	}
	return path
}

// fixed notes other ends than the record had from its first version on.
func (s *step) fixed() {
	if s.current == nil {
		return
	}
	had, has := fixedOf(s.current), fixedOf(s.record)
	for i, end := range has {
		if field := []string{end.field}; *end.id != *had[i].id && !s.told(field) {
			s.fault(Invalid, field, "is %s and cannot change; close this %s and make another", *had[i].id, s.Kind)
		}
	}
}

// fixedOf are the references of a record that never change.
func fixedOf(r diplomacy.Record) []slot {
	switch r := r.(type) {
	case *diplomacy.Statement:
		return []slot{{field: "subject", id: &r.Subject}, {field: "object", id: &r.Object}}
	case *diplomacy.Evidence:
		return []slot{{field: "about", id: &r.About}}
	}
	return nil
}
