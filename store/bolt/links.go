package bolt

import (
	"cmp"
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// linkWalk is the walk of a query, to be led to one entity after the other.
type linkWalk struct {
	walk
	reader *reader
	lens   *lens
	arcs   int      // as many strands, times the halves of the table, for each entity
	all    []strand // strands are the first of these
	stamp  stamp
	filter linkFilter
}

func (r *reader) linkWalk(ctx context.Context, q store.LinkQuery) (*linkWalk, error) {
	arcs := slices.Clone(q.Along)
	slices.SortFunc(arcs, func(a, b store.Arc) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Direction, b.Direction))
	})
	arcs = slices.Compact(arcs)
	w := &linkWalk{reader: r, lens: r.lens()}
	var err error
	if w.filter, err = newLinkFilter(q.Where, w.lens); err != nil {
		return nil, err
	}
	w.walk = walk{ctx: ctx, descending: q.Descending, distinct: q.Distinct, passes: w.filter.passes, ceiling: ceilingOf(q.Where.Times)}
	list := []byte("links ascending")
	if q.Descending {
		list = []byte("links descending")
	}
	for _, arc := range arcs {
		w.all = r.strands(w.all, links, strand{prefix: arcKey(nil, 0, arc), arc: arc, test: w.filter.arcTest(arc.Kind)})
		list = append(list, byte(arc.Kind), byte(arc.Direction))
	}
	w.arcs, w.stamp = len(w.all), newStamp(list)
	return w, nil
}

// strands adds the strand over current entries and, if the past is read, that
// over the closed ones.
func (r *reader) strands(to []strand, t table, s strand) []strand {
	s.known = r.known
	s.cursor = r.current(t).Cursor()
	to = append(to, s)
	if r.past {
		s.closed, s.prefix = true, slices.Clone(s.prefix)
		s.cursor = r.closed(t).Cursor()
		to = append(to, s)
	}
	return to
}

// another is a strand over the same, to walk elsewhere at the same time.
func (r *reader) another(s *strand, t table) strand {
	other := *s
	other.prefix, other.rest = slices.Clone(s.prefix), nil
	if other.cursor = r.bucket(t).Cursor(); s.closed {
		other.cursor = r.closed(t).Cursor()
	}
	return other
}

// lead leads the strands to the links of an entity, or of the group it is one
// with.
func (w *linkWalk) lead(of []diplomacy.ID) (err error) {
	if w.lens != nil {
		if of, err = w.lens.asked(of[0]); err != nil {
			return err
		}
		w.lens.of = of
		if w.distinct && w.lens.joins {
			w.preceded = (&repeats{w, map[repeat]diplomacy.ID{}}).preceded
		}
	}
	for i := w.arcs; i < w.arcs*len(of); i++ {
		if i == len(w.all) {
			w.all = append(w.all, w.reader.another(&w.all[i-w.arcs], links))
		}
	}
	w.strands = w.all[:w.arcs*len(of)]
	for i := range w.strands {
		be(w.strands[i].prefix[:0], of[i/w.arcs])
	}
	return nil
}

func (r *reader) links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	w, err := r.linkWalk(ctx, q)
	if err != nil {
		return nil, err
	}
	b, err := w.stamp.linkBounds(q.Page)
	if err != nil {
		return nil, err
	}
	pages := make([]store.LinkPage, len(q.Of))
	c := collector{found: make([]store.Link, 0, min(b.limit, 64))}
	for i := range q.Of {
		if err := w.lead(q.Of[i : i+1]); err != nil {
			return nil, err
		}
		pages[i].Flags = w.page(b, func(s *strand) { c.take(s, w.link(s), w.stamp) })
		if w.err != nil {
			return nil, w.err
		}
		pages[i].Links = c.links(q.Page.Last)
	}
	return pages, nil
}

// link is the one under a strand, as it is shown.
func (w *linkWalk) link(s *strand) store.Link {
	link := s.link()
	if w.lens != nil {
		w.err = w.lens.show(&link, s)
	}
	return link
}

// collector gathers the links of one page after another in the same memory, and
// hands them out in as much as they need.
type collector struct {
	found   []store.Link
	cursors []byte
}

const cursorSize = placeSize + cursorTail

func (c *collector) take(s *strand, link store.Link, stamp stamp) {
	c.found = append(c.found, link)
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

// link reads where a strand stands, but for the cursor, as it was stored.
func (s *strand) link() store.Link {
	node := number[diplomacy.ID](s.rest[8:])
	return store.Link{
		Via: number[diplomacy.ID](s.rest[16:]), Arc: s.arc, Node: node,
		Span: s.facts.span(), Role: s.facts.role(s.arc.Kind), Rank: s.facts.rank(),
		Facets: s.facts.facets(node.Kind()),
	}
}

func (r *reader) countLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	w, err := r.linkWalk(ctx, q)
	if err != nil {
		return nil, err
	}
	counter := w.arcs == 1 && !r.past && !q.Distinct && w.filter.none()
	counts := make([]store.Count, len(q.Of))
	for i := range q.Of {
		if err := w.lead(q.Of[i : i+1]); err != nil {
			return nil, err
		}
		if counter && w.allShown() {
			for j := range w.strands {
				counts[i].N += r.shownAlong(w.strands[j].prefix)
			}
		} else {
			counts[i] = w.count()
		}
		if w.err != nil {
			return nil, w.err
		}
	}
	return counts, nil
}

// allShown reports whether no link of a walk along one arc can be one with
// another, so that the counters of its strands tell how many are shown.
func (w *linkWalk) allShown() bool {
	if w.lens == nil || !w.lens.joins || len(w.strands) == 0 {
		return true
	}
	switch kind := w.strands[0].arc.Kind; kind {
	case diplomacy.KindEvidence:
		return true
	case diplomacy.KindJudgement:
		return len(w.strands) == 1
	default:
		rule := diplomacy.RuleOf(kind)
		return rule == nil || !w.lens.joinedIn(rule)
	}
}

// shownAlong is how many links there are along an arc that are not hidden.
func (r *reader) shownAlong(arc []byte) int {
	n := r.counter(arc)
	if r.hides {
		n -= r.counter(append([]byte{byArc}, arc...))
	}
	return n
}
