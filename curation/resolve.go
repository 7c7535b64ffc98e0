package curation

import (
	"strings"

	"chancery/curation/fields"
	"chancery/diplomacy"
)

// resolve fills in the references of records. An entity that this commit has made is
// found by its keys too, but one that was there before takes precedence.
func (r *run) resolve(changes []*pendingChange) error {
	var refs []Ref
	for _, c := range changes {
		for _, slot := range c.slots {
			refs = append(refs, slot.Ref)
		}
	}
	if err := r.directory.LookUp(r.ctx, refs...); err != nil {
		return err
	}
	for _, c := range changes {
		for _, slot := range c.slots {
			r.resolveSlot(c, slot)
		}
	}
	return nil
}

func (r *run) resolveSlot(c *pendingChange, slot fields.Slot) {
	field := []string{slot.Field}
	record, made := r.directory.Record(slot.Ref), r.labels[slot.Ref]
	switch {
	case record != nil:
		*slot.ID = record.Header().ID
	case made != nil && made.id != 0:
		*slot.ID = made.id
	case made != nil: // its problems are reported there
		*slot.ID = placeholder(made.Kind)
		c.fail(field)
	default:
		c.fault(codeOf(slot.Ref), field, "%s", r.directory.Missing(slot.Ref))
		a, _ := slot.Ref.Address()
		*slot.ID = placeholder(a.Kind())
	}
	if closing := r.closing(*slot.ID); closing != nil && slot.Field == "about" {
		c.fault(Invalid, field, "%s is closed by %s of the same commit", nameOfRecord(closing.current), strings.Join(closing.Path, "."))
	}
}

// placeholder returns an id of a kind in the place of a record that is not there, so
// that the other fields of the change can be validated.
func placeholder(kind diplomacy.Kind) diplomacy.ID {
	if kind == diplomacy.KindNone {
		return 0
	}
	return diplomacy.MakeID(kind, 1)
}

// closing returns the change that closes a record; nil if none does.
func (r *run) closing(id diplomacy.ID) *pendingChange {
	if c := r.byTarget[id]; c != nil && c.Action == Close {
		return c
	}
	return nil
}

// nameOfRecord returns Type/slug of an entity, the id of other records.
func nameOfRecord(r diplomacy.Record) string {
	if e, ok := r.(diplomacy.Entity); ok {
		return e.Kind().String() + "/" + e.Base().Slug
	}
	return r.Header().ID.String()
}
