package reading

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var counts = testbed.Theme{Name: "counts", Trials: []testbed.Trial{
	{Name: "follow every write", Run: countsFollow},
	{Name: "a counter counts on, counting stops", Run: countsCapped},
	{Name: "leave out deprecated statements", Run: countsWithoutDeprecated},
}}

func countsFollow(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	seeded := b.Now().Reader.Revision()
	at := func(n diplomacy.TxNumber, q store.LinkQuery, want int) {
		b.Helper()
		testbed.Equal(b, "count of links", b.At(n).CountLinks(q)[0], store.Count{N: want})
	}
	behalf := testbed.Along(w.Avalon, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf})
	guests := testbed.Along(w.Talks, testbed.In(diplomacy.ParticipatedIn))
	b.Retract(w.AnnAtTalks.ID)
	w.BobAtTalks.OnBehalfOf = w.Avalon.ID
	b.Put(w.BobAtTalks, testbed.Statement(diplomacy.ParticipatedIn, w.Anne, w.Talks, ""))
	carol := testbed.Person("carol")
	t := b.Put(carol)
	b.Retract(carol.ID)
	for n, want := range map[diplomacy.TxNumber][3]int{seeded: {2, 2, 3}, seeded + 1: {1, 1, 3}, t.Number: {2, 2, 4}, 0: {2, 2, 3}} {
		at(n, behalf, want[0])
		at(n, guests, want[1])
		testbed.Equal(b, "count of persons", b.At(n).CountList(store.ListQuery{Kind: diplomacy.KindPerson}), store.Count{N: want[2]})
	}
	paged := guests
	paged.Page = store.Page{Limit: 1}
	at(0, paged, 2)
}

// countsCapped has one event with more participations than are counted.
func countsCapped(b *testbed.Bed) {
	const many = store.CountCap + 10
	ann, talks := testbed.Person("ann"), testbed.Event("talks", "2020")
	b.Put(ann, talks)
	all := make([]diplomacy.Record, many)
	for i := range all {
		all[i] = testbed.Statement(diplomacy.ParticipatedIn, ann, talks, "")
	}
	b.Put(all...)
	l, q := b.Now(), testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn))
	exact, capped := store.Count{N: many}, store.Count{N: store.CountCap, Capped: true}
	testbed.Equal(b, "by counter", l.CountLinks(q)[0], exact)
	believed := q
	believed.Where.Ranks = store.NotDeprecated
	testbed.Equal(b, "by counter, without deprecated ones", l.CountLinks(believed)[0], exact)
	merged := testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn), testbed.Out(diplomacy.HoldsOffice))
	testbed.Equal(b, "merged", l.CountLinks(merged)[0], capped)
	filtered := q
	filtered.Where.Ranks = []diplomacy.Term{"NORMAL"}
	testbed.Equal(b, "filtered", l.CountLinks(filtered)[0], capped)
	distinct := q
	distinct.Distinct = true
	testbed.Equal(b, "distinct", l.CountLinks(distinct)[0], store.Count{N: 1})
	filtered.Where.Ranks = []diplomacy.Term{"DEPRECATED"}
	testbed.Equal(b, "none of many", l.CountLinks(filtered)[0], store.Count{})
	known := l.Reader.Revision()
	b.Put(testbed.Person("bob"))
	if got := b.At(known).CountLinks(q)[0]; got != capped && got != exact {
		b.Errorf("count of the past: %v, want %v, or %v where the past has counters too", got, capped, exact)
	}
	q.Page = store.Page{Limit: store.MaxPage}
	first, flags := l.LinkRoll(q)(q.Page)
	testbed.Equal(b, "the largest page", len(first), store.MaxPage)
	testbed.Equal(b, "its flags", flags, store.Flags{Next: true})
}

// countsWithoutDeprecated counts the guests of an event while ranks change.
func countsWithoutDeprecated(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	guests := testbed.Along(w.Talks, testbed.In(diplomacy.ParticipatedIn))
	guests.Where.Ranks = store.NotDeprecated
	want := map[diplomacy.TxNumber]int{b.Now().Reader.Revision(): 2}
	w.AnnAtTalks.Rank = "DEPRECATED"
	want[b.Put(w.AnnAtTalks).Number] = 1
	w.BobAtTalks.Rank = "PREFERRED"
	want[b.Put(w.BobAtTalks).Number] = 1
	third := testbed.Statement(diplomacy.ParticipatedIn, w.Anne, w.Talks, "")
	third.Rank = "DEPRECATED"
	want[b.Put(third).Number] = 1
	w.AnnAtTalks.Rank = "NORMAL"
	want[b.Put(w.AnnAtTalks).Number] = 2
	want[b.Retract(third.ID).Number] = 2
	want[b.Retract(w.BobAtTalks.ID).Number] = 1
	want[0] = 1
	for n, count := range want {
		testbed.Equal(b, "count of guests", b.At(n).CountLinks(guests)[0], store.Count{N: count})
	}
	evidence := testbed.Along(w.AnnAtTalks, testbed.Out(diplomacy.KindEvidence))
	all := b.Now().CountLinks(evidence)
	evidence.Where.Ranks = store.NotDeprecated
	testbed.Equal(b, "evidence has no rank", b.Now().CountLinks(evidence), all)
}
