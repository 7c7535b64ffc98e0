// Package relations is the table of the relations of the API: for each field
// that leads from a record to other records, which links of the store it
// follows. Package fetch reads it to answer the fields, the generator to write
// their resolvers.
package relations

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Relation defines a field of the schema that leads from a record to others.
type Relation struct {
	// Name is the relation's key in Table, "Type.field".
	Name        string
	Description string // in the schema
	// Paths are followed side by side; their results are merged into one list.
	Paths []Path
	// Distinct lists each node once among links with the same start; without it
	// each link is listed.
	Distinct bool
	// Unique lists each node once, whatever the time of its links. All links of
	// such a relation are fetched, up to store.MaxPage for each path, and paged in
	// memory: it is for lists that stay short.
	Unique bool
	// Statements makes the statements the nodes of the connection.
	Statements bool
	// Portfolio are the kinds of office that paths pass by default; the argument
	// portfolio replaces them. A relation without it has no such argument.
	Portfolio []diplomacy.Term
	// Single answers with the first node instead of a connection.
	Single bool
	// Ascending makes the oldest links the first by default.
	Ascending bool
	Cost      int // of the field, as @cost has it; 0 for the default
}

// Direct reports whether the relation is a single hop, whose pages are those of
// the store.
func (r *Relation) Direct() bool { return !r.Unique && len(r.Paths) == 1 && len(r.Paths[0]) == 1 }

// Rule returns the vocabulary's row of the predicate at the end of the paths;
// nil where that is evidence.
func (r *Relation) Rule() *diplomacy.Rule { return diplomacy.RuleOf(r.Paths[0].Last().Along[0].Kind) }

