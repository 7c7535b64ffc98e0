package write

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// dependencies looks up the records on which the entries of another depend.
type dependencies struct {
	*mvcc.Reader
	instead   diplomacy.Record // a version to use in place of the current one; may be nil
	retracted map[diplomacy.ID]diplomacy.Record
	err       error // of the last look-up that failed
}

func (d *dependencies) find(id diplomacy.ID) diplomacy.Record {
	if d.instead != nil && d.instead.Header().ID == id {
		return d.instead
	}
	r, err := d.Record(id)
	if err != nil {
		d.err = err
	}
	if r == nil {
		return d.retracted[id]
	}
	return r
}

// entries returns the entries of a version, none for nil, given the current records and
// for one of them an earlier version, which may be nil.
func (w *Writer) entries(r, instead diplomacy.Record) ([]layout.Entry, error) {
	if r == nil {
		return nil, nil
	}
	d := dependencies{Reader: &w.now.Reader, instead: instead, retracted: w.retracted}
	return layout.EntriesOf(r, d.find), d.err
}

// reindex replaces the entries of a version by those of the next; either may be nil. Was is
// the earlier version of a record on which the old entries depend, nil for none.
func (w *Writer) reindex(old, next, was diplomacy.Record) error {
	before, err := w.entries(old, was)
	if err != nil {
		return err
	}
	after, err := w.entries(next, nil)
	if err != nil {
		return err
	}
	return w.update.Replace(before, after)
}

// reindexLinks updates the entries of records that link to one, given its earlier version.
func (w *Writer) reindexLinks(was diplomacy.Record) error {
	for _, via := range w.dependents(was.Header().ID) {
		if err := w.tx.Meter.Err(); err != nil {
			return err
		}
		w.tx.Meter.Work(mvcc.WriteWork)
		r, err := w.now.Record(via)
		if err != nil {
			return err
		}
		if err := w.reindex(r, r, was); err != nil {
			return err
		}
	}
	return nil
}

// dependents returns the records that link to one; of a source also the evidence about
// statements that do, which is restricted with it.
func (w *Writer) dependents(on diplomacy.ID) []diplomacy.ID {
	ids := w.linkedBy(layout.AppendUint64(nil, on))
	if on.Kind() != diplomacy.KindSource {
		return ids
	}
	for _, id := range slices.Clone(ids) {
		if id.Kind().IsStatement() {
			ids = append(ids, w.linkedBy(layout.ArcKey(nil, id, evidenceAbout))...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
