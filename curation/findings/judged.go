package findings

import (
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// pair is two records.
type pair struct{ a, b diplomacy.ID }

func pairOf(a, b diplomacy.ID) pair { return pair{min(a, b), max(a, b)} }

// telling are the predicates whose statements tell two events apart.
var telling = []diplomacy.Kind{diplomacy.SubeventOf, diplomacy.OnMarginsOf, diplomacy.FollowsUp, diplomacy.ResultedIn}

// readJudgements reads which of the entities that may be the same were judged, or are
// told apart by a statement.
func (b *batch) readJudgements() error {
	asked := map[diplomacy.ID]bool{}
	arcs := []store.Arc{{Kind: diplomacy.KindJudgement, Direction: store.Out}}
	for _, predicate := range telling {
		arcs = append(arcs, store.Arc{Kind: predicate, Direction: store.Out})
	}
	for id, twins := range b.twins {
		asked[id] = true
		for _, twin := range twins {
			asked[twin] = true
		}
	}
	for _, n := range b.around {
		for _, p := range n.sameNames() {
			asked[p.a], asked[p.b] = true, true
		}
	}
	return b.links(slices.Sorted(maps.Keys(asked)), arcs, store.LinkFilter{}, maxLinks, func(of diplomacy.ID, l store.Link) {
		b.judged[pairOf(of, l.Node)] = true
	})
}
