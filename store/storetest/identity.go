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
func linksOfGroup(b *bed) {
	ann, anne := person("ann"), person("anne")
	b.put(ann, anne)
	var want []diplomacy.Record
	for i, date := range []string{"", "2018", "2018-06", "2019", "2020", "2021"} {
		e := event(slugOf(uint64(i)), date)
		b.put(e)
		s := statement(diplomacy.ParticipatedIn, []diplomacy.Record{ann, anne}[i%2], e, "")
		b.put(s)
		want = append(want, s)
	}
	b.judge(ann, anne, "SAME")
	for _, of := range []diplomacy.Record{ann, anne} {
		q := along(of, out(diplomacy.ParticipatedIn))
		l := b.whoever()
		all := l.linkRoll(q).all()
		equal(b, "links", idsAt(all), idsOf(want...))
		equal(b, "count", l.countLinks(q)[0], store.Count{N: len(want)})
		for size := 1; size < 4; size++ {
			equal(b, "up", idsAt(l.linkRoll(q).walk(b, size, false)), idsOf(want...))
			equal(b, "down", idsAt(l.linkRoll(q).walk(b, size, true)), idsOf(want...))
			l.linkRoll(q).window(b, all, 1, 5, size, size == 2)
		}
	}
	equal(b, "apart", len(b.seen(store.View{Apart: true}).links(along(ann, out(diplomacy.ParticipatedIn)))[0].Links), 3)
}

// saidOnce has three statements that are one by their subjects, and one that is
// not by its role; ranks do not matter.
func saidOnce(b *bed) {
	w := Seed(b, b.store)
	put := func(of *diplomacy.Person, rank, role diplomacy.Term) *diplomacy.Statement {
		s := statement(diplomacy.ParticipatedIn, of, w.Summit, "")
		s.Rank, s.Role = rank, role
		b.put(s)
		return s
	}
	second := put(w.Bob, "NORMAL", "HOST")
	third := put(w.Anne, "PREFERRED", "HOST")
	fourth := put(w.Bob, "DEPRECATED", "MEDIATOR")
	here, there := evidence(second, w.Article), evidence(third, w.Article)
	b.put(here, there)
	guests := along(w.Summit, in(diplomacy.ParticipatedIn))
	before := b.whoever().links(guests)[0]
	equal(b, "before", len(before.Links), 4)
	j := b.judge(w.Bob, w.Anne, "SAME")
	l := b.whoever()
	equal(b, "via", viasOf(l.links(guests)[0]), idsOf(w.AnnAtSummit, second, fourth))
	equal(b, "nodes", nodesOf(l.links(guests)[0]), idsOf(w.Ann, w.Bob, w.Bob))
	equal(b, "count", l.countLinks(guests)[0], store.Count{N: 3})
	guests.Where.Nodes = idsOf(w.Anne)
	equal(b, "a test for a node", viasOf(l.links(guests)[0]), idsOf(second, fourth))
	guests.Where.Ranks = []diplomacy.Term{"PREFERRED"}
	equal(b, "the canonical one is what passes", l.links(guests)[0].Links, []store.Link{})
	equal(b, "the canonical statement answers", l.record(third.ID).Header().ID, second.ID)
	equal(b, "the same statements", l.same(third.ID), idsOf(second, third))
	for _, of := range []*diplomacy.Statement{second, third} {
		equal(b, "evidence of both", viasOf(l.links(along(of, out(diplomacy.KindEvidence)))[0]), idsOf(here, there))
	}
	nodes := nodesOf(l.links(along(w.Article, in(diplomacy.KindEvidence)))[0])
	equal(b, "the source leads to the canonical one", slices.Contains(nodes, third.ID), false)
	b.retract(j.ID)
	guests.Where = store.LinkFilter{}
	equal(b, "undone", b.whoever().links(guests)[0], before)
}

