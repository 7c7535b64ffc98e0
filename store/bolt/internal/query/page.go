package query

import (
	"fmt"

	"chancery/store"
)

// bounds is a store.Page with decoded cursors.
type bounds struct {
	after, before *position
	limit         int
	last          bool
}

func (id listID) bounds(p store.Page) (b bounds, err error) {
	if p.Limit > store.MaxPage {
		return b, fmt.Errorf("a page of %d; at most %d: %w", p.Limit, store.MaxPage, store.ErrLimit)
	}
	b = bounds{limit: max(p.Limit, 0), last: p.Last}
	if b.after, err = id.decode(p.After); err == nil {
		b.before, err = id.decode(p.Before)
	}
	return b, err
}

// page calls take for each element of a page, for the last page in reverse order. It looks
// one element beyond each end to set the flags.
func (w *walk) page(b bounds, take func(*scan)) store.Flags {
	begin, end := b.after, b.before
	if b.last {
		begin, end = end, begin
	}
	more, n := false, 0
	for s := range w.elements(begin, false, b.last) {
		if n == b.limit || end != nil && !w.before(s.position().compare(*end), true, w.descending != b.last) {
			more = true
			break
		}
		take(s)
		n++
	}
	behind := begin != nil && w.err == nil && w.any(begin, !b.last)
	if b.last {
		return store.Flags{Previous: more, Next: behind}
	}
	return store.Flags{Previous: behind, Next: more}
}

// any reports whether there is an element at a position or beyond.
func (w *walk) any(at *position, against bool) bool {
	for range w.elements(at, true, against) {
		return true
	}
	return false
}

// count counts the elements up to store.CountCap.
func (w *walk) count() store.Count {
	n := 0
	for range w.elements(nil, true, false) {
		if n == store.CountCap {
			return store.Count{N: n, Capped: true}
		}
		n++
	}
	return store.Count{N: n}
}