// NodeKinds returns the kinds of the records to which the relation leads; nil for all.
func (r *Relation) NodeKinds() []diplomacy.Kind {
	var kinds []diplomacy.Kind
	for _, path := range r.Paths {
		for _, arc := range path.Last().Along {
			found := path.Last().kindsAlong(arc)
			if found == nil {
				return nil
			}
			kinds = append(kinds, found...)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// kindsAlong returns the kinds of the nodes at the end of one of the hop's arcs; nil for
// all.
func (h Hop) kindsAlong(arc store.Arc) []diplomacy.Kind {
	rule := diplomacy.RuleOf(arc.Kind)
	switch {
	case h.Kinds != nil:
		return h.Kinds
	case rule == nil:
		return nil
	case arc.Direction == store.In:
		return rule.Subjects
	case arc.Direction == store.ForWhom:
		return diplomacy.Actors
	}
	return rule.Objects
}

// Involves reports whether edges say how their node is involved.
func (r *Relation) Involves() bool { return r.Paths[0].Last().As != "" }

// End is the last hop of some paths, with the hops before it on each of them.
type End struct {
	Before []Path
	Last   Hop
}

// Ends returns the paths by their last hops, so that paths with the same last hop are
// one question to the store.
func (r *Relation) Ends() []End {
	var ends []End
	for _, path := range r.Paths {
		last, before := path.Last(), path[:len(path)-1]
		at := slices.IndexFunc(ends, func(e End) bool { return e.Last.Equal(last) })
		if at < 0 {
			at, ends = len(ends), append(ends, End{Last: last})
		}
		ends[at].Before = append(ends[at].Before, before)
	}
	return ends
}

// Path is a chain of hops; the last one leads to the nodes of the relation.
type Path []Hop

// Last returns the hop that leads to the nodes.
func (p Path) Last() Hop { return p[len(p)-1] }

// Hop follows links in given directions to nodes that match.
type Hop struct {
	Along []store.Arc
	Kinds []diplomacy.Kind // of the nodes; nil admits all
	Terms []diplomacy.Term // of the nodes' kind facet; nil admits all
	// Held admits only events that took place, unless the client asks for others.
	Held bool
	// Reference is a field of the statements that make the links: the hop leads to the
	// record that it names instead of to the node; empty for the node. Only hops before
	// the last one have it.
	Reference string
	// As says how the node is involved in what the relation belongs to; empty where
	// edges do not say so.
	As diplomacy.Term
}

// tookPlace are the statuses of events that took place; most events state none.
var tookPlace = store.FacetTest{Facet: diplomacy.FacetStatus, Terms: []diplomacy.Term{"HELD", ""}}

// Filter returns what the store is to test of the nodes: the hop's tests and the
// client's.
func (h Hop) Filter(client store.LinkFilter) store.LinkFilter {
	var own []store.FacetTest
	if h.Terms != nil {
		own = append(own, store.FacetTest{Facet: diplomacy.FacetKind, Terms: h.Terms})
	}
	ofStatus := func(test store.FacetTest) bool { return test.Facet == diplomacy.FacetStatus }
	if h.Held && !slices.ContainsFunc(client.Facets, ofStatus) {
		own = append(own, tookPlace)
	}
	client.Facets = append(own, client.Facets...)
	switch {
	case client.Kinds == nil:
		client.Kinds = h.Kinds
	case h.Kinds != nil:
		client.Kinds = slices.DeleteFunc(slices.Clone(client.Kinds), func(k diplomacy.Kind) bool { return !slices.Contains(h.Kinds, k) })
	}
	return client
}

// Equal reports whether two hops follow the same links.
func (h Hop) Equal(other Hop) bool {
	return slices.Equal(h.Along, other.Along) && slices.Equal(h.Kinds, other.Kinds) && slices.Equal(h.Terms, other.Terms) &&
		h.Held == other.Held && h.Reference == other.Reference && h.As == other.As
}

// OfThoseHeld returns the hop restricted to events that took place.
func (h Hop) OfThoseHeld() Hop {
	h.Held = true
	return h
}

// To returns the hop to the records that a field of the statements names.
func (h Hop) To(reference string) Hop {
	h.Reference = reference
	return h
}

// InvolvedAs returns the hop whose nodes are involved in some way.
func (h Hop) InvolvedAs(way diplomacy.Term) Hop {
	h.As = way
	return h
}

// KeepsUndated reports whether links without a date answer questions of validAt: those
// of structure, which sources rarely date, those that have the date of the record from
// which they lead, and those that are no statements and have no time.
func (h Hop) KeepsUndated() bool {
	for _, arc := range h.Along {
		if rule := diplomacy.RuleOf(arc.Kind); rule != nil && !rule.Standing && !rule.DatesFrom(arc.Direction) {
			return false
		}
	}
	return true
}

// OfKind returns the hop restricted to nodes of some kinds.
func (h Hop) OfKind(kinds ...diplomacy.Kind) Hop {
	h.Kinds = kinds
	return h
}

// WithTerms returns the hop restricted to nodes whose kind facet has one of the
// terms.
func (h Hop) WithTerms(terms ...diplomacy.Term) Hop {
	h.Terms = terms
	return h
}

// Out returns the hop from subjects to objects.
func Out(predicate diplomacy.Kind) Hop { return Along(predicate, store.Out) }

// In returns the hop from objects to subjects.
func In(predicate diplomacy.Kind) Hop { return Along(predicate, store.In) }

// Along returns the hop along several directions of one predicate.
func Along(predicate diplomacy.Kind, directions ...store.Direction) Hop {
	var hop Hop
	for _, d := range directions {
		hop.Along = append(hop.Along, store.Arc{Kind: predicate, Direction: d})
	}
	return hop
}

// row returns a relation with its name and description.
func row(name string, r *Relation, description string) *Relation {
	r.Name, r.Description = name, description
	return r
}

// Links returns the relation that lists each link of one hop.
func Links(h Hop) *Relation { return &Relation{Paths: []Path{{h}}} }

// DistinctNodes returns the relation that lists each node of one hop once among
// links with the same start.
func DistinctNodes(h Hop) *Relation { return &Relation{Paths: []Path{{h}}, Distinct: true} }

// LinksAlong returns the relation that lists each link at the end of paths.
func LinksAlong(paths ...Path) *Relation { return &Relation{Paths: paths} }

// UniqueNodes returns the relation that lists each node at the end of paths once.
func UniqueNodes(paths ...Path) *Relation { return &Relation{Paths: paths, Unique: true} }

// SingleNode returns the relation that answers with the first node of one hop.
func SingleNode(h Hop) *Relation { return &Relation{Paths: []Path{{h}}, Single: true} }

// OldestFirst returns the relation with the oldest links first by default.
func (r *Relation) OldestFirst() *Relation {
	r.Ascending = true
	return r
}

// WithPortfolio returns the relation with other kinds of office on its paths; none admits
// all.
func (r *Relation) WithPortfolio(kinds []diplomacy.Term) *Relation {
	changed := *r
	changed.Portfolio, changed.Paths = kinds, slices.Clone(r.Paths)
	for i, path := range changed.Paths {
		changed.Paths[i] = slices.Clone(path)
		for j, hop := range path {
			if hop.Along[0] == (store.Arc{Kind: diplomacy.OfficeOf, Direction: store.In}) {
				changed.Paths[i][j].Terms = kinds
			}
		}
	}
	return &changed
}

// AsStatements returns the relation with its statements as the nodes.
func (r *Relation) AsStatements() *Relation {
	r.Statements = true
	return r
}

// WithCost returns the relation with a cost that its field has in the schema.
func (r *Relation) WithCost(weight int) *Relation {
	r.Cost = weight
	return r
}
