package query

import (
	"bytes"
	"context"
	"iter"

	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// position is the position of an element in a list. The direction distinguishes the rare
// links that are equal in all else.
type position struct {
	rest      []byte
	direction store.Direction
}

// scan is one input of a walk: a cursor, with what the filter requires of its arc.
type scan struct {
	mvcc.Cursor
	test arcTest
	gap  gap
}

// another returns a scan of the same links, which moves independently.
func (s *scan) another(r *mvcc.Reader) scan {
	return scan{Cursor: r.Copy(&s.Cursor, layout.Links), test: s.test}
}

func (s *scan) position() position { return position{s.Rest, s.Arc.Direction} }

func (p position) compare(o position) int {
	if c := bytes.Compare(p.rest, o.rest); c != 0 {
		return c
	}
	return int(p.direction) - int(o.direction)
}

// walk merges scans into one order.
type walk struct {
	ctx        context.Context
	scans      []scan
	descending bool // the order of the list is the reverse of that of the keys
	distinct   bool
	meter      *store.Meter
	// hidden reports elements that the view hides, which are neither shown nor counted;
	// nil if there are none.
	hidden func(*scan) (bool, error)
	passes func(*scan) (bool, error)
	// repeated reports elements that distinct leaves out because of merged nodes; nil if
	// there are none.
	repeated func(*scan) (bool, error)
	ceiling  []byte // nothing from this key on passes; nil if unknown
	steps    int
	err      error // why the walk ended early
}

// from iterates over the elements that pass, from a position or else an end of the list,
// in its order or against it. Each is valid until the next.
func (w *walk) from(at *position, inclusive, against bool) iter.Seq[*scan] {
	back := w.descending != against
	return func(yield func(*scan) bool) {
		for i := range w.scans {
			w.seek(&w.scans[i], at, inclusive, back)
			w.leap(&w.scans[i], back)
		}
		for s := w.next(back); s != nil; s = w.next(back) {
			if w.err == nil {
				w.err = w.interrupted()
			}
			if w.err != nil {
				return
			}
			if w.beyond(s.Rest) && !back {
				return
			}
			passed, err := w.visit(s)
			if w.err = err; err != nil || passed && !yield(s) {
				return
			}
			s.Step(back)
			w.leap(s, back)
		}
	}
}

func (w *walk) interrupted() error {
	w.steps++
	if err := w.meter.Err(); err != nil {
		return err
	}
	return mvcc.Interrupted(w.ctx, w.steps-1)
}

// visit counts an element unless it is hidden, and reports whether it passes.
func (w *walk) visit(s *scan) (bool, error) {
	if w.hidden != nil {
		if hidden, err := w.hidden(s); hidden || err != nil {
			return false, err
		}
	}
	w.meter.Work(mvcc.VisitWork)
	return w.passes(s)
}

func (w *walk) seek(s *scan, at *position, inclusive, back bool) {
	w.meter.Work(mvcc.SeekWork)
	if s.gap.end != nil {
		w.meter.Work(mvcc.SeekWork) // of the leap, even if only what is hidden lies in the gap
	}
	switch {
	case back && w.ceiling != nil && (at == nil || w.beyond(at.rest)):
		s.SeekBelow(w.ceiling)
		return
	case at == nil:
		s.Seek(nil, back)
		return
	}
	s.Seek(at.rest, back)
	for s.Rest != nil && w.before(s.position().compare(*at), inclusive, back) {
		s.Step(back)
	}
}

// beyond reports whether a key is at the ceiling or above.
func (w *walk) beyond(rest []byte) bool {
	return w.ceiling != nil && bytes.Compare(rest, w.ceiling) >= 0
}

// before reports whether an element, compared with the position at which a walk starts,
// lies before it in the direction of the walk.
func (w *walk) before(compared int, inclusive, back bool) bool {
	if back {
		compared = -compared
	}
	return compared < 0 || compared == 0 && !inclusive
}

// next returns the scan whose element is the next in the direction; nil at the end.
func (w *walk) next(back bool) *scan {
	var first *scan
	for i := range w.scans {
		s := &w.scans[i]
		if s.Rest != nil && (first == nil || (s.position().compare(first.position()) < 0) != back) {
			first = s
		}
	}
	return first
}
