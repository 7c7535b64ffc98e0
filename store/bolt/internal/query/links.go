package query

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
	"chancery/store/bolt/internal/overlay"
)

// linkWalk is the walk of a query, which moves from one entity to the next.
type linkWalk struct {
	walk
	view     *overlay.View
	resolver *overlay.Resolver // may be nil
	arcs     int               // scans for each entity: one per arc and half of the table
	allScans []scan            // kept for reuse; the walk's are the first of these
	list     listID
	filter   linkFilter
}

func (r *reader) linkWalk(ctx context.Context, q store.LinkQuery) (*linkWalk, error) {
	arcs := slices.Clone(q.Along)
	slices.SortFunc(arcs, func(a, b store.Arc) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Direction, b.Direction))
	})
	arcs = slices.Compact(arcs)
	w := &linkWalk{view: &r.View, resolver: r.Resolver()}
	var err error
	if w.filter, err = newLinkFilter(q.Where, w.resolver); err != nil {
		return nil, err
	}
	w.walk = walk{ctx: ctx, meter: r.Meter, descending: q.Descending, distinct: q.Distinct, passes: w.filter.passes, ceiling: ceilingOf(q.Where.Times)}
	list := []byte("links ascending")
	if q.Descending {
		list = []byte("links descending")
	}
	var both [2]mvcc.Cursor
	for _, arc := range arcs {
		for _, c := range r.Cursors(both[:0], layout.Links, layout.ArcKey(nil, 0, arc), arc) {
			w.allScans = append(w.allScans, scan{Cursor: c, test: w.filter.arcTest(arc.Kind)})
		}
		list = append(list, byte(arc.Kind), byte(arc.Direction))
	}
	w.arcs, w.list = len(w.allScans), newListID(list)
	return w, nil
}

// moveTo moves the scans to the links of an entity and of those merged with it.
func (w *linkWalk) moveTo(of []diplomacy.ID) (err error) {
	if w.resolver != nil {
		if of, err = w.resolver.Members(of[0]); err != nil {
			return err
		}
		w.resolver.Owners = of
		if w.distinct && w.resolver.Merges {
			w.repeated = (&mergedNodes{w, map[nodeAtStart]diplomacy.ID{}}).repeated
		}
	}
	for i := w.arcs; i < w.arcs*len(of); i++ {
		if i == len(w.allScans) {
			w.allScans = append(w.allScans, w.allScans[i-w.arcs].another(&w.view.Reader))
		}
	}
	w.scans = w.allScans[:w.arcs*len(of)]
	for i := range w.scans {
		s := &w.scans[i]
		s.SetID(0, of[i/w.arcs])
		if s.gap, err = gapOf(w.view, s.Prefix, w.filter.Times, s.test.lasting); err != nil {
			return err
		}
	}
	w.hidden = nil
	if w.mayHide() {
		w.hidden = func(s *scan) (bool, error) { return w.resolver.LinkHidden(s.Via()) }
	}
	return nil
}

// mayHide reports whether the view may hide links of the walk. At present the counters tell.
func (w *linkWalk) mayHide() bool {
	if w.resolver == nil || !w.resolver.Hides {
		return false
	}
	hides := func(s scan) bool { return w.view.Counter(layout.RestrictedArc(s.Prefix)) > 0 }
	return w.resolver.Past || slices.ContainsFunc(w.scans, hides)
}

func (r *reader) links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	w, err := r.linkWalk(ctx, q)
	if err != nil {
		return nil, err
	}
	b, err := w.list.linkBounds(q.Page)
	if err != nil {
		return nil, err
	}
	pages := make([]store.LinkPage, len(q.Of))
	c := collector{found: make([]store.Link, 0, min(b.limit, 64))}
	for i := range q.Of {
		if err := w.moveTo(q.Of[i : i+1]); err != nil {
			return nil, err
		}
		pages[i].Flags = w.page(b, func(s *scan) { c.take(s, w.link(s), w.list) })
		if w.err != nil {
			return nil, w.err
		}
		pages[i].Links = c.links(q.Page.Last)
	}
	return pages, nil
}

// link returns the link of a scan as the view shows it.
func (w *linkWalk) link(s *scan) store.Link {
	link := s.link()
	if w.resolver != nil {
		w.err = w.resolver.Show(&link, &s.Cursor)
	}
	return link
}

