package curation

import (
	"chancery/curation/fields"
	"chancery/diplomacy"
)

// putRecords puts all records of some kinds, those that refer to each other by labels
// after the ones that they refer to.
func (r *run) putRecords(is func(diplomacy.Kind) bool) error {
	waiting := r.ofKind(is)
	for len(waiting) > 0 {
		ready, later := r.ready(waiting)
		if len(ready) == 0 {
			r.rejectCircle(later)
			ready, later = later, nil
		}
		if err := r.putReady(ready); err != nil {
			return err
		}
		waiting = later
	}
	return nil
}

// ready separates the changes whose references can be resolved from those that refer
// to another of the same changes.
func (r *run) ready(changes []*pendingChange) (ready, later []*pendingChange) {
	among := setOf(changes)
	for _, c := range changes {
		if r.waitsFor(c, among) == nil {
			ready = append(ready, c)
		} else {
			later = append(later, c)
		}
	}
	return ready, later
}

func setOf(changes []*pendingChange) map[*pendingChange]bool {
	set := make(map[*pendingChange]bool, len(changes))
	for _, c := range changes {
		set[c] = true
	}
	return set
}

// waitsFor returns the first reference of a change to one among others; nil if there
// is none.
func (r *run) waitsFor(c *pendingChange, among map[*pendingChange]bool) *fields.Slot {
	for i, slot := range c.slots {
		made := r.labels[slot.Ref]
		if made != nil && made.id == 0 && r.directory.Record(slot.Ref) == nil && among[made] {
			return &c.slots[i]
		}
	}
	return nil
}

// rejectCircle rejects changes that refer to each other in a circle, or to themselves.
func (r *run) rejectCircle(changes []*pendingChange) {
	among := setOf(changes)
	for _, c := range changes {
		slot := r.waitsFor(c, among)
		c.fault(Invalid, []string{slot.Field}, "%s is made by this commit and refers back to this record; leave the reference out and set it in another commit", diplomacy.Shorten(string(slot.Ref)))
	}
}
