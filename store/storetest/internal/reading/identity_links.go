package reading

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

func linksOfGroup(b *testbed.Bed) {
	ann, anne := testbed.Person("ann"), testbed.Person("anne")
	b.Put(ann, anne)
	var want []diplomacy.Record
	for i, date := range []string{"", "2018", "2018-06", "2019", "2020", "2021"} {
		e := testbed.Event(testbed.SlugOf(uint64(i)), date)
		b.Put(e)
		s := testbed.Statement(diplomacy.ParticipatedIn, []diplomacy.Record{ann, anne}[i%2], e, "")
		b.Put(s)
		want = append(want, s)
	}
	b.Judge(ann, anne, "SAME")
	for _, of := range []diplomacy.Record{ann, anne} {
		q := testbed.Along(of, testbed.Out(diplomacy.ParticipatedIn))
		l := b.Public()
		all := l.LinkRoll(q).All()
		testbed.Equal(b, "links", testbed.IDsAt(all), testbed.IDsOf(want...))
		testbed.Equal(b, "count", l.CountLinks(q)[0], store.Count{N: len(want)})
		for size := 1; size < 4; size++ {
			testbed.Equal(b, "up", testbed.IDsAt(l.LinkRoll(q).Walk(b, size, false)), testbed.IDsOf(want...))
			testbed.Equal(b, "down", testbed.IDsAt(l.LinkRoll(q).Walk(b, size, true)), testbed.IDsOf(want...))
			l.LinkRoll(q).Window(b, all, 1, 5, size, size == 2)
		}
	}
	testbed.Equal(b, "apart", len(b.ReadIn(store.View{Apart: true}).Links(testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn)))[0].Links), 3)
}

func saidOnce(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	put := func(of *diplomacy.Person, rank, role diplomacy.Term) *diplomacy.Statement {
		s := testbed.Statement(diplomacy.ParticipatedIn, of, w.Summit, "")
		s.Rank, s.Role = rank, role
		b.Put(s)
		return s
	}
	second := put(w.Bob, "NORMAL", "HOST")
	third := put(w.Anne, "PREFERRED", "HOST")
	fourth := put(w.Bob, "DEPRECATED", "MEDIATOR")
	here, there := testbed.Evidence(second, w.Article), testbed.Evidence(third, w.Article)
	b.Put(here, there)
	guests := testbed.Along(w.Summit, testbed.In(diplomacy.ParticipatedIn))
	before := b.Public().Links(guests)[0]
	testbed.Equal(b, "before", len(before.Links), 4)
	j := b.Judge(w.Bob, w.Anne, "SAME")
	l := b.Public()
	testbed.Equal(b, "via", viasOf(l.Links(guests)[0]), testbed.IDsOf(w.AnnAtSummit, second, fourth))
	testbed.Equal(b, "nodes", testbed.NodesOf(l.Links(guests)[0]), testbed.IDsOf(w.Ann, w.Bob, w.Bob))
	testbed.Equal(b, "count", l.CountLinks(guests)[0], store.Count{N: 3})
	guests.Where.Nodes = testbed.IDsOf(w.Anne)
	testbed.Equal(b, "a test for a node", viasOf(l.Links(guests)[0]), testbed.IDsOf(second, fourth))
	guests.Where.Ranks = []diplomacy.Term{"PREFERRED"}
	testbed.Equal(b, "the canonical one is what passes", l.Links(guests)[0].Links, []store.Link{})
	testbed.Equal(b, "the canonical statement answers", l.Record(third.ID).Header().ID, second.ID)
	testbed.Equal(b, "the same statements", l.Same(third.ID), testbed.IDsOf(second, third))
	for _, of := range []*diplomacy.Statement{second, third} {
		testbed.Equal(b, "evidence of both", viasOf(l.Links(testbed.Along(of, testbed.Out(diplomacy.KindEvidence)))[0]), testbed.IDsOf(here, there))
	}
	nodes := testbed.NodesOf(l.Links(testbed.Along(w.Article, testbed.In(diplomacy.KindEvidence)))[0])
	testbed.Equal(b, "the source leads to the canonical one", slices.Contains(nodes, third.ID), false)
	b.Retract(j.ID)
	guests.Where = store.LinkFilter{}
	testbed.Equal(b, "undone", b.Public().Links(guests)[0], before)
}

