package storetest

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// datesInOrder are groups of dates that begin alike, the earliest first.
var datesInOrder = [][]string{
	{"", "../2018-03", "/2018"},
	{"-4712"}, {"-0043-03-15"}, {"-0043-03-16"}, {"0000"}, {"0001-01-01"},
	{"1969-12-31"}, {"1970"}, {"1970-01-01T00:00:01Z"}, {"201X"},
	{"2018", "2018-01-01", "2018-01?/..", "2018-33"}, {"2018-01-02"}, {"9999-12-31"},
}

// datedEvents puts an event for each date and gives them in the order of their
// dates; the ids are in another.
func datedEvents(b *bed) []*diplomacy.Event {
	var events []*diplomacy.Event
	for i, group := range slices.Backward(datesInOrder) {
		var alike []*diplomacy.Event
		for j, date := range group {
			e := event(slugOf(uint64(10*i+j)), date)
			b.put(e)
			alike = append(alike, e)
		}
		events = append(alike, events...)
	}
	return events
}

func linkOrder(b *bed) {
	ann := person("ann")
	b.put(ann)
	events := datedEvents(b)
	var want, second []*diplomacy.Statement
	for _, e := range events {
		want = append(want, statement(diplomacy.ParticipatedIn, ann, e, ""))
		second = append(second, statement(diplomacy.ParticipatedIn, ann, e, ""))
	}
	for _, s := range slices.Backward(want) {
		b.put(s)
	}
	for i, s := range second {
		b.put(s)
		want = slices.Insert(want, 2*i+1, s)
	}
	q := along(ann, out(diplomacy.ParticipatedIn))
	equal(b, "ascending", viasOf(b.now().links(q)[0]), idsOf(want...))
	q.Descending = true
	slices.Reverse(want)
	equal(b, "descending", viasOf(b.now().links(q)[0]), idsOf(want...))
}

func mergedArcs(b *bed) {
	w := Seed(b, b.store)
	q := along(w.Avalon,
		store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf},
		in(diplomacy.ReportedBy), out(diplomacy.MemberOf), out(diplomacy.HasRelationsWith))
	want := []diplomacy.ID{w.Relations.ID, w.Membership.ID, w.Reporter.ID, w.AnnAtSummit.ID, w.AnnAtTalks.ID}
	equal(b, "merged", viasOf(b.now().links(q)[0]), want)
	equal(b, "count", b.now().countLinks(q)[0], store.Count{N: 5})
	slices.Reverse(q.Along)
	q.Descending = true
	slices.Reverse(want)
	equal(b, "merged, descending", viasOf(b.now().links(q)[0]), want)
}

func answerEach(b *bed) {
	w := Seed(b, b.store)
	q := along(w.Ann, out(diplomacy.ParticipatedIn))
	q.Of = []diplomacy.ID{w.Bob.ID, w.Water.ID, w.Ann.ID, 0, diplomacy.MakeID(diplomacy.KindPerson, 1), w.Bob.ID}
	var numbers []int
	for _, page := range b.now().links(q) {
		numbers = append(numbers, len(page.Links))
		equal(b, "flags", page.Flags, store.Flags{})
	}
	equal(b, "numbers of links", numbers, []int{1, 0, 2, 0, 0, 1})
	var counted []int
	for _, c := range b.now().countLinks(q) {
		counted = append(counted, c.N)
	}
	equal(b, "counts", counted, numbers)
	q.Along = nil
	equal(b, "links along nothing", b.now().links(q), make([]store.LinkPage, 6))
	q.Of = nil
	equal(b, "links of nothing", len(b.now().links(q)), 0)
}

func datesFollow(b *bed) {
	w := Seed(b, b.store)
	q := along(w.Ann, out(diplomacy.ParticipatedIn))
	seeded := b.now().reader.Revision()
	equal(b, "summit first", nodesOf(b.now().links(q)[0]), []diplomacy.ID{w.Summit.ID, w.Talks.ID})
	w.Talks.Date, w.Talks.Medium = edtf("2019-05-31"), "VIDEO"
	b.put(w.Talks)
	moved := b.now().links(q)[0]
	equal(b, "talks first", nodesOf(moved), []diplomacy.ID{w.Talks.ID, w.Summit.ID})
	equal(b, "their facets", moved.Links[0].Facets, w.Talks.Facets())
	equal(b, "their span", moved.Links[0].Span, w.Talks.Date.Span())
	w.AnnAtTalks.Valid = edtf("2019-06-04")
	b.put(w.AnnAtTalks)
	w.Talks.Date = edtf("2001")
	b.put(w.Talks)
	own := b.now().links(q)[0]
	equal(b, "own time first", nodesOf(own), []diplomacy.ID{w.Summit.ID, w.Talks.ID})
	equal(b, "own span", own.Links[1].Span, w.AnnAtTalks.Valid.Span())
	equal(b, "bob's span", b.now().links(along(w.Bob, q.Along...))[0].Links[0].Span, edtf("2001").Span())
	w.Talks.Date = edtf("2001/2003")
	b.put(w.Talks)
	equal(b, "bob's span, begun alike", b.now().links(along(w.Bob, q.Along...))[0].Links[0].Span, edtf("2001/2003").Span())
	equal(b, "margins' span", b.now().links(along(w.Summit, in(diplomacy.OnMarginsOf)))[0].Links[0].Span, edtf("2001/2003").Span())
	equal(b, "as it was", nodesOf(b.at(seeded).links(q)[0]), []diplomacy.ID{w.Summit.ID, w.Talks.ID})
}

func retractedLink(b *bed) {
	w := Seed(b, b.store)
	b.retract(w.AnnAtTalks.ID, w.Relations.ID, w.Twins.ID)
	leads(b, w.Ann, out(diplomacy.ParticipatedIn), w.Summit)
	leads(b, w.Talks, in(diplomacy.ParticipatedIn), w.Bob)
	leads(b, w.Avalon, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}, w.Summit)
	leads(b, w.Borduria, out(diplomacy.HasRelationsWith))
	leads(b, w.Anne, out(diplomacy.KindJudgement))
}
