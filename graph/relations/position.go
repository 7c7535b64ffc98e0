package relations

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Position is how far a path has come from one of the records where it begins.
type Position struct {
	Start int // index of the record
	At    diplomacy.ID
	Via   []diplomacy.ID // the statements on the way
}

// StartAt returns the positions at which a path begins.
func StartAt(records []diplomacy.ID) []Position {
	positions := make([]Position, len(records))
	for i, id := range records {
		positions[i] = Position{Start: i, At: id}
	}
	return positions
}

// From completes a query with the positions and the filter of the hop. All queries for
// relations pass here: unless the client asks for ranks, deprecated statements lead
// nowhere and are not counted.
func (h Hop) From(positions []Position, q store.LinkQuery) store.LinkQuery {
	for _, p := range positions {
		q.Of = append(q.Of, p.At)
	}
	q.Along = h.Along
	q.Where = h.Filter(q.Where)
	if len(q.Where.Ranks) == 0 {
		q.Where.Ranks = store.NotDeprecated
	}
	if h.KeepsUndated() {
		q.Where.Times = keepUndated(q.Where.Times)
	}
	return q
}

// keepUndated returns tests of which those that validAt implies pass what has no date.
func keepUndated(tests []store.TimeTest) []store.TimeTest {
	kept := slices.Clone(tests)
	for i := range kept {
		kept[i].Undated = kept[i].Undated || kept[i].Relation == store.AsOf
	}
	return kept
}

// arrivals are the records that were reached, by the record where a path begins.
type arrivals map[[2]uint64]bool

// first reports whether a record is reached for the first time, and notes it.
func (a arrivals) first(start int, at diplomacy.ID) bool {
	here := [2]uint64{uint64(start), uint64(at)}
	known := a[here]
	a[here] = true
	return !known
}

// Advance moves the positions along the links that were found. Of several links from one
// start to one record, only the first is followed: what lies beyond is the same.
func Advance(positions []Position, found []store.LinkPage) []Position {
	var next []Position
	reached := arrivals{}
	for i, page := range found {
		for _, link := range page.Links {
			if from := positions[i]; reached.first(from.Start, link.Node) {
				next = append(next, Position{from.Start, link.Node, append(slices.Clone(from.Via), link.Via)})
			}
		}
	}
	return next
}

// Unique keeps the first of several positions at one record from one start.
func Unique(all []Position) []Position {
	reached := arrivals{}
	return slices.DeleteFunc(all, func(p Position) bool { return !reached.first(p.Start, p.At) })
}
