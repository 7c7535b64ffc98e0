package bolt

import (
	"slices"

	"chancery/diplomacy"
)

// ends finds the records that the entries of another depend on.
type ends struct {
	*reader
	instead diplomacy.Record // the version to take of this record; may be nil
	dropped map[diplomacy.ID]diplomacy.Record
	err     error // what kept it from finding one
}

func (e *ends) find(id diplomacy.ID) diplomacy.Record {
	if e.instead != nil && e.instead.Header().ID == id {
		return e.instead
	}
	r, err := e.record(id)
	if err != nil {
		e.err = err
	}
	if r == nil {
		return e.dropped[id]
	}
	return r
}

// entries computes those of a version, nil for none, with the ends as they are
// but for one.
func (w *writer) entries(r, instead diplomacy.Record) ([]entry, error) {
	if r == nil {
		return nil, nil
	}
	e := ends{reader: &w.reader, instead: instead, dropped: w.dropped}
	return entriesOf(r, e.find), e.err
}

// reenter replaces the entries of a version by those of the next; either may be
// nil.
func (w *writer) reenter(old, next, was diplomacy.Record) error {
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

// reenterLinks brings up to date what links to a record that was once so.
func (w *writer) reenterLinks(was diplomacy.Record) error {
	for _, via := range w.resting(was.Header().ID) {
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

// resting are the records that link to one; to a source also the evidence about
// statements that do, which is restricted with it.
func (w *writer) resting(on diplomacy.ID) []diplomacy.ID {
	ids := w.vias(be(nil, on))
	if on.Kind() != diplomacy.KindSource {
		return ids
	}
	for _, id := range slices.Clone(ids) {
		if id.Kind().IsStatement() {
			ids = append(ids, w.vias(arcKey(nil, id, aboutIt))...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
