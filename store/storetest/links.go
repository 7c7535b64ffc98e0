package storetest

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

var links = theme{"links", []trial{
	{"a statement is seen from both ends", bothEnds},
	{"a symmetric one is seen out of both", symmetricEnds},
	{"behalf and capacity lead to the object", behalfAndCapacity},
	{"evidence and judgements are links", overlays},
	{"a link tells of its statement and node", linkTells},
	{"time, node and via order", linkOrder},
	{"arcs merge into one order", mergedArcs},
	{"an answer for each id", answerEach},
	{"dates follow the event", datesFollow},
	{"a retracted statement is no link", retractedLink},
}}

func nodesOf(page store.LinkPage) []diplomacy.ID {
	var ids []diplomacy.ID
	for _, l := range page.Links {
		ids = append(ids, l.Node)
	}
	return ids
}

func viasOf(page store.LinkPage) []diplomacy.ID {
	var ids []diplomacy.ID
	for _, l := range page.Links {
		ids = append(ids, l.Via)
	}
	return ids
}

// leads ends the test unless the arc leads from a record to just these.
func leads(b *bed, from diplomacy.Record, arc store.Arc, to ...diplomacy.Record) {
	b.Helper()
	page := b.now().links(along(from, arc))[0]
	equal(b, "where the arc leads", nodesOf(page), idsOf(to...))
	equal(b, "how many it leads to", b.now().countLinks(along(from, arc))[0], store.Count{N: len(to)})
}

func bothEnds(b *bed) {
	w := Seed(b, b.store)
	leads(b, w.Ann, out(diplomacy.HoldsOffice), w.Minister)
	leads(b, w.Minister, in(diplomacy.HoldsOffice), w.Ann)
	leads(b, w.Ann, in(diplomacy.HoldsOffice))
	leads(b, w.Minister, out(diplomacy.HoldsOffice))
	leads(b, w.Bob, out(diplomacy.HoldsOffice))
	leads(b, w.Talks, out(diplomacy.OnMarginsOf), w.Summit)
	leads(b, w.Summit, in(diplomacy.OnMarginsOf), w.Talks)
	leads(b, w.Ann, out(diplomacy.KindPerson))
}

func symmetricEnds(b *bed) {
	w := Seed(b, b.store)
	for _, d := range []store.Direction{store.In, store.Behalf, store.Capacity} {
		leads(b, w.Avalon, store.Arc{Kind: diplomacy.HasRelationsWith, Direction: d})
		leads(b, w.Borduria, store.Arc{Kind: diplomacy.HasRelationsWith, Direction: d})
	}
	leads(b, w.Avalon, out(diplomacy.HasRelationsWith), w.Borduria)
	leads(b, w.Borduria, out(diplomacy.HasRelationsWith), w.Avalon)
}

func behalfAndCapacity(b *bed) {
	w := Seed(b, b.store)
	behalf := store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}
	leads(b, w.Avalon, behalf, w.Summit, w.Talks)
	leads(b, w.Borduria, behalf, w.Talks)
	leads(b, w.Ann, behalf)
	forWhom := store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.ForWhom}
	leads(b, w.Summit, forWhom, w.Avalon)
	leads(b, w.Talks, forWhom, w.Avalon, w.Borduria)
	leads(b, w.Treaty, store.Arc{Kind: diplomacy.Signed, Direction: store.ForWhom})
	leads(b, w.Minister, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Capacity}, w.Summit)
	leads(b, w.Minister, store.Arc{Kind: diplomacy.Signed, Direction: store.Capacity}, w.Treaty)
	w.AnnAtTalks.OnBehalfOf = w.Borduria.ID
	w.AnnAtSummit.OnBehalfOf, w.AnnAtSummit.InCapacityOf = 0, 0
	b.put(w.AnnAtTalks, w.AnnAtSummit)
	leads(b, w.Avalon, behalf)
	leads(b, w.Borduria, behalf, w.Talks, w.Talks)
	leads(b, w.Talks, forWhom, w.Borduria, w.Borduria)
	leads(b, w.Summit, forWhom)
	leads(b, w.Minister, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Capacity})
}

func overlays(b *bed) {
	w := Seed(b, b.store)
	ofEvidence := store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Behalf}
	leads(b, w.Tenure, out(diplomacy.KindEvidence), w.Article)
	leads(b, w.Talks, out(diplomacy.KindEvidence), w.Article)
	leads(b, w.Ministry, ofEvidence, w.Tenure)
	page := b.now().links(along(w.Article, in(diplomacy.KindEvidence)))[0]
	got := nodesOf(page)
	slices.Sort(got)
	equal(b, "what the article backs", got, []diplomacy.ID{w.Talks.ID, w.Tenure.ID})
	leads(b, w.Ann, out(diplomacy.KindJudgement), w.Anne)
	leads(b, w.Anne, out(diplomacy.KindJudgement), w.Ann)
	leads(b, w.Anne, in(diplomacy.KindJudgement))
	w.OfTenure.Source, w.OfTenure.AttributedTo = b.anotherSource().ID, w.Avalon.ID
	b.put(w.OfTenure)
	leads(b, w.Article, in(diplomacy.KindEvidence), w.Talks)
	leads(b, w.Ministry, ofEvidence)
	leads(b, w.Avalon, ofEvidence, w.Tenure)
}

func (b *bed) anotherSource() *diplomacy.Source {
	s := source("another")
	b.put(s)
	return s
}

func linkTells(b *bed) {
	w := Seed(b, b.store)
	got := b.now().links(along(w.Ann, out(diplomacy.ParticipatedIn), out(diplomacy.HoldsOffice)))[0].Links
	want := []store.Link{
		{
			Via: w.Tenure.ID, Arc: out(diplomacy.HoldsOffice), Node: w.Minister.ID, Span: edtf("2016-05/..").Span(),
			Role: "SUBSTANTIVE", Rank: "NORMAL", Facets: diplomacy.Facets{"MINISTER"},
		},
		{
			Via: w.AnnAtSummit.ID, Arc: out(diplomacy.ParticipatedIn), Node: w.Summit.ID, Span: w.Summit.Date.Span(),
			Role: "SPEAKER", Rank: "NORMAL", Facets: w.Summit.Facets(),
		},
		{
			Via: w.AnnAtTalks.ID, Arc: out(diplomacy.ParticipatedIn), Node: w.Talks.ID, Span: w.Talks.Date.Span(),
			Role: "PARTICIPANT", Rank: "NORMAL", Facets: w.Talks.Facets(),
		},
	}
	equal(b, "links", got, want)
	back := b.now().links(along(w.Minister, in(diplomacy.HoldsOffice)))[0].Links[0]
	equal(b, "facets of a person", back.Facets, diplomacy.Facets{})
}
