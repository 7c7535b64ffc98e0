package reading

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var identity = testbed.Theme{Name: "identity", Trials: []testbed.Trial{
	{Name: "an old id still answers", Run: oldIDAnswers},
	{Name: "a chain joins all", Run: chainJoins},
	{Name: "links are those of the whole group", Run: linksOfGroup},
	{Name: "what several statements say is shown once", Run: saidOnce},
	{Name: "the date of either event", Run: eitherDate},
	{Name: "what leads into its own group", Run: intoItself},
	{Name: "distinct takes a group for one node", Run: distinctGroups},
	{Name: "lists and counts", Run: listedOnce},
	{Name: "facets are those of the canonical", Run: facetsOfCanonical},
	{Name: "undoing brings all back", Run: undone},
	{Name: "large groups", Run: manyTheSame},
}, Needs: []testbed.Capability{testbed.Identity}}

func oldIDAnswers(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Twins.Verdict = "SAME"
	judged := b.Put(w.Twins)
	l := b.Public()
	for _, r := range l.Records(w.Anne.ID, w.Ann.ID) {
		testbed.Equal(b, "the record that answers", r.Header().ID, w.Ann.ID)
	}
	testbed.Equal(b, "by key", l.Find(testbed.Slug(diplomacy.KindPerson, "anne"), testbed.Wikidata("Q2")), testbed.IDsOf(w.Ann, w.Ann))
	testbed.Equal(b, "versions are the record's own", l.Versions(w.Anne.ID)[0].Header().ID, w.Anne.ID)
	testbed.Equal(b, "nothing of nothing", l.Same(1), []diplomacy.ID{})
	testbed.Equal(b, "a record alone", l.Same(w.Bob.ID), testbed.IDsOf(w.Bob))
	for what, l := range map[string]testbed.MustReader{"joined": l, "apart": b.Now(), "past": b.At(judged.Number)} {
		testbed.Equal(b, what, l.Same(w.Anne.ID), testbed.IDsOf(w.Ann, w.Anne))
	}
	for what, l := range map[string]testbed.MustReader{"apart": b.ReadIn(store.View{Apart: true}), "before": b.ReadIn(store.View{Known: judged.Number - 1})} {
		testbed.Equal(b, what, l.Record(w.Anne.ID).Header().ID, w.Anne.ID)
		testbed.Equal(b, what, l.Find(testbed.Slug(diplomacy.KindPerson, "anne")), testbed.IDsOf(w.Anne))
	}
	_, err := b.Write(func(writer store.Writer) error {
		inside := testbed.MustReader{Tester: b, Reader: writer}
		testbed.Equal(b, "a writer", inside.Record(w.Anne.ID).Header().ID, w.Anne.ID)
		testbed.Equal(b, "a writer's group", inside.Same(w.Anne.ID), testbed.IDsOf(w.Ann, w.Anne))
		return nil
	})
	testbed.Must(b, err, "write")
}

func chainJoins(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	carol, dora := testbed.Person("carol"), testbed.Person("dora")
	b.Put(carol, dora)
	b.Judge(w.Anne, dora, "SAME")
	middle := b.Judge(carol, dora, "SAME")
	b.Judge(w.Ann, carol, "SAME")
	b.Judge(w.Bob, dora, "UNSURE")
	testbed.Equal(b, "group", b.Now().Same(dora.ID), testbed.IDsOf(w.Ann, w.Anne, carol, dora))
	b.Retract(middle.ID)
	testbed.Equal(b, "one half", b.Now().Same(dora.ID), testbed.IDsOf(w.Anne, dora))
	testbed.Equal(b, "the other", b.Now().Same(carol.ID), testbed.IDsOf(w.Ann, carol))
}

// linksOfGroup pages over links whose order mixes those of both.
// saidOnce has three statements that are one by their subjects, and one that is
// not by its role; ranks do not matter.
// eitherDate has participations in two records of one event that differ in their
// date, by which the links are ordered.
// distinctGroups has links to two records of one event, between which lies one to
// another event of the same time.
func listedOnce(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Judge(w.Ann, w.Anne, "SAME")
	q := store.ListQuery{Kind: diplomacy.KindPerson, Page: testbed.Whole}
	l := b.Public()
	testbed.Equal(b, "list", testbed.IDsAt(l.ListRoll(q).All()), testbed.IDsOf(w.Ann, w.Bob))
	testbed.Equal(b, "count", l.CountList(q), store.Count{N: 2})
	testbed.Equal(b, "count apart", b.Now().CountList(q), store.Count{N: 3})
	testbed.Equal(b, "count of others", l.CountList(store.ListQuery{Kind: diplomacy.KindState}), store.Count{N: 2})
	q.Where.Name.Equals = "anne"
	testbed.Equal(b, "its names are its own", l.CountList(q), store.Count{})
}

// undone: a judgement that was undone does not show in the present.
func undone(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ids, keys := testbed.IDsOf(w.Records()...), testbed.KeysOf(w.Entities())
	of := func(known diplomacy.TxNumber) testbed.Observation {
		o := b.ReadIn(store.View{Known: known}).Observe(ids, keys)
		o.Revision, o.Transactions, o.Changes = 0, nil, nil
		return o
	}
	before := of(0)
	one := b.Judge(w.Ann, w.Anne, "SAME")
	other := b.Judge(w.Talks, w.Summit, "SAME")
	joined := of(0)
	if testbed.Difference(joined, before) == "" {
		b.Fatalf("judging changed nothing")
	}
	known := b.Now().Reader.Revision()
	b.Retract(one.ID, other.ID)
	for i := range before.Versions {
		for _, v := range before.Versions[i] {
			testbed.Equal(b, "still open", v.Header().Until, diplomacy.TxNumber(0))
		}
	}
	testbed.Equal(b, "undone", of(0), before)
	testbed.Equal(b, "the past", of(known), joined)
}

// manyTheSame has two large groups, one statement between each pair of
// their members, and a question for all of them.
func manyTheSame(b *testbed.Bed) {
	many := 150
	if *testbed.Long {
		many = 1_000
	}
	var people, events []diplomacy.Record
	for i := range many {
		people = append(people, testbed.Person(testbed.SlugOf(uint64(i))))
		events = append(events, testbed.Event(testbed.SlugOf(uint64(i)), []string{"2019", "2020", ""}[i%3]))
	}
	b.Put(append(slices.Clone(people), events...)...)
	var more []diplomacy.Record
	for i := range many {
		s := testbed.Statement(diplomacy.ParticipatedIn, people[i], events[i], "")
		if more = append(more, s); i > 0 {
			more = append(more, testbed.Judgement(people[0], people[i], "SAME"), testbed.Judgement(events[i-1], events[i], "SAME"))
		}
	}
	b.Put(more...)
	l := b.Public()
	q := testbed.Along(people[many/2], testbed.Out(diplomacy.ParticipatedIn))
	testbed.Equal(b, "links", len(l.Links(q)[0].Links), 1)
	q.Distinct = true
	testbed.Equal(b, "distinct", l.CountLinks(q)[0], store.Count{N: 1})
	testbed.Equal(b, "persons", l.CountList(store.ListQuery{Kind: diplomacy.KindPerson}), store.Count{N: 1})
	testbed.Equal(b, "statements", len(l.Same(more[0].Header().ID)), many)
	testbed.Refused(b, 0, "verdict", testbed.Judgement(events[0], events[many-1], "DIFFERENT"))
}
