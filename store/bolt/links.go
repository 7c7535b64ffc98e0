package bolt

import (
	"cmp"
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// linkWalk makes the walk of a query; of then leads it to an entity.
func (r *reader) linkWalk(ctx context.Context, q store.LinkQuery) (*walk, stamp) {
	arcs := slices.Clone(q.Along)
	slices.SortFunc(arcs, func(a, b store.Arc) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Direction, b.Direction))
	})
	arcs = slices.Compact(arcs)
	filter := newLinkFilter(q.Where)
	w := &walk{ctx: ctx, descending: q.Descending, distinct: q.Distinct, passes: filter.passes, ceiling: ceilingOf(q.Where.Times)}
	list := []byte("links ascending")
	if q.Descending {
		list = []byte("links descending")
	}
	for _, arc := range arcs {
		w.strands = r.strands(w.strands, links, strand{prefix: arcKey(nil, 0, arc), arc: arc, test: filter.arcTest(arc.Kind)})
		list = append(list, byte(arc.Kind), byte(arc.Direction))
	}
	return w, newStamp(list)
}

// strands adds the strand over current entries and, if the past is read, that
// over the closed ones.
func (r *reader) strands(to []strand, t table, s strand) []strand {
	s.known = r.known
	s.cursor = r.current(t).Cursor()
	to = append(to, s)
	if r.past {
		s.closed = true
		s.cursor = r.closed(t).Cursor()
		to = append(to, s)
	}
	return to
}

// of leads all strands to the links of an entity.
func (w *walk) of(id diplomacy.ID) {
	for i := range w.strands {
		be(w.strands[i].prefix[:0], id)
	}
}

func (r *reader) links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	w, stamp := r.linkWalk(ctx, q)
	b, err := stamp.linkBounds(q.Page)
	if err != nil {
		return nil, err
	}
	pages := make([]store.LinkPage, len(q.Of))
	c := collector{found: make([]store.Link, 0, min(b.limit, 64))}
	for i, id := range q.Of {
		w.of(id)
		pages[i].Flags = w.page(b, func(s *strand) { c.take(s, stamp) })
		if w.err != nil {
			return nil, w.err
		}
		pages[i].Links = c.links(q.Page.Last)
	}
	return pages, nil
}

// collector gathers the links of one page after another in the same memory, and
// hands them out in as much as they need.
type collector struct {
	found   []store.Link
	cursors []byte
}

const cursorSize = placeSize + cursorTail

func (c *collector) take(s *strand, stamp stamp) {
	c.found = append(c.found, s.link())
	c.cursors = stamp.append(c.cursors, s.place())
}

// links are those taken since the last call, perhaps turned round.
func (c *collector) links(reverse bool) []store.Link {
	links, cursors := slices.Clone(c.found), store.Cursor(c.cursors)
	for i := range links {
		links[i].Cursor = cursors[i*cursorSize : (i+1)*cursorSize]
	}
	if reverse {
		slices.Reverse(links)
	}
	c.found, c.cursors = c.found[:0], c.cursors[:0]
	return links
}

// linkBounds also refuses what is too short to be a link's place.
func (s stamp) linkBounds(p store.Page) (bounds, error) {
	b, err := s.bounds(p)
	for _, at := range []*place{b.after, b.before} {
		if at != nil && len(at.rest) != placeSize {
			err = store.ErrCursor
		}
	}
	return b, err
}

// link reads where a strand stands, but for the cursor.
func (s *strand) link() store.Link {
	node := number[diplomacy.ID](s.rest[8:])
	return store.Link{
		Via: number[diplomacy.ID](s.rest[16:]), Arc: s.arc, Node: node,
		Span: s.facts.span(), Role: s.facts.role(s.arc.Kind), Rank: s.facts.rank(),
		Facets: s.facts.facets(node.Kind()),
	}
}

func (r *reader) countLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	w, _ := r.linkWalk(ctx, q)
	filter := linkFilter{LinkFilter: q.Where}
	counter := len(w.strands) == 1 && !r.past && !q.Distinct && filter.none()
	counts := make([]store.Count, len(q.Of))
	for i, id := range q.Of {
		if w.of(id); counter {
			counts[i].N = r.counter(w.strands[0].prefix)
		} else {
			counts[i] = w.count()
		}
		if w.err != nil {
			return nil, w.err
		}
	}
	return counts, nil
}
