package storetest

import (
	"chancery/diplomacy"
	"chancery/store"
)

var counts = theme{"counts", []trial{
	{"follow every write", countsFollow},
	{"a counter counts on, counting stops", countsCapped},
}}

func countsFollow(b *bed) {
	w := Seed(b, b.store)
	seeded := b.now().reader.Revision()
	at := func(n diplomacy.TxNumber, q store.LinkQuery, want int) {
		b.Helper()
		equal(b, "count of links", b.at(n).countLinks(q)[0], store.Count{N: want})
	}
	behalf := along(w.Avalon, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf})
	guests := along(w.Talks, in(diplomacy.ParticipatedIn))
	b.retract(w.AnnAtTalks.ID)
	w.BobAtTalks.OnBehalfOf = w.Avalon.ID
	b.put(w.BobAtTalks, statement(diplomacy.ParticipatedIn, w.Anne, w.Talks, ""))
	carol := person("carol")
	t := b.put(carol)
	b.retract(carol.ID)
	for n, want := range map[diplomacy.TxNumber][3]int{seeded: {2, 2, 3}, seeded + 1: {1, 1, 3}, t.Number: {2, 2, 4}, 0: {2, 2, 3}} {
		at(n, behalf, want[0])
		at(n, guests, want[1])
		equal(b, "count of persons", b.at(n).countList(store.ListQuery{Kind: diplomacy.KindPerson}), store.Count{N: want[2]})
	}
	paged := guests
	paged.Page = store.Page{Limit: 1}
	at(0, paged, 2)
}

// countsCapped has one event with more participations than are counted.
func countsCapped(b *bed) {
	const many = store.CountCap + 10
	ann, talks := person("ann"), event("talks", "2020")
	b.put(ann, talks)
	all := make([]diplomacy.Record, many)
	for i := range all {
		all[i] = statement(diplomacy.ParticipatedIn, ann, talks, "")
	}
	b.put(all...)
	l, q := b.now(), along(ann, out(diplomacy.ParticipatedIn))
	exact, capped := store.Count{N: many}, store.Count{N: store.CountCap, Capped: true}
	equal(b, "by counter", l.countLinks(q)[0], exact)
	merged := along(ann, out(diplomacy.ParticipatedIn), out(diplomacy.HoldsOffice))
	equal(b, "merged", l.countLinks(merged)[0], capped)
	filtered := q
	filtered.Where.Ranks = []diplomacy.Term{"NORMAL"}
	equal(b, "filtered", l.countLinks(filtered)[0], capped)
	distinct := q
	distinct.Distinct = true
	equal(b, "distinct", l.countLinks(distinct)[0], store.Count{N: 1})
	filtered.Where.Ranks = []diplomacy.Term{"DEPRECATED"}
	equal(b, "none of many", l.countLinks(filtered)[0], store.Count{})
	known := l.reader.Revision()
	b.put(person("bob"))
	if got := b.at(known).countLinks(q)[0]; got != capped && got != exact {
		b.Errorf("count of the past: %v, want %v, or %v where the past has counters too", got, capped, exact)
	}
	q.Page = store.Page{Limit: store.MaxPage}
	first, flags := l.linkRoll(q)(q.Page)
	equal(b, "the largest page", len(first), store.MaxPage)
	equal(b, "its flags", flags, store.Flags{Next: true})
}