// collector collects the links of one page after another in the same memory, and returns
// copies of the right size.
type collector struct {
	found   []store.Link
	cursors []byte
}

const cursorSize = layout.PositionSize + cursorTail

func (c *collector) take(s *scan, link store.Link, list listID) {
	c.found = append(c.found, link)
	c.cursors = list.append(c.cursors, s.position())
}

// links returns the links taken since the last call, reversed if asked.
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

// linkBounds also rejects cursors that are not the position of a link.
func (id listID) linkBounds(p store.Page) (bounds, error) {
	b, err := id.bounds(p)
	for _, at := range []*position{b.after, b.before} {
		if at != nil && len(at.rest) != layout.PositionSize {
			err = store.ErrCursor
		}
	}
	return b, err
}

// link returns the link of a scan as it is stored, without a cursor.
func (s *scan) link() store.Link {
	node := s.Node()
	return store.Link{
		Via: s.Via(), Arc: s.Arc, Node: node,
		Span: s.Facts.Span(), Role: s.Facts.Role(s.Arc.Kind), Rank: s.Facts.Rank(),
		Facets: s.Facts.Facets(node.Kind()),
	}
}

func (r *reader) countLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	w, err := r.linkWalk(ctx, q)
	if err != nil {
		return nil, err
	}
	counted := w.arcs == 1 && !r.Past && !q.Distinct
	withDeprecated := counted && w.filter.none(q.Along[0].Kind)
	counted = withDeprecated || counted && w.filter.onlyDeprecatedFail() && r.CountsDeprecated()
	counts := make([]store.Count, len(q.Of))
	for i := range q.Of {
		if err := w.moveTo(q.Of[i : i+1]); err != nil {
			return nil, err
		}
		if counted && w.allShown() {
			counts[i].N, w.err = w.shown(r, withDeprecated)
		} else if w.err == nil {
			counts[i] = w.count()
		}
		if w.err != nil {
			return nil, w.err
		}
	}
	return counts, nil
}

// shown returns how many links of a walk along one arc are shown, from counters.
func (w *linkWalk) shown(r *reader, withDeprecated bool) (n int, err error) {
	for i := range w.scans {
		more, err := r.shownAlong(w.scans[i].Prefix, withDeprecated)
		if err != nil {
			return 0, err
		}
		n += more
	}
	return n, nil
}

// allShown reports whether no link of a walk along one arc can be merged with another, so
// that the counters of its scans count what is shown.
func (w *linkWalk) allShown() bool {
	if w.resolver == nil || !w.resolver.Merges || len(w.scans) == 0 {
		return true
	}
	switch kind := w.scans[0].Arc.Kind; kind {
	case diplomacy.KindEvidence:
		return true
	case diplomacy.KindJudgement:
		return len(w.scans) == 1
	default:
		rule := diplomacy.RuleOf(kind)
		if rule == nil {
			return true
		}
		var merged bool
		merged, w.err = w.resolver.MayNameMerged(rule)
		return w.err == nil && !merged
	}
}

// shownAlong returns the count of links along an arc that are not hidden, with or without
// the deprecated ones.
func (r *reader) shownAlong(arc []byte, withDeprecated bool) (n int, err error) {
	n = r.Counter(arc)
	hidden, deprecated := 0, 0
	if r.Hides {
		hidden = r.Counter(layout.RestrictedArc(arc))
	}
	if !withDeprecated {
		deprecated = r.Counter(layout.DeprecatedArc(arc))
	}
	n -= hidden + deprecated
	if hidden > 0 && deprecated > 0 {
		both, err := r.hiddenDeprecated(arc)
		return n + both, err
	}
	return n, nil
}

// hiddenDeprecated counts the links along an arc that are both hidden and deprecated, of
// which there is no counter. To count all links instead would tell by its cost that some
// are hidden.
func (r *reader) hiddenDeprecated(arc []byte) (n int, err error) {
	prefix := layout.RestrictedArc(arc)
	c := r.Current(layout.Restricted).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		record, err := r.Peek(layout.ID(k[len(prefix):]))
		if err != nil {
			return 0, err
		}
		if s, ok := record.(*diplomacy.Statement); ok && s.Rank == "DEPRECATED" {
			n++
		}
	}
	return n, nil
}
