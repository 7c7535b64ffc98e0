package model

import (
	"chancery/diplomacy"
	"chancery/store"
)

// Relation is a field of the schema that leads from a record to others.
type Relation struct {
	name string // its key in the table
	// Paths are followed side by side and their ends joined into one list.
	Paths []Path
	// Distinct shows each thing once of those at the same time; without it each
	// link is shown.
	Distinct bool
	// Once shows each thing once, whatever the time. Such a relation is fetched
	// whole (up to store.MaxPage links a path) and paged afterwards: it is for
	// lists that stay short.
	Once bool
}

// Path is a chain of hops; what the last one finds is the answer.
type Path []Hop

// Hop follows arcs from where the path stands, and keeps what passes.
type Hop struct {
	Along []store.Arc
	Kinds []diplomacy.Kind
	Terms []diplomacy.Term // of the main facet
}

func (h Hop) filter() store.LinkFilter {
	filter := store.LinkFilter{Kinds: h.Kinds}
	if h.Terms != nil {
		filter.Facets = []store.FacetTest{{Facet: diplomacy.FacetKind, Terms: h.Terms}}
	}
	return filter
}

// direct reports whether the relation is one hop, which the store pages alone.
func (r *Relation) direct() bool { return !r.Once && len(r.Paths) == 1 && len(r.Paths[0]) == 1 }

// rule is the vocabulary's row of the predicate at the end of the paths.
func (r *Relation) rule() *diplomacy.Rule {
	path := r.Paths[0]
	return diplomacy.RuleOf(path[len(path)-1].Along[0].Kind)
}

// The words in which the table below is written.

func out(k diplomacy.Kind) Hop { return along(k, store.Out) }
func in(k diplomacy.Kind) Hop  { return along(k, store.In) }

func along(k diplomacy.Kind, directions ...store.Direction) Hop {
	var hop Hop
	for _, d := range directions {
		hop.Along = append(hop.Along, store.Arc{Kind: k, Direction: d})
	}
	return hop
}

func (h Hop) to(kinds ...diplomacy.Kind) Hop {
	h.Kinds = kinds
	return h
}

func (h Hop) like(terms ...diplomacy.Term) Hop {
	h.Terms = terms
	return h
}

func hop(h Hop) *Relation        { return &Relation{Paths: []Path{{h}}} }
func each(h Hop) *Relation       { return &Relation{Paths: []Path{{h}}, Distinct: true} }
func paths(ps ...Path) *Relation { return &Relation{Paths: ps} }
func once(ps ...Path) *Relation  { return &Relation{Paths: ps, Once: true} }
