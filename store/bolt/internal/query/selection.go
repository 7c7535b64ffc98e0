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

// add adds an element, and copies its position if it is kept.
func (s *selection) add(p position) {
	begin, end := s.after, s.before
	if s.last {
		begin, end = end, begin
	}
	switch {
	case begin != nil && s.compare(p, *begin) <= 0:
		s.behind = true
		return
	case end != nil && s.compare(p, *end) >= 0:
		s.more = true
		return
	}
	i, found := slices.BinarySearchFunc(s.kept, p, s.compare)
	if found {
		return
	}
	if len(s.kept) == s.limit {
		s.more = true
		if i == s.limit {
			return
		}
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
