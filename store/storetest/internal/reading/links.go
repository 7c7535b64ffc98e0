package reading

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var links = testbed.Theme{Name: "links", Trials: []testbed.Trial{
	{Name: "a statement is seen from both ends", Run: bothEnds},
	{Name: "a symmetric one is seen out of both", Run: symmetricEnds},
	{Name: "behalf and capacity lead to the object", Run: behalfAndCapacity},
	{Name: "evidence and judgements are links", Run: overlays},
	{Name: "a link tells of its statement and node", Run: linkTells},
	{Name: "time, node and via order", Run: linkOrder},
	{Name: "arcs merge into one order", Run: mergedArcs},
	{Name: "an answer for each id", Run: answerEach},
	{Name: "dates follow the event", Run: datesFollow},
	{Name: "a retracted statement is no link", Run: retractedLink},
}}

func viasOf(page store.LinkPage) []diplomacy.ID {
	var ids []diplomacy.ID
	for _, l := range page.Links {
		ids = append(ids, l.Via)
	}
	return ids
}

func bothEnds(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	testbed.LeadsTo(b, w.Ann, testbed.Out(diplomacy.HoldsOffice), w.Minister)
	testbed.LeadsTo(b, w.Minister, testbed.In(diplomacy.HoldsOffice), w.Ann)
	testbed.LeadsTo(b, w.Ann, testbed.In(diplomacy.HoldsOffice))
	testbed.LeadsTo(b, w.Minister, testbed.Out(diplomacy.HoldsOffice))
	testbed.LeadsTo(b, w.Bob, testbed.Out(diplomacy.HoldsOffice))
	testbed.LeadsTo(b, w.Talks, testbed.Out(diplomacy.OnMarginsOf), w.Summit)
	testbed.LeadsTo(b, w.Summit, testbed.In(diplomacy.OnMarginsOf), w.Talks)
	testbed.LeadsTo(b, w.Ann, testbed.Out(diplomacy.KindPerson))
}

func symmetricEnds(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	for _, d := range []store.Direction{store.In, store.Behalf, store.Capacity} {
		testbed.LeadsTo(b, w.Avalon, store.Arc{Kind: diplomacy.HasRelationsWith, Direction: d})
		testbed.LeadsTo(b, w.Borduria, store.Arc{Kind: diplomacy.HasRelationsWith, Direction: d})
	}
	testbed.LeadsTo(b, w.Avalon, testbed.Out(diplomacy.HasRelationsWith), w.Borduria)
	testbed.LeadsTo(b, w.Borduria, testbed.Out(diplomacy.HasRelationsWith), w.Avalon)
}

func behalfAndCapacity(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	behalf := store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}
	testbed.LeadsTo(b, w.Avalon, behalf, w.Summit, w.Talks)
	testbed.LeadsTo(b, w.Borduria, behalf, w.Talks)
	testbed.LeadsTo(b, w.Ann, behalf)
	forWhom := store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.ForWhom}
	testbed.LeadsTo(b, w.Summit, forWhom, w.Avalon)
	testbed.LeadsTo(b, w.Talks, forWhom, w.Avalon, w.Borduria)
	testbed.LeadsTo(b, w.Treaty, store.Arc{Kind: diplomacy.Signed, Direction: store.ForWhom})
	testbed.LeadsTo(b, w.Minister, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Capacity}, w.Summit)
	testbed.LeadsTo(b, w.Minister, store.Arc{Kind: diplomacy.Signed, Direction: store.Capacity}, w.Treaty)
	w.AnnAtTalks.OnBehalfOf = w.Borduria.ID
	w.AnnAtSummit.OnBehalfOf, w.AnnAtSummit.InCapacityOf = 0, 0
	b.Put(w.AnnAtTalks, w.AnnAtSummit)
	testbed.LeadsTo(b, w.Avalon, behalf)
	testbed.LeadsTo(b, w.Borduria, behalf, w.Talks, w.Talks)
	testbed.LeadsTo(b, w.Talks, forWhom, w.Borduria, w.Borduria)
	testbed.LeadsTo(b, w.Summit, forWhom)
	testbed.LeadsTo(b, w.Minister, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Capacity})
}

func overlays(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ofEvidence := store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Behalf}
	testbed.LeadsTo(b, w.Tenure, testbed.Out(diplomacy.KindEvidence), w.Article)
	testbed.LeadsTo(b, w.Talks, testbed.Out(diplomacy.KindEvidence), w.Article)
	testbed.LeadsTo(b, w.Ministry, ofEvidence, w.Tenure)
	page := b.Now().Links(testbed.Along(w.Article, testbed.In(diplomacy.KindEvidence)))[0]
	got := testbed.NodesOf(page)
	slices.Sort(got)
	testbed.Equal(b, "what the article backs", got, []diplomacy.ID{w.Talks.ID, w.Tenure.ID})
	testbed.LeadsTo(b, w.Ann, testbed.Out(diplomacy.KindJudgement), w.Anne)
	testbed.LeadsTo(b, w.Anne, testbed.Out(diplomacy.KindJudgement), w.Ann)
	testbed.LeadsTo(b, w.Anne, testbed.In(diplomacy.KindJudgement))
	w.OfTenure.Source, w.OfTenure.AttributedTo = b.AnotherSource().ID, w.Avalon.ID
	b.Put(w.OfTenure)
	testbed.LeadsTo(b, w.Article, testbed.In(diplomacy.KindEvidence), w.Talks)
	testbed.LeadsTo(b, w.Ministry, ofEvidence)
	testbed.LeadsTo(b, w.Avalon, ofEvidence, w.Tenure)
}

func linkTells(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	got := b.Now().Links(testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn), testbed.Out(diplomacy.HoldsOffice)))[0].Links
	want := []store.Link{
		{
			Via: w.Tenure.ID, Arc: testbed.Out(diplomacy.HoldsOffice), Node: w.Minister.ID, Span: testbed.EDTF("2016-05/..").Span(),
			Role: "SUBSTANTIVE", Rank: "NORMAL", Facets: diplomacy.Facets{"MINISTER"},
		},
		{
			Via: w.AnnAtSummit.ID, Arc: testbed.Out(diplomacy.ParticipatedIn), Node: w.Summit.ID, Span: w.Summit.Date.Span(),
			Role: "SPEAKER", Rank: "NORMAL", Facets: w.Summit.Facets(),
		},
		{
			Via: w.AnnAtTalks.ID, Arc: testbed.Out(diplomacy.ParticipatedIn), Node: w.Talks.ID, Span: w.Talks.Date.Span(),
			Role: "PARTICIPANT", Rank: "NORMAL", Facets: w.Talks.Facets(),
		},
	}
	testbed.Equal(b, "links", got, want)
	back := b.Now().Links(testbed.Along(w.Minister, testbed.In(diplomacy.HoldsOffice)))[0].Links[0]
	testbed.Equal(b, "facets of a person", back.Facets, diplomacy.Facets{})
}
