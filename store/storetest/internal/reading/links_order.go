package reading

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
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
func datedEvents(b *testbed.Bed) []*diplomacy.Event {
	var events []*diplomacy.Event
	for i, group := range slices.Backward(datesInOrder) {
		var alike []*diplomacy.Event
		for j, date := range group {
			e := testbed.Event(testbed.SlugOf(uint64(10*i+j)), date)
			b.Put(e)
			alike = append(alike, e)
		}
		events = append(alike, events...)
	}
	return events
}

func linkOrder(b *testbed.Bed) {
	ann := testbed.Person("ann")
	b.Put(ann)
	events := datedEvents(b)
	var want, second []*diplomacy.Statement
	for _, e := range events {
		want = append(want, testbed.Statement(diplomacy.ParticipatedIn, ann, e, ""))
		second = append(second, testbed.Statement(diplomacy.ParticipatedIn, ann, e, ""))
	}
	for _, s := range slices.Backward(want) {
		b.Put(s)
	}
	for i, s := range second {
		b.Put(s)
		want = slices.Insert(want, 2*i+1, s)
	}
	q := testbed.Along(ann, testbed.Out(diplomacy.ParticipatedIn))
	testbed.Equal(b, "ascending", viasOf(b.Now().Links(q)[0]), testbed.IDsOf(want...))
	q.Descending = true
	slices.Reverse(want)
	testbed.Equal(b, "descending", viasOf(b.Now().Links(q)[0]), testbed.IDsOf(want...))
}

func mergedArcs(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	q := testbed.Along(w.Avalon,
		store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf},
		testbed.In(diplomacy.ReportedBy), testbed.Out(diplomacy.MemberOf), testbed.Out(diplomacy.HasRelationsWith))
	want := []diplomacy.ID{w.Relations.ID, w.Membership.ID, w.Reporter.ID, w.AnnAtSummit.ID, w.AnnAtTalks.ID}
	testbed.Equal(b, "merged", viasOf(b.Now().Links(q)[0]), want)
	testbed.Equal(b, "count", b.Now().CountLinks(q)[0], store.Count{N: 5})
	slices.Reverse(q.Along)
	q.Descending = true
	slices.Reverse(want)
	testbed.Equal(b, "merged, descending", viasOf(b.Now().Links(q)[0]), want)
}

func answerEach(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	q := testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn))
	q.Of = []diplomacy.ID{w.Bob.ID, w.Water.ID, w.Ann.ID, 0, diplomacy.MakeID(diplomacy.KindPerson, 1), w.Bob.ID}
	var numbers []int
	for _, page := range b.Now().Links(q) {
		numbers = append(numbers, len(page.Links))
		testbed.Equal(b, "flags", page.Flags, store.Flags{})
	}
	testbed.Equal(b, "numbers of links", numbers, []int{1, 0, 2, 0, 0, 1})
	var counted []int
	for _, c := range b.Now().CountLinks(q) {
		counted = append(counted, c.N)
	}
	testbed.Equal(b, "counts", counted, numbers)
	q.Along = nil
	testbed.Equal(b, "links along nothing", b.Now().Links(q), make([]store.LinkPage, 6))
	q.Of = nil
	testbed.Equal(b, "links of nothing", len(b.Now().Links(q)), 0)
}

func datesFollow(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	q := testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn))
	seeded := b.Now().Reader.Revision()
	testbed.Equal(b, "summit first", testbed.NodesOf(b.Now().Links(q)[0]), []diplomacy.ID{w.Summit.ID, w.Talks.ID})
	w.Talks.Date, w.Talks.Medium = testbed.EDTF("2019-05-31"), "VIDEO"
	b.Put(w.Talks)
	moved := b.Now().Links(q)[0]
	testbed.Equal(b, "talks first", testbed.NodesOf(moved), []diplomacy.ID{w.Talks.ID, w.Summit.ID})
	testbed.Equal(b, "their facets", moved.Links[0].Facets, w.Talks.Facets())
	testbed.Equal(b, "their span", moved.Links[0].Span, w.Talks.Date.Span())
	w.AnnAtTalks.Valid = testbed.EDTF("2019-06-04")
	b.Put(w.AnnAtTalks)
	w.Talks.Date = testbed.EDTF("2001")
	b.Put(w.Talks)
	own := b.Now().Links(q)[0]
	testbed.Equal(b, "own time first", testbed.NodesOf(own), []diplomacy.ID{w.Summit.ID, w.Talks.ID})
	testbed.Equal(b, "own span", own.Links[1].Span, w.AnnAtTalks.Valid.Span())
	testbed.Equal(b, "bob's span", b.Now().Links(testbed.Along(w.Bob, q.Along...))[0].Links[0].Span, testbed.EDTF("2001").Span())
	w.Talks.Date = testbed.EDTF("2001/2003")
	b.Put(w.Talks)
	testbed.Equal(b, "bob's span, begun alike", b.Now().Links(testbed.Along(w.Bob, q.Along...))[0].Links[0].Span, testbed.EDTF("2001/2003").Span())
	testbed.Equal(b, "margins' span", b.Now().Links(testbed.Along(w.Summit, testbed.In(diplomacy.OnMarginsOf)))[0].Links[0].Span, testbed.EDTF("2001/2003").Span())
	testbed.Equal(b, "as it was", testbed.NodesOf(b.At(seeded).Links(q)[0]), []diplomacy.ID{w.Summit.ID, w.Talks.ID})
}

func retractedLink(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.AnnAtTalks.ID, w.Relations.ID, w.Twins.ID)
	testbed.LeadsTo(b, w.Ann, testbed.Out(diplomacy.ParticipatedIn), w.Summit)
	testbed.LeadsTo(b, w.Talks, testbed.In(diplomacy.ParticipatedIn), w.Bob)
	testbed.LeadsTo(b, w.Avalon, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}, w.Summit)
	testbed.LeadsTo(b, w.Borduria, testbed.Out(diplomacy.HasRelationsWith))
	testbed.LeadsTo(b, w.Anne, testbed.Out(diplomacy.KindJudgement))
}
