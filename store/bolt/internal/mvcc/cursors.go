package mvcc

import (
	"bytes"
	"iter"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
)

// Cursors appends cursors over the visible entries that have a prefix: one over the
// current entries and, if the past is read, one over the closed ones. Arc belongs to
// the prefix in the table of links.
func (r *Reader) Cursors(to []Cursor, t layout.Table, prefix []byte, arc store.Arc) []Cursor {
	c := Cursor{cursor: r.Current(t).Cursor(), known: r.Known, Prefix: prefix, Arc: arc}
	to = append(to, c)
	if r.Past {
		c.cursor, c.closed, c.Prefix = r.Closed(t).Cursor(), true, slices.Clone(prefix)
		to = append(to, c)
	}
	return to
}

// Copy returns a cursor over the same entries, which moves independently.
func (r *Reader) Copy(s *Cursor, t layout.Table) Cursor {
	other := *s
	other.Prefix, other.Rest = slices.Clone(s.Prefix), nil
	if other.cursor = r.Bucket(t).Cursor(); s.closed {
		other.cursor = r.Closed(t).Cursor()
	}
	return other
}

// Among iterates over the links at a start that lead to one of some nodes, in ascending
// order. It leaps from one node to the next, and yields the cursor itself.
func (s *Cursor) Among(start []byte, nodes []diplomacy.ID) iter.Seq[*Cursor] {
	return func(yield func(*Cursor) bool) {
		s.Seek(layout.AppendUint64(bytes.Clone(start), nodes[0]), false)
		for bytes.HasPrefix(s.Rest, start) && s.Rest != nil {
			i, found := slices.BinarySearch(nodes, s.Node())
			switch {
			case found:
				if !yield(s) {
					return
				}
				s.Step(false)
			case i == len(nodes):
				return
			default:
				s.Seek(layout.AppendUint64(bytes.Clone(start), nodes[i]), false)
			}
		}
	}
}
