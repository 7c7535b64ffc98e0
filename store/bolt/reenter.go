package bolt

import "chancery/diplomacy"

// ends finds the entities at the ends of a record, for entriesOf.
type ends struct {
	*reader
	instead diplomacy.Entity // the version to take of this entity; may be nil
	dropped map[diplomacy.ID]diplomacy.Entity
	err     error // what kept it from finding one
}

func (e *ends) entity(id diplomacy.ID) diplomacy.Entity {
	if !id.Kind().IsEntity() {
		return nil
	}
	if e.instead != nil && e.instead.Base().ID == id {
		return e.instead
	}
	r, err := e.record(id)
	if err != nil {
		e.err = err
	}
	if r == nil {
		return e.dropped[id]
	}
	return r.(diplomacy.Entity)
}

// entries computes those of a version, nil for none, with the ends as they are
// but for one.
func (w *writer) entries(r diplomacy.Record, instead diplomacy.Entity) ([]entry, error) {
	if r == nil {
		return nil, nil
	}
	e := ends{reader: &w.reader, instead: instead, dropped: w.dropped}
	return entriesOf(r, e.entity), e.err
}

// reenter replaces the entries of a version by those of the next; either may be
// nil.
func (w *writer) reenter(old, next diplomacy.Record, was diplomacy.Entity) error {
	before, err := w.entries(old, was)
	if err != nil {
		return err
	}
	after, err := w.entries(next, nil)
	if err != nil {
		return err
	}
	return w.replace(before, after)
}

// reenterLinks brings the links to an entity up to date that was once so.
func (w *writer) reenterLinks(was diplomacy.Entity) error {
	for _, via := range w.vias(be(nil, was.Base().ID)) {
		r, err := w.record(via)
		if err != nil {
			return err
		}
		if err := w.reenter(r, r, was); err != nil {
			return err
		}
	}
	return nil
}
