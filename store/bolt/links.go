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
	w := &walk{ctx: ctx, descending: q.Descending, distinct: q.Distinct, passes: filter.passes}
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
	for i, id := range q.Of {
		w.of(id)
		page := &pages[i]
		page.Flags = w.page(b, func(s *strand) { page.Links = append(page.Links, s.link(stamp)) })
		if w.err != nil {
			return nil, w.err
		}
		if q.Page.Last {
			slices.Reverse(page.Links)
		}
	}
	return pages, nil
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

// link reads where a strand stands.
func (s *strand) link(stamp stamp) store.Link {
	node := number[diplomacy.ID](s.rest[8:])
	return store.Link{
		Via: number[diplomacy.ID](s.rest[16:]), Arc: s.arc, Node: node,
		Span: s.facts.span(), Role: s.facts.role(s.arc.Kind), Rank: s.facts.rank(),
		Facets: s.facts.facets(node.Kind()), Cursor: stamp.cursor(s.place()),
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
