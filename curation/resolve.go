package curation

import (
	"strings"

	"chancery/diplomacy"
)

// resolve fills in the records that steps name. What this commit made of entities
// is found by its keys too, but what was there before comes first.
func (r *run) resolve(steps []*step) error {
	var refs []Ref
	for _, s := range steps {
		for _, slot := range s.slots {
			refs = append(refs, slot.ref)
		}
	}
	if err := r.directory.learn(refs...); err != nil {
		return err
	}
	for _, s := range steps {
		for _, slot := range s.slots {
			if err := r.resolveSlot(s, slot); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) resolveSlot(s *step, slot slot) error {
	field := []string{slot.field}
	record, made := r.directory.records[slot.ref], r.labels[slot.ref]
	switch {
	case record != nil:
		*slot.id = record.Header().ID
	case made != nil && made.id != 0:
		*slot.id = made.id
	case made != nil: // what is wrong with it is told there
		*slot.id = standIn(made.Kind)
		s.fail(field)
	default:
		message, err := r.directory.missing(slot.ref)
		if err != nil {
			return err
		}
		s.fault(codeOf(slot.ref), field, "%s", message)
		a, _ := slot.ref.address()
		*slot.id = standIn(a.kind())
	}
	if closing := r.closing(*slot.id); closing != nil && slot.field == "about" {
		s.fault(Invalid, field, "%s is closed by %s of the same commit", nameOfRecord(closing.current), strings.Join(closing.Path, "."))
	}
	return nil
}

// standIn is an id in the place of a record that is not there, for the rest of the
// step to be judged by the kind that it would have had.
func standIn(kind diplomacy.Kind) diplomacy.ID {
	if kind == diplomacy.KindNone {
		return 0
	}
	return diplomacy.MakeID(kind, 1)
}

// closing is the step that closes a record; nil if none does.
func (r *run) closing(id diplomacy.ID) *step {
	if s := r.byTarget[id]; s != nil && s.Action == Close {
		return s
	}
	return nil
}

// nameOfRecord names a record for a person: by its slug, or else its id.
func nameOfRecord(r diplomacy.Record) string {
	if e, ok := r.(diplomacy.Entity); ok {
		return e.Kind().String() + "/" + e.Base().Slug
	}
	return r.Header().ID.String()
}
