package bolt

import (
	"bytes"
	"context"
	"iter"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// strand walks over the entries of one table that share a prefix and hold in
// one state, in either direction. Several make a walk.
type strand struct {
	cursor *bbolt.Cursor
	closed bool
	known  diplomacy.TxNumber
	prefix []byte
	arc    store.Arc
	test   arcTest
	// rest is the key after the prefix, where the strand stands; nil at its end.
	rest  []byte
	facts facts
}

// seek stands on the first key that is not before rest in the direction, or
// with a nil rest on the first of all.
func (s *strand) seek(rest []byte, back bool) {
	key := append(bytes.Clone(s.prefix), rest...)
	switch {
	case !back:
		s.stand(s.cursor.Seek(key))
	case rest == nil:
		key[len(key)-1]++ // the kinds of prefixes there are never end in 255
		s.stand(before(s.cursor, key))
	default:
		// No rest begins another, so whatever follows this one in a key is of
		// its closed entries.
		s.stand(before(s.cursor, append(key, "\xff\xff\xff\xff\xff\xff\xff\xff\xff"...)))
	}
	s.skip(back)
}

// below stands on the last key that is less than rest.
func (s *strand) below(rest []byte) {
	s.stand(before(s.cursor, append(bytes.Clone(s.prefix), rest...)))
	s.skip(true)
}

// step moves on by one.
func (s *strand) step(back bool) {
	s.move(back)
	s.skip(back)
}

func (s *strand) move(back bool) {
	if back {
		s.stand(s.cursor.Prev())
	} else {
		s.stand(s.cursor.Next())
	}
}

// skip passes over what does not hold in the state.
func (s *strand) skip(back bool) {
	for s.rest != nil && !s.holds() {
		s.move(back)
	}
}

// stand takes in the entry under the cursor.
func (s *strand) stand(key, value []byte) {
	if !bytes.HasPrefix(key, s.prefix) {
		s.rest = nil
		return
	}
	s.rest, s.facts = key[len(s.prefix):], value
}

// holds also takes from the entry what only tells when it holds.
func (s *strand) holds() bool {
	if !s.closed {
		since := number[diplomacy.TxNumber](s.facts)
		s.facts = s.facts[8:]
		return since <= s.known
	}
	cut := len(s.rest) - 8
	since, until := number[diplomacy.TxNumber](s.rest[cut:]), number[diplomacy.TxNumber](s.facts)
	s.rest, s.facts = s.rest[:cut], s.facts[8:]
	return since <= s.known && s.known < until
}

// place is where an element stands in a list. Direction parts the rare links
// that are alike in all else.
type place struct {
	rest      []byte
	direction store.Direction
}

func (s *strand) place() place { return place{s.rest, s.arc.Direction} }

func (p place) compare(o place) int {
	if c := bytes.Compare(p.rest, o.rest); c != 0 {
		return c
	}
	return int(p.direction) - int(o.direction)
}

// walk merges strands into one order.
type walk struct {
	ctx        context.Context
	strands    []strand
	descending bool // the list's order is against that of the keys
	distinct   bool
	passes     func(*strand) (bool, error)
	// preceded reports what distinct leaves out beside what elements can tell
	// from the order; nil for nothing.
	preceded func(*strand) (bool, error)
	ceiling  []byte // no rest from here up passes; nil if that is not known
	steps    int
	err      error // what ended the walk early
}

// from yields what passes, from a place on (or from the end of the list), in
// the order of the list or against it. What it yields stays only until the
// next.
func (w *walk) from(at *place, inclusive, against bool) iter.Seq[*strand] {
	back := w.descending != against
	return func(yield func(*strand) bool) {
		for i := range w.strands {
			w.seek(&w.strands[i], at, inclusive, back)
		}
		for s := w.next(back); s != nil; s = w.next(back) {
			if w.err == nil {
				w.err = interrupted(w.ctx, w.steps)
			}
			if w.err != nil {
				return
			}
			w.steps++
			if w.beyond(s.rest) && !back {
				return
			}
			passed, err := w.passes(s)
			if w.err = err; err != nil || passed && !yield(s) {
				return
			}
			s.step(back)
		}
	}
}

func (w *walk) seek(s *strand, at *place, inclusive, back bool) {
	switch {
	case back && w.ceiling != nil && (at == nil || w.beyond(at.rest)):
		s.below(w.ceiling)
		return
	case at == nil:
		s.seek(nil, back)
		return
	}
	s.seek(at.rest, back)
	for s.rest != nil && w.left(s.place().compare(*at), inclusive, back) {
		s.step(back)
	}
}

func (w *walk) beyond(rest []byte) bool {
	return w.ceiling != nil && bytes.Compare(rest, w.ceiling) >= 0
}

// left reports whether what compares so with the place of departure is not yet
// beyond it.
func (w *walk) left(compared int, inclusive, back bool) bool {
	if back {
		compared = -compared
	}
	return compared < 0 || compared == 0 && !inclusive
}

// next is the strand that stands first in the direction; nil at the end.
func (w *walk) next(back bool) *strand {
	var first *strand
	for i := range w.strands {
		s := &w.strands[i]
		if s.rest != nil && (first == nil || (s.place().compare(first.place()) < 0) != back) {
			first = s
		}
	}
	return first
}
