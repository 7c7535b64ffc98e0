package query

import (
	"bytes"
	"iter"

	"chancery/store/bolt/internal/layout"
)

// elements is from or, with distinct, the first of each group in the order of the list. A
// group has the links to one node with one start.
func (w *walk) elements(at *position, inclusive, against bool) iter.Seq[*scan] {
	switch {
	case !w.distinct:
		return w.from(at, inclusive, against)
	case against:
		return w.withoutRepeated(w.lastOfGroups(at, inclusive))
	default:
		return w.withoutRepeated(w.firstOfGroups(at, inclusive))
	}
}

// withoutRepeated leaves out elements that repeated reports.
func (w *walk) withoutRepeated(elements iter.Seq[*scan]) iter.Seq[*scan] {
	if w.repeated == nil {
		return elements
	}
	return func(yield func(*scan) bool) {
		for s := range elements {
			repeated, err := w.repeated(s)
			if err != nil {
				w.err = err
				return
			}
			if !repeated && !yield(s) {
				return
			}
		}
	}
}

func group(s *scan) []byte { return s.Rest[:layout.StartNodeSize] }

// firstOfGroups starts at the beginning of the group of a position: if the first element
// of that group lies before the position, none of the group is yielded.
func (w *walk) firstOfGroups(at *position, inclusive bool) iter.Seq[*scan] {
	return func(yield func(*scan) bool) {
		var seen []byte
		for s := range w.from(w.groupOf(at), true, false) {
			if bytes.Equal(group(s), seen) {
				continue
			}
			seen = group(s)
			if at != nil && w.before(s.position().compare(*at), inclusive, w.descending) {
				continue
			}
			if !yield(s) {
				return
			}
		}
	}
}

// groupOf returns the position before all elements of a position's group.
func (w *walk) groupOf(at *position) *position {
	if at == nil {
		return nil
	}
	begin := position{rest: append(bytes.Clone(at.rest[:layout.StartNodeSize]), make([]byte, layout.PositionSize-layout.StartNodeSize)...)}
	if w.descending {
		for i := layout.StartNodeSize; i < layout.PositionSize; i++ {
			begin.rest[i] = 0xff
		}
		begin.direction = 0xff
	}
	return &begin
}

// lastOfGroups walks against the order of the list, in which the first element of a group
// comes last.
func (w *walk) lastOfGroups(at *position, inclusive bool) iter.Seq[*scan] {
	return func(yield func(*scan) bool) {
		var last scan
		for s := range w.from(at, inclusive, true) {
			if last.Rest != nil && !bytes.Equal(group(&last), group(s)) && !yield(&last) {
				return
			}
			last = *s
		}
		if w.err == nil && last.Rest != nil {
			yield(&last)
		}
	}
}
