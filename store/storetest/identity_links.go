package storetest

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

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
