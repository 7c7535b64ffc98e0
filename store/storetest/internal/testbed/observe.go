package testbed

import (
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Observation is everything that a Reader can tell of some ids and keys.
type Observation struct {
	Revision     diplomacy.TxNumber
	Records      []diplomacy.Record
	Versions     [][]diplomacy.Record
	Found        []diplomacy.ID
	Links        []store.LinkPage
	LinkCounts   map[store.Arc][]store.Count
	Lists        []store.ListPage
	ListCounts   []store.Count
	Transactions []*diplomacy.Transaction
	Changes      [][]diplomacy.Change
}

// Arcs are all that a record could be seen along.
var Arcs = func() []store.Arc {
	var all []store.Arc
	for _, rule := range diplomacy.Vocabulary {
		for d := store.Out; d <= store.ForWhom; d++ {
			all = append(all, store.Arc{Kind: rule.Predicate, Direction: d})
		}
	}
	for d := store.Out; d <= store.Behalf; d++ {
		all = append(all, store.Arc{Kind: diplomacy.KindEvidence, Direction: d})
	}
	return append(all, store.Arc{Kind: diplomacy.KindJudgement})
}()

// Observe reads everything about some ids and keys.
func (l MustReader) Observe(ids []diplomacy.ID, keys []store.Key) Observation {
	l.Helper()
	o := Observation{
		Revision:   l.Reader.Revision(),
		Records:    l.Records(ids...),
		Found:      l.Find(keys...),
		Links:      l.Links(store.LinkQuery{Of: ids, Along: Arcs, Page: Whole}),
		LinkCounts: map[store.Arc][]store.Count{},
	}
	for _, id := range ids {
		o.Versions = append(o.Versions, l.Versions(id))
	}
	for _, arc := range seenAlong(o.Links) {
		o.LinkCounts[arc] = l.CountLinks(store.LinkQuery{Of: ids, Along: []store.Arc{arc}})
	}
	for _, kind := range diplomacy.EntityKinds {
		for by := store.ByName; by <= store.ByID; by++ {
			o.Lists = append(o.Lists, l.List(store.ListQuery{Kind: kind, Order: by, Page: Whole}))
		}
		o.ListCounts = append(o.ListCounts, l.CountList(store.ListQuery{Kind: kind}))
	}
	for n := diplomacy.TxNumber(1); n <= o.Revision; n++ {
		o.Transactions = append(o.Transactions, l.Transactions(n)...)
		o.Changes = append(o.Changes, l.Changes(n))
	}
	return o
}

func seenAlong(pages []store.LinkPage) []store.Arc {
	seen := map[store.Arc]bool{}
	for _, page := range pages {
		for _, l := range page.Links {
			seen[l.Arc] = true
		}
	}
	return slices.Collect(maps.Keys(seen))
}

// KeysOf are the keys of the entities among records.
func KeysOf(records []diplomacy.Record) []store.Key {
	var keys []store.Key
	for _, r := range records {
		e, ok := r.(diplomacy.Entity)
		if !ok {
			continue
		}
		keys = append(keys, Slug(e.Kind(), e.Base().Slug))
		for _, i := range e.Base().Identifiers {
			keys = append(keys, store.Key{Scheme: i.Scheme, Value: i.Value})
		}
	}
	return keys
}