// eitherDate has participations in two records of one event that differ in their
// date, by which the links are ordered.
func eitherDate(b *bed) {
	w := Seed(b, b.store)
	again := event("again", "2021")
	b.put(again)
	twice := statement(diplomacy.ParticipatedIn, w.Bob, again, "")
	twice.OnBehalfOf = w.Borduria.ID
	b.put(twice)
	b.judge(w.Talks, again, "SAME")
	l := b.whoever()
	for what, q := range map[string]store.LinkQuery{
		"from the subject":   along(w.Bob, out(diplomacy.ParticipatedIn)),
		"from behind it":     along(w.Borduria, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}),
		"from the same, too": along(w.Bob, out(diplomacy.ParticipatedIn), store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}),
	} {
		equal(b, what, viasOf(l.links(q)[0]), idsOf(w.BobAtTalks))
	}
	equal(b, "from the event", viasOf(l.links(along(again, in(diplomacy.ParticipatedIn)))[0]), idsOf(w.AnnAtTalks, w.BobAtTalks))
	b.judge(w.Borduria, w.Avalon, "SAME")
	equal(b, "ranks apart", len(b.whoever().same(twice.ID)), 2)
}

func intoItself(b *bed) {
	w := Seed(b, b.store)
	j := b.judge(w.Avalon, w.Borduria, "SAME")
	heir := statement(diplomacy.Succeeds, w.Borduria, w.Avalon, "")
	b.put(heir)
	l := b.whoever()
	equal(b, "symmetric", viasOf(l.links(along(w.Borduria, out(diplomacy.HasRelationsWith)))[0]), idsOf(w.Relations))
	equal(b, "judgement", viasOf(l.links(along(w.Borduria, out(diplomacy.KindJudgement)))[0]), idsOf(j))
	equal(b, "from both ends", viasOf(l.links(along(w.Borduria, out(diplomacy.Succeeds), in(diplomacy.Succeeds)))[0]), idsOf(heir, heir))
	equal(b, "node", nodesOf(l.links(along(w.Avalon, out(diplomacy.Succeeds)))[0]), idsOf(w.Avalon))
}

// distinctGroups has links to two records of one event, between which lies one to
// another event of the same time.
func distinctGroups(b *bed) {
	w := Seed(b, b.store)
	lunch, again := event("lunch", "2019-06-02"), event("again", "2019-06-02")
	b.put(lunch, again)
	var vias []diplomacy.Record
	for _, e := range []*diplomacy.Event{lunch, again} {
		s := statement(diplomacy.ParticipatedIn, w.Bob, e, "")
		b.put(s)
		vias = append(vias, s)
	}
	j := b.judge(w.Talks, again, "SAME")
	q := along(w.Bob, out(diplomacy.ParticipatedIn))
	q.Distinct = true
	for descending, want := range map[bool][]diplomacy.ID{false: idsOf[diplomacy.Record](w.BobAtTalks, vias[0]), true: idsOf(vias[1], vias[0])} {
		q.Descending = descending
		for size := 1; size < 4; size++ {
			equal(b, "forwards", idsAt(b.whoever().linkRoll(q).walk(b, size, false)), want)
			equal(b, "backwards", idsAt(b.whoever().linkRoll(q).walk(b, size, true)), want)
		}
		equal(b, "count", b.whoever().countLinks(q)[0], store.Count{N: 2})
	}
	b.retract(j.ID)
	equal(b, "undone", b.whoever().countLinks(q)[0], store.Count{N: 3})
}

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

func facetsOfCanonical(b *bed) {
	w := Seed(b, b.store)
	visit := event("visit", "2019-06-02")
	visit.Type = "VISIT"
	b.put(visit)
	s := statement(diplomacy.ParticipatedIn, w.Anne, visit, "")
	b.put(s)
	b.judge(w.Talks, visit, "SAME")
	q := along(w.Anne, out(diplomacy.ParticipatedIn))
	link := b.whoever().links(q)[0].Links[0]
	equal(b, "facets", link.Facets, w.Talks.Facets())
	equal(b, "node and via", idsAt([]stop{{link.Node, ""}, {link.Via, ""}}), idsOf[diplomacy.Record](w.Talks, s))
	q.Where.Facets = facet(diplomacy.FacetKind, "MEETING")
	equal(b, "a filter", b.whoever().countLinks(q)[0], store.Count{N: 1})
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
