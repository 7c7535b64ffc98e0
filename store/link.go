package store

import "chancery/diplomacy"

// Direction is the end of a statement from which a link is seen.
type Direction = diplomacy.Direction

// Out is seen from the subject, In from the object. A symmetric statement is
// seen Out from both ends. A participation or signature is seen also from the
// actor on whose behalf it was (Behalf), and from the office in whose capacity
// (Capacity): as a link to the object. ForWhom turns Behalf round: from the
// event or agreement to the actor on whose behalf.
//
// Other records are links too, of a time that is not known: evidence is seen Out from what it is about, to its source; In from the
// source, to what it is about; Behalf from whom it is attributed to, to what it
// is about. A judgement is seen Out from both entities. An entity that refers to
// others is seen In from each, as a link to itself; its own end is not a link.
const (
	Out      = diplomacy.Out
	In       = diplomacy.In
	Behalf   = diplomacy.Behalf
	Capacity = diplomacy.Capacity
	ForWhom  = diplomacy.ForWhom
)

// Arc is a kind of record that links, seen from one end.
type Arc struct {
	Kind      diplomacy.Kind // of the record that links: one of diplomacy.ReferringKinds
	Direction Direction
}

// Link is one record seen from an entity, with the entity at the other end and
// what filters need of both.
type Link struct {
	Via    diplomacy.ID // the record that links
	Arc    Arc
	Node   diplomacy.ID // the other end
	Span   diplomacy.Span
	Role   diplomacy.Term // of evidence its part, of a judgement its verdict
	Rank   diplomacy.Term
	Facets diplomacy.Facets // of Node, if it is an entity
	Cursor Cursor
}

// LinkQuery asks for the links of entities.
type LinkQuery struct {
	Of []diplomacy.ID
	// Along are the arcs to follow; their links are merged into one order.
	Along []Arc
	// Order by the time of the link (Statement.Dated, by the earliest start; a
	// time that is not known comes before all others), then by Node, then by
	// Via. Descending turns all three round.
	Descending bool
	Where      LinkFilter
	// Distinct keeps only the first link of several to the same Node at the
	// same time.
	Distinct bool
	Page     Page
}

// LinkPage is the answer for one id.
type LinkPage struct {
	Links []Link
	Flags
}

// LinkFilter keeps the links that pass all of its parts; a part that is nil or
// zero lets all pass.
type LinkFilter struct {
	Nodes  []diplomacy.ID   // the other end is one of these
	Kinds  []diplomacy.Kind // the other end is of one of these kinds
	Facets []FacetTest      // the other end's facets
	Roles  []diplomacy.Term // the role is one of these
	Ranks  []diplomacy.Term // the rank is one of these
	Times  []TimeTest       // the link's time
}

// NotDeprecated passes all links but those of statements ranked DEPRECATED: they are
// known to be wrong. It also passes links that have no rank, such as evidence.
var NotDeprecated = []diplomacy.Term{"", "PREFERRED", "NORMAL"}

// FacetTest passes what has one of the terms in the facet.
type FacetTest struct {
	Facet diplomacy.Facet
	Terms []diplomacy.Term
}

// Relation is how a time is compared with a window.
type Relation uint8

// Relations; see the methods of diplomacy.Span of the same names. AsOf is Holds
// for links of a lasting predicate and Begun for all others.
const (
	AsOf Relation = iota
	Holds
	Within
	Starts
	Ends
	Begun
	Undated // neither the start nor the end is known; Window and Match do not matter
	Dated   // not Undated
)

// TimeTest passes a time that stands in the relation to the window. A time of which
// neither the start nor the end is known is no answer, whatever the Match, unless the
// test is Undated.
type TimeTest struct {
	Relation Relation
	Window   diplomacy.Window
	Match    diplomacy.Match
	Undated  bool
}

// MatchOf returns how certainly a span that passes tests does; CERTAIN if it would
// pass all of them with that Match, and empty if there are none.
func MatchOf(tests []TimeTest, s diplomacy.Span, lasting bool) diplomacy.Match {
	if len(tests) == 0 {
		return ""
	}
	for _, t := range tests {
		t.Match, t.Undated = diplomacy.Certain, false
		if !t.Passes(s, lasting) {
			return diplomacy.Possible
		}
	}
	return diplomacy.Certain
}

// HasWindow reports whether the Window matters.
func (t TimeTest) HasWindow() bool { return t.Relation != Undated && t.Relation != Dated }

// Passes holds a span against the test; lasting says what AsOf means.
func (t TimeTest) Passes(s diplomacy.Span, lasting bool) bool {
	if !t.HasWindow() {
		return (s == diplomacy.Time{}.Span()) == (t.Relation == Undated)
	}
	if s.Unknown() {
		return t.Undated
	}
	relation := t.Relation
	if relation == AsOf {
		relation = Begun
		if lasting {
			relation = Holds
		}
	}
	switch relation {
	case Holds:
		return s.Holds(t.Window, t.Match)
	case Within:
		return s.Within(t.Window, t.Match)
	case Starts:
		return s.Starts(t.Window, t.Match)
	case Ends:
		return s.Ends(t.Window, t.Match)
	default:
		return s.Begun(t.Window, t.Match)
	}
}
