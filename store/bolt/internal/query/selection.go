package query

import (
	"bytes"
	"slices"

	"chancery/store"
)

// selection keeps the elements of a page out of those of a list, which come in any order
// and perhaps repeatedly. It takes memory for one page.
type selection struct {
	bounds
	back         bool       // the elements are taken against the order of keys
	kept         []position // in the order in which they are taken
	more, behind bool       // there are elements beyond the page, or before its beginning
}

// compare compares positions in the order in which elements are taken.
func (s *selection) compare(p, o position) int {
	if s.back {
		return o.compare(p)
	}
	return p.compare(o)
}

// ends returns where the page begins and ends at the latest, in the order in which elements
// are taken.
func (s *selection) ends() (begin, end *position) {
	if s.last {
		return s.before, s.after
	}
	return s.after, s.before
}

// needless reports whether it changes nothing to add an element, be it one of the list or
// not. It tells most elements of a long list, so that they need no further test.
func (s *selection) needless(p position) bool {
	if begin, _ := s.ends(); begin != nil && s.compare(p, *begin) <= 0 {
		return s.behind
	}
	return s.more && s.full() && s.beyond(p)
}

func (s *selection) full() bool { return len(s.kept) == s.limit }

// beyond reports whether an element comes after those that are kept.
func (s *selection) beyond(p position) bool {
	return len(s.kept) == 0 || s.compare(p, s.kept[len(s.kept)-1]) > 0
}

// add adds an element, and copies its position if it is kept.
func (s *selection) add(p position) {
	begin, end := s.ends()
	switch {
	case begin != nil && s.compare(p, *begin) <= 0:
		s.behind = true
		return
	case end != nil && s.compare(p, *end) >= 0, s.full() && s.beyond(p):
		s.more = true
		return
	}
	i, found := slices.BinarySearchFunc(s.kept, p, s.compare)
	if found {
		return
	}
	if s.full() {
		s.more = true
		s.kept = s.kept[:s.limit-1]
	}
	s.kept = slices.Insert(s.kept, i, position{bytes.Clone(p.rest), p.direction})
}

func (s *selection) flags() store.Flags {
	if s.last {
		return store.Flags{Previous: s.more, Next: s.behind}
	}
	return store.Flags{Previous: s.behind, Next: s.more}
}
