package storetest

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

var identity = theme{"identity", []trial{
	{"an old id still answers", oldIDAnswers},
	{"a chain joins all", chainJoins},
	{"links are those of the whole group", linksOfGroup},
	{"what several statements say is shown once", saidOnce},
	{"the date of either event", eitherDate},
	{"what leads into its own group", intoItself},
	{"distinct takes a group for one node", distinctGroups},
	{"lists and counts", listedOnce},
	{"facets are those of the canonical", facetsOfCanonical},
	{"undoing brings all back", undone},
	{"large groups", manyTheSame},
}}

// seen looks at the graph in a view until the test ends.
func (b *bed) seen(of store.View) look {
	b.Helper()
	snapshot, err := b.store.Read(background, of)
	must(b, err, "read")
	b.Cleanup(snapshot.Release)
	return look{b, snapshot}
}

// whoever is what anybody may see of the present.
func (b *bed) whoever() look { b.Helper(); return b.seen(store.View{}) }

func (l look) same(id diplomacy.ID) []diplomacy.ID {
	l.Helper()
	groups, err := l.reader.Same(background, []diplomacy.ID{id})
	must(l, err, "same")
	return idsOf(groups[0]...)
}

func (b *bed) judge(x, y diplomacy.Record, verdict diplomacy.Term) *diplomacy.Judgement {
	b.Helper()
	j := judgement(x, y, verdict)
	if j.A > j.B {
		j.A, j.B = j.B, j.A
	}
	b.put(j)
	return j
}

func oldIDAnswers(b *bed) {
	w := Seed(b, b.store)
	w.Twins.Verdict = "SAME"
	judged := b.put(w.Twins)
	l := b.whoever()
	for _, r := range l.records(w.Anne.ID, w.Ann.ID) {
		equal(b, "the record that answers", r.Header().ID, w.Ann.ID)
	}
	equal(b, "by key", l.find(slug(diplomacy.KindPerson, "anne"), wikidata("Q2")), idsOf(w.Ann, w.Ann))
	equal(b, "versions are the record's own", l.versions(w.Anne.ID)[0].Header().ID, w.Anne.ID)
	equal(b, "nothing of nothing", l.same(1), []diplomacy.ID{})
	equal(b, "a record alone", l.same(w.Bob.ID), idsOf(w.Bob))
	for what, l := range map[string]look{"joined": l, "apart": b.now(), "past": b.at(judged.Number)} {
		equal(b, what, l.same(w.Anne.ID), idsOf(w.Ann, w.Anne))
	}
	for what, l := range map[string]look{"apart": b.seen(store.View{Apart: true}), "before": b.seen(store.View{Known: judged.Number - 1})} {
		equal(b, what, l.record(w.Anne.ID).Header().ID, w.Anne.ID)
		equal(b, what, l.find(slug(diplomacy.KindPerson, "anne")), idsOf(w.Anne))
	}
	_, err := b.write(func(writer store.Writer) error {
		inside := look{b, writer}
		equal(b, "a writer", inside.record(w.Anne.ID).Header().ID, w.Anne.ID)
		equal(b, "a writer's group", inside.same(w.Anne.ID), idsOf(w.Ann, w.Anne))
		return nil
	})
	must(b, err, "write")
}

func chainJoins(b *bed) {
	w := Seed(b, b.store)
	carol, dora := person("carol"), person("dora")
	b.put(carol, dora)
	b.judge(w.Anne, dora, "SAME")
	middle := b.judge(carol, dora, "SAME")
	b.judge(w.Ann, carol, "SAME")
	b.judge(w.Bob, dora, "UNSURE")
	equal(b, "group", b.now().same(dora.ID), idsOf(w.Ann, w.Anne, carol, dora))
	b.retract(middle.ID)
	equal(b, "one half", b.now().same(dora.ID), idsOf(w.Anne, dora))
	equal(b, "the other", b.now().same(carol.ID), idsOf(w.Ann, carol))
}

// linksOfGroup pages over links whose order mixes those of both.
// saidOnce has three statements that are one by their subjects, and one that is
// not by its role; ranks do not matter.
// eitherDate has participations in two records of one event that differ in their
// date, by which the links are ordered.
// distinctGroups has links to two records of one event, between which lies one to
// another event of the same time.
func listedOnce(b *bed) {
	w := Seed(b, b.store)
	b.judge(w.Ann, w.Anne, "SAME")
	q := store.ListQuery{Kind: diplomacy.KindPerson, Page: whole}
	l := b.whoever()
	equal(b, "list", idsAt(l.listRoll(q).all()), idsOf(w.Ann, w.Bob))
	equal(b, "count", l.countList(q), store.Count{N: 2})
	equal(b, "count apart", b.now().countList(q), store.Count{N: 3})
	equal(b, "count of others", l.countList(store.ListQuery{Kind: diplomacy.KindState}), store.Count{N: 2})
	q.Where.Name.Equals = "anne"
	equal(b, "its names are its own", l.countList(q), store.Count{})
}

// undone: a judgement taken back leaves no trace in the present.
func undone(b *bed) {
	w := Seed(b, b.store)
	ids, keys := idsOf(w.Records()...), keysOf(w.Entities())
	of := func(known diplomacy.TxNumber) observation {
		o := b.seen(store.View{Known: known}).observe(ids, keys)
		o.Revision, o.Transactions, o.Changes = 0, nil, nil
		return o
	}
	before := of(0)
	one := b.judge(w.Ann, w.Anne, "SAME")
	other := b.judge(w.Talks, w.Summit, "SAME")
	joined := of(0)
	if difference(joined, before) == "" {
		b.Fatalf("judging changed nothing")
	}
	known := b.now().reader.Revision()
	b.retract(one.ID, other.ID)
	for i := range before.Versions {
		for _, v := range before.Versions[i] {
			equal(b, "still open", v.Header().Until, diplomacy.TxNumber(0))
		}
	}
	equal(b, "undone", of(0), before)
	equal(b, "the past", of(known), joined)
}

// manyTheSame has two large groups, one statement between each pair of
// their members, and a question for all of them.
func manyTheSame(b *bed) {
	many := 150
	if *long {
		many = 1_000
	}
	var people, events []diplomacy.Record
	for i := range many {
		people = append(people, person(slugOf(uint64(i))))
		events = append(events, event(slugOf(uint64(i)), []string{"2019", "2020", ""}[i%3]))
	}
	b.put(append(slices.Clone(people), events...)...)
	var more []diplomacy.Record
	for i := range many {
		s := statement(diplomacy.ParticipatedIn, people[i], events[i], "")
		if more = append(more, s); i > 0 {
			more = append(more, judgement(people[0], people[i], "SAME"), judgement(events[i-1], events[i], "SAME"))
		}
	}
	b.put(more...)
	l := b.whoever()
	q := along(people[many/2], out(diplomacy.ParticipatedIn))
	equal(b, "links", len(l.links(q)[0].Links), 1)
	q.Distinct = true
	equal(b, "distinct", l.countLinks(q)[0], store.Count{N: 1})
	equal(b, "persons", l.countList(store.ListQuery{Kind: diplomacy.KindPerson}), store.Count{N: 1})
	equal(b, "statements", len(l.same(more[0].Header().ID)), many)
	refused(b, 0, "verdict", judgement(events[0], events[many-1], "DIFFERENT"))
}
