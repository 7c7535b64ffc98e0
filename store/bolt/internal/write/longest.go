package write

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/overlay"
)

// completeLongest keeps the lengths of the longest spans without restricted records: it
// counts them again where the transaction may have restricted or released one, or added a
// restricted one.
func (w *Writer) completeLongest() error {
	view := *w.now
	view.Hides = true
	if !view.HidesAny() {
		return nil
	}
	again, err := w.restrictedArcs(&view)
	if err != nil {
		return err
	}
	for of, via := range w.tx.Lengthened() {
		if w.tx.Value(layout.Restricted, layout.RestrictedKey(via)) != nil {
			again[string(of)] = true
		} else if err := w.tx.GrowLongestShown(of); err != nil {
			return err
		}
	}
	for of := range again {
		length, err := view.LongestShown([]byte(of))
		if err != nil {
			return err
		}
		if err := w.tx.SetLongestShown([]byte(of), length); err != nil {
			return err
		}
	}
	return nil
}

// restrictedArcs returns the arcs and lists of the records that the transaction touched and
// that are or were restricted, and of the statements that are restricted with them.
func (w *Writer) restrictedArcs(view *overlay.View) (map[string]bool, error) {
	arcs := map[string]bool{}
	for _, id := range append(w.withheld, w.touched...) {
		if !isOrWasRestricted(view, id) {
			continue
		}
		about := []diplomacy.ID{id}
		if id.Kind() == diplomacy.KindSource {
			arcs[string([]byte{byte(diplomacy.KindSource)})] = true
			about = append(w.linkedBy(layout.AppendUint64(nil, id)), w.onceLinkedBy(id)...)
		}
		for _, via := range about {
			if err := addArcs(arcs, view, via); err != nil {
				return nil, err
			}
		}
	}
	return arcs, nil
}

func isOrWasRestricted(r *overlay.View, id diplomacy.ID) bool {
	key := layout.RestrictedKey(id)
	_, was := r.LastUntil(layout.Restricted, key)
	return was || r.Value(layout.Restricted, key) != nil || r.Value(layout.Restricted, layout.WithheldKey(id)) != nil
}

// onceLinkedBy returns the records whose closed links lead to a record.
func (w *Writer) onceLinkedBy(id diplomacy.ID) (ids []diplomacy.ID) {
	prefix := layout.AppendUint64(nil, id)
	c := w.tx.Closed(layout.Links).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		ids = append(ids, layout.LinkVia(k))
	}
	return ids
}

// addArcs adds the arcs of all versions of a statement. Links of other records have no span.
func addArcs(arcs map[string]bool, r *overlay.View, via diplomacy.ID) error {
	if !via.Kind().IsStatement() {
		return nil
	}
	versions, err := r.AllVersions(via)
	for _, version := range versions {
		for end := range diplomacy.LinkEnds(version) {
			arcs[string(layout.ArcKey(nil, end.Of, store.Arc{Kind: version.Kind(), Direction: end.Direction}))] = true
		}
	}
	return err
}
