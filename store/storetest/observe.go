package storetest

import (
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// observation is everything that a Reader can tell of some ids and keys.
type observation struct {
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

// arcs are all that a record could be seen along.
var arcs = func() []store.Arc {
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

func (l look) observe(ids []diplomacy.ID, keys []store.Key) observation {
	l.Helper()
	o := observation{
		Revision:   l.reader.Revision(),
		Records:    l.records(ids...),
		Found:      l.find(keys...),
		Links:      l.links(store.LinkQuery{Of: ids, Along: arcs, Page: whole}),
		LinkCounts: map[store.Arc][]store.Count{},
	}
	for _, id := range ids {
		o.Versions = append(o.Versions, l.versions(id))
	}
	for _, arc := range seenAlong(o.Links) {
		o.LinkCounts[arc] = l.countLinks(store.LinkQuery{Of: ids, Along: []store.Arc{arc}})
	}
	for _, kind := range diplomacy.EntityKinds {
		for by := store.ByName; by <= store.ByID; by++ {
			o.Lists = append(o.Lists, l.list(store.ListQuery{Kind: kind, Order: by, Page: whole}))
		}
		o.ListCounts = append(o.ListCounts, l.countList(store.ListQuery{Kind: kind}))
	}
	for n := diplomacy.TxNumber(1); n <= o.Revision; n++ {
		o.Transactions = append(o.Transactions, l.transactions(n)...)
		o.Changes = append(o.Changes, l.changes(n))
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

// keysOf are the keys of the entities among records.
func keysOf(records []diplomacy.Record) []store.Key {
	var keys []store.Key
	for _, r := range records {
		e, ok := r.(diplomacy.Entity)
		if !ok {
			continue
		}
		keys = append(keys, slug(e.Kind(), e.Base().Slug))
		for _, i := range e.Base().Identifiers {
			keys = append(keys, store.Key{Scheme: i.Scheme, Value: i.Value})
		}
	}
	return keys
}