func eitherDate(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	again := testbed.Event("again", "2021")
	b.Put(again)
	twice := testbed.Statement(diplomacy.ParticipatedIn, w.Bob, again, "")
	twice.OnBehalfOf = w.Borduria.ID
	b.Put(twice)
	b.Judge(w.Talks, again, "SAME")
	l := b.Public()
	for what, q := range map[string]store.LinkQuery{
		"from the subject":   testbed.Along(w.Bob, testbed.Out(diplomacy.ParticipatedIn)),
		"from behind it":     testbed.Along(w.Borduria, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}),
		"from the same, too": testbed.Along(w.Bob, testbed.Out(diplomacy.ParticipatedIn), store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}),
	} {
		testbed.Equal(b, what, viasOf(l.Links(q)[0]), testbed.IDsOf(w.BobAtTalks))
	}
	testbed.Equal(b, "from the event", viasOf(l.Links(testbed.Along(again, testbed.In(diplomacy.ParticipatedIn)))[0]), testbed.IDsOf(w.AnnAtTalks, w.BobAtTalks))
	b.Judge(w.Borduria, w.Avalon, "SAME")
	testbed.Equal(b, "ranks apart", len(b.Public().Same(twice.ID)), 2)
}

func intoItself(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	j := b.Judge(w.Avalon, w.Borduria, "SAME")
	heir := testbed.Statement(diplomacy.Succeeds, w.Borduria, w.Avalon, "")
	b.Put(heir)
	l := b.Public()
	testbed.Equal(b, "symmetric", viasOf(l.Links(testbed.Along(w.Borduria, testbed.Out(diplomacy.HasRelationsWith)))[0]), testbed.IDsOf(w.Relations))
	testbed.Equal(b, "judgement", viasOf(l.Links(testbed.Along(w.Borduria, testbed.Out(diplomacy.KindJudgement)))[0]), testbed.IDsOf(j))
	testbed.Equal(b, "from both ends", viasOf(l.Links(testbed.Along(w.Borduria, testbed.Out(diplomacy.Succeeds), testbed.In(diplomacy.Succeeds)))[0]), testbed.IDsOf(heir, heir))
	testbed.Equal(b, "node", testbed.NodesOf(l.Links(testbed.Along(w.Avalon, testbed.Out(diplomacy.Succeeds)))[0]), testbed.IDsOf(w.Avalon))
}

func distinctGroups(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	lunch, again := testbed.Event("lunch", "2019-06-02"), testbed.Event("again", "2019-06-02")
	b.Put(lunch, again)
	var vias []diplomacy.Record
	for _, e := range []*diplomacy.Event{lunch, again} {
		s := testbed.Statement(diplomacy.ParticipatedIn, w.Bob, e, "")
		b.Put(s)
		vias = append(vias, s)
	}
	j := b.Judge(w.Talks, again, "SAME")
	q := testbed.Along(w.Bob, testbed.Out(diplomacy.ParticipatedIn))
	q.Distinct = true
	for descending, want := range map[bool][]diplomacy.ID{false: testbed.IDsOf[diplomacy.Record](w.BobAtTalks, vias[0]), true: testbed.IDsOf(vias[1], vias[0])} {
		q.Descending = descending
		for size := 1; size < 4; size++ {
			testbed.Equal(b, "forwards", testbed.IDsAt(b.Public().LinkRoll(q).Walk(b, size, false)), want)
			testbed.Equal(b, "backwards", testbed.IDsAt(b.Public().LinkRoll(q).Walk(b, size, true)), want)
		}
		testbed.Equal(b, "count", b.Public().CountLinks(q)[0], store.Count{N: 2})
	}
	b.Retract(j.ID)
	testbed.Equal(b, "undone", b.Public().CountLinks(q)[0], store.Count{N: 3})
}

func facetsOfCanonical(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	visit := testbed.Event("visit", "2019-06-02")
	visit.Type = "VISIT"
	b.Put(visit)
	s := testbed.Statement(diplomacy.ParticipatedIn, w.Anne, visit, "")
	b.Put(s)
	b.Judge(w.Talks, visit, "SAME")
	q := testbed.Along(w.Anne, testbed.Out(diplomacy.ParticipatedIn))
	link := b.Public().Links(q)[0].Links[0]
	testbed.Equal(b, "facets", link.Facets, w.Talks.Facets())
	testbed.Equal(b, "node and via", testbed.IDsAt([]testbed.Stop{{ID: link.Node}, {ID: link.Via}}), testbed.IDsOf[diplomacy.Record](w.Talks, s))
	q.Where.Facets = testbed.Facet(diplomacy.FacetKind, "MEETING")
	testbed.Equal(b, "a filter", b.Public().CountLinks(q)[0], store.Count{N: 1})
}
