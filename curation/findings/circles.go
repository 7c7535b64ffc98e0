package findings

import (
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// climbing are the predicates that never lead back to where they began.
var climbing = []diplomacy.Kind{
	diplomacy.Succeeds, diplomacy.PartOf, diplomacy.SubeventOf, diplomacy.FollowsUp, diplomacy.ContainedIn,
}

// maxClimb is the longest circle that is found; maxAbove how many entities are read
// for the circles of a batch.
const (
	maxClimb = 16
	maxAbove = 10_000
)

// arcOf is an entity as the subject of a predicate.
type arcOf struct {
	of        diplomacy.ID
	predicate diplomacy.Kind
}

// edge is a statement that leads up.
type edge struct {
	via, to diplomacy.ID
	span    diplomacy.Span
}

// readAbove reads upwards along the climbing predicates, level by level.
func (b *batch) readAbove() error {
	for _, predicate := range climbing {
		level := map[diplomacy.ID]bool{}
		for _, n := range b.around {
			for _, f := range n.facts {
				if f.Predicate == predicate && f.Rank != "DEPRECATED" {
					at := arcOf{n.id, predicate}
					b.above[at] = append(b.above[at], edge{f.id, f.object, f.Valid.Span()})
					level[f.object] = true
				}
			}
		}
		if err := b.climb(predicate, level); err != nil {
			return err
		}
	}
	return nil
}

// climb reads what is above the entities of a level.
func (b *batch) climb(predicate diplomacy.Kind, level map[diplomacy.ID]bool) error {
	arc := []store.Arc{{Kind: predicate, Direction: store.Out}}
	ranks := store.LinkFilter{Ranks: []diplomacy.Term{"PREFERRED", "NORMAL"}}
	for range maxClimb {
		var next []diplomacy.ID
		for id := range level {
			if _, known := b.above[arcOf{id, predicate}]; !known {
				next = append(next, id)
				b.above[arcOf{id, predicate}] = nil
			}
		}
		if len(next) == 0 || len(b.above) > maxAbove {
			return nil
		}
		slices.Sort(next)
		level = map[diplomacy.ID]bool{}
		var named []diplomacy.ID
		err := b.links(next, arc, ranks, maxEvidence, func(of diplomacy.ID, l store.Link) {
			named = append(named, l.Via, l.Node)
			level[l.Node] = true
			b.above[arcOf{of, predicate}] = append(b.above[arcOf{of, predicate}], edge{via: l.Via, to: l.Node})
		})
		if err != nil {
			return err
		}
		if err := b.load(named...); err != nil {
			return err
		}
		b.dateEdges(predicate, next)
	}
	return nil
}

// dateEdges gives edges the time of their statements, which is not that of a link that
// is dated by an end.
func (b *batch) dateEdges(predicate diplomacy.Kind, of []diplomacy.ID) {
	for _, id := range of {
		edges := b.above[arcOf{id, predicate}]
		for i, e := range edges {
			if s, ok := b.records[e.via].(*diplomacy.Statement); ok {
				edges[i].span = s.Valid.Span()
			}
		}
	}
}

// circles finds for each climbing predicate the shortest way from the entity back to
// itself along statements that may have held at the same time.
func circles(n *neighbourhood) []doubt {
	var doubts []doubt
	for _, predicate := range climbing {
		way := n.wayBack(predicate)
		if len(way) == 0 {
			continue
		}
		owner := n.id
		records, names := []diplomacy.ID{}, []string{n.name(n.id)}
		for _, e := range way {
			records, names = append(records, e.via), append(names, n.name(e.to))
			owner = min(owner, e.to)
		}
		slices.Sort(records)
		d := doubtOf(records, "%s leads in a circle: %s.", diplomacy.RuleOf(predicate).Name, strings.Join(names, " → "))
		doubts = append(doubts, d.ownedBy(owner))
	}
	return doubts
}

// wayBack returns the shortest way from the entity to itself; nil for none.
func (n *neighbourhood) wayBack(predicate diplomacy.Kind) []edge {
	type path struct {
		edges    []edge
		from, to diplomacy.Instant // when all of them may have held
	}
	visited := map[diplomacy.ID]bool{}
	paths := []path{{nil, diplomacy.Past, diplomacy.Future}}
	for range maxClimb {
		var longer []path
		for _, p := range paths {
			at := n.id
			if len(p.edges) > 0 {
				at = p.edges[len(p.edges)-1].to
			}
			for _, e := range n.above[arcOf{at, predicate}] {
				q := path{append(slices.Clip(p.edges), e), max(p.from, e.span.StartMin), min(p.to, e.span.EndMax)}
				switch {
				case q.from >= q.to:
				case e.to == n.id:
					return q.edges
				case !visited[e.to]:
					visited[e.to] = true
					longer = append(longer, q)
				}
			}
		}
		paths = longer
	}
	return nil
}
