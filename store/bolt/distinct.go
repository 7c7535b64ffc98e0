package bolt

import (
	"bytes"
	"iter"
)

// elements is from, or with distinct only the first of each group in the order
// of the list: of the links to one node at one time.
func (w *walk) elements(at *place, inclusive, against bool) iter.Seq[*strand] {
	switch {
	case !w.distinct:
		return w.from(at, inclusive, against)
	case against:
		return w.unpreceded(w.lastOfGroups(at, inclusive))
	default:
		return w.unpreceded(w.firstOfGroups(at, inclusive))
	}
}

// unpreceded leaves out what is preceded.
func (w *walk) unpreceded(elements iter.Seq[*strand]) iter.Seq[*strand] {
	if w.preceded == nil {
		return elements
	}
	return func(yield func(*strand) bool) {
		for s := range elements {
			preceded, err := w.preceded(s)
			if err != nil {
				w.err = err
				return
			}
			if !preceded && !yield(s) {
				return
			}
		}
	}
}

func group(s *strand) []byte { return s.rest[:groupSize] }

// firstOfGroups walks from the beginning of the group in which it departs: if
// its first element lies before the departure, it has none after it.
func (w *walk) firstOfGroups(at *place, inclusive bool) iter.Seq[*strand] {
	return func(yield func(*strand) bool) {
		var seen []byte
		for s := range w.from(w.groupOf(at), true, false) {
			if bytes.Equal(group(s), seen) {
				continue
			}
			seen = group(s)
			if at != nil && w.left(s.place().compare(*at), inclusive, w.descending) {
				continue
			}
			if !yield(s) {
				return
			}
		}
	}
}

// groupOf is the place before all others of a place's group.
func (w *walk) groupOf(at *place) *place {
	if at == nil {
		return nil
	}
	begin := place{rest: append(bytes.Clone(at.rest[:groupSize]), make([]byte, placeSize-groupSize)...)}
	if w.descending {
		for i := groupSize; i < placeSize; i++ {
			begin.rest[i] = 0xff
		}
		begin.direction = 0xff
	}
	return &begin
}

// lastOfGroups walks against the order, where the first of a batch is the last
// to be met.
func (w *walk) lastOfGroups(at *place, inclusive bool) iter.Seq[*strand] {
	return func(yield func(*strand) bool) {
		var last strand
		for s := range w.from(at, inclusive, true) {
			if last.rest != nil && !bytes.Equal(group(&last), group(s)) && !yield(&last) {
				return
			}
			last = *s
		}
		if w.err == nil && last.rest != nil {
			yield(&last)
		}
	}
}
