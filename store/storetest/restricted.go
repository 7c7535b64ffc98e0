package storetest

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

var restricted = theme{"restricted", []trial{
	{"a source with all that rests on it", embargo},
	{"a statement with its evidence", secretStatement},
	{"what is restricted now is so in the past", embargoOfPast},
	{"lifted, it is there again", lifted},
	{"retracted while restricted, it stays so", retractedRestricted},
	{"retracted before its source was restricted", retractedBefore},
	{"transactions tell nothing of it", blankTransactions},
	{"it makes nothing canonical", nothingCanonical},
	{"counters leave it out", countersLeaveOut},
	{"evidence that rested on it", movedEvidence},
	{"evidence that came to rest on it and left", wanderedEvidence},
	{"what was reverted or left unsourced", blankReverts},
}}

// gone ends the test unless a view has nothing of some records.
func gone(b *bed, l look, records ...diplomacy.Record) {
	b.Helper()
	ids := idsOf(records...)
	for i, r := range l.records(ids...) {
		if r != nil || len(l.versions(ids[i])) > 0 || len(l.same(ids[i])) > 0 {
			b.Errorf("%s %s shows", records[i].Kind(), ids[i])
		}
	}
	for _, page := range l.links(store.LinkQuery{Of: ids, Along: arcs, Page: whole}) {
		equal(b, "its links", page.Links, []store.Link{})
	}
	for _, id := range l.find(keysOf(records)...) {
		equal(b, "found by key", id, diplomacy.ID(0))
	}
	for n := diplomacy.TxNumber(1); n <= l.reader.Revision(); n++ {
		for _, c := range l.changes(n) {
			if slices.Contains(ids, c.Record) {
				b.Errorf("transaction %d tells that it %s %s", n, c.Action, c.Record)
			}
		}
	}
}

// leaked is a world with a source of which only some may know, and all that
// rests on it.
type leaked struct {
	*World
	cable                          *diplomacy.Source
	issued, discussed              *diplomacy.Statement
	ofIssued, ofAnn, ofCable, open *diplomacy.Evidence // the first backed by the open article
	twin                           *diplomacy.Judgement
}

func (l *leaked) all() []diplomacy.Record {
	return []diplomacy.Record{l.cable, l.issued, l.discussed, l.ofIssued, l.ofAnn, l.ofCable, l.twin}
}

func leak(b *bed) *leaked {
	w := &leaked{World: Seed(b, b.store), cable: source("cable")}
	w.cable.Identifiers = []diplomacy.Identifier{{Scheme: "wikileaks", Value: "7"}}
	b.put(w.cable)
	w.issued = statement(diplomacy.IssuedBy, w.cable, w.Ministry, "")
	w.discussed = statement(diplomacy.Discussed, w.Talks, w.cable, "")
	b.put(w.issued, w.discussed)
	w.ofIssued, w.ofAnn = evidence(w.issued, w.Article), evidence(w.Ann, w.cable)
	w.ofCable, w.open = evidence(w.cable, w.Article), evidence(w.Ann, w.Article)
	w.twin = judgement(w.Article, w.cable, "UNSURE")
	b.put(w.ofIssued, w.ofAnn, w.ofCable, w.open, w.twin)
	return w
}

func (l *leaked) restrict(b *bed, restricted bool) diplomacy.Transaction {
	l.cable.Restricted = restricted
	return b.put(l.cable)
}

func embargo(b *bed) {
	w := leak(b)
	w.restrict(b, true)
	for _, apart := range []bool{false, true} {
		l := b.seen(store.View{Apart: apart})
		gone(b, l, w.all()...)
		equal(b, "evidence", viasOf(l.links(along(w.Ann, out(diplomacy.KindEvidence)))[0]), idsOf(w.open))
		equal(b, "count of it", l.countLinks(along(w.Ann, out(diplomacy.KindEvidence)))[0], store.Count{N: 1})
		equal(b, "publications", l.countLinks(along(w.Ministry, in(diplomacy.IssuedBy)))[0], store.Count{})
		equal(b, "topics", l.countLinks(along(w.Talks, out(diplomacy.Discussed)))[0], store.Count{})
		q := store.ListQuery{Kind: diplomacy.KindSource, Page: whole}
		equal(b, "sources", idsAt(l.listRoll(q).all()), idsOf(w.Article))
		equal(b, "count of sources", l.countList(q), store.Count{N: 1})
	}
	for _, r := range b.seen(store.View{Restricted: true}).records(idsOf(w.all()...)...) {
		equal(b, "an editor sees it", r != nil, true)
	}
	_, err := b.write(func(writer store.Writer) error {
		equal(b, "a writer sees it", look{b, writer}.record(w.cable.ID) != nil, true)
		return nil
	})
	must(b, err, "write")
}

func secretStatement(b *bed) {
	w := Seed(b, b.store)
	w.Tenure.Restricted = true
	b.put(w.Tenure)
	gone(b, b.whoever(), w.Tenure, w.OfTenure)
	equal(b, "what it is not about", b.whoever().record(w.OfTalks.ID) != nil, true)
	equal(b, "it says the same", b.now().record(w.Tenure.ID).(*diplomacy.Statement).ValueSince, diplomacy.TxNumber(1))
	late := evidence(w.Tenure, w.Article)
	b.put(late)
	gone(b, b.whoever(), late)
	w.Tenure.Restricted = false
	b.put(w.Tenure)
	equal(b, "lifted", viasOf(b.whoever().links(along(w.Tenure, out(diplomacy.KindEvidence)))[0]), idsOf(w.OfTenure, late))
}

func embargoOfPast(b *bed) {
	w := leak(b)
	before := b.now().reader.Revision()
	held := b.whoever()
	w.restrict(b, true)
	gone(b, b.seen(store.View{Known: before}), w.all()...)
	equal(b, "a snapshot from before", held.record(w.cable.ID) != nil, true)
	equal(b, "count in the past", b.seen(store.View{Known: before}).countLinks(along(w.Ann, out(diplomacy.KindEvidence)))[0], store.Count{N: 1})
}

func lifted(b *bed) {
	w := leak(b)
	ids, keys := idsOf(append(w.Records(), w.all()...)...), keysOf(append(w.Entities(), w.cable))
	before := b.whoever().observe(ids, keys)
	during := w.restrict(b, true).Number
	w.restrict(b, false)
	after := b.seen(store.View{Known: before.Revision}).observe(ids, keys)
	equal(b, "the same state", after, before)
	equal(b, "while it was restricted", b.seen(store.View{Known: during}).record(w.ofIssued.ID) != nil, true)
	equal(b, "and now", viasOf(b.whoever().links(along(w.Ministry, in(diplomacy.IssuedBy)))[0]), idsOf(w.issued))
}

func retractedRestricted(b *bed) {
	w := leak(b)
	before := b.now().reader.Revision()
	w.restrict(b, true)
	b.retract(w.ofAnn.ID, w.issued.ID) // with the evidence about it
	w.restrict(b, false)
	for _, known := range []diplomacy.TxNumber{0, before} {
		gone(b, b.seen(store.View{Known: known}), w.ofAnn, w.issued, w.ofIssued)
	}
	equal(b, "what was not retracted", b.seen(store.View{Known: before}).record(w.discussed.ID) != nil, true)
	w.restrict(b, true)
	b.retract(w.discussed.ID, w.ofCable.ID, w.twin.ID, w.cable.ID)
	gone(b, b.seen(store.View{Known: before}), w.all()...)
}

func retractedBefore(b *bed) {
	w := leak(b)
	before := b.now().reader.Revision()
	b.retract(w.ofAnn.ID, w.issued.ID)
	equal(b, "not restricted yet", b.seen(store.View{Known: before}).record(w.ofIssued.ID) != nil, true)
	w.restrict(b, true)
	gone(b, b.seen(store.View{Known: before}), w.all()...)
}

func blankTransactions(b *bed) {
	w := leak(b)
	with := b.put(person("carol"), evidence(w.Bob, w.cable), evidence(w.Bob, w.Article))
	set := w.restrict(b, true)
	got := b.whoever().transactions(with.Number, set.Number, 1)
	equal(b, "partly hidden", got[0], &diplomacy.Transaction{Number: with.Number, Time: with.Time, Changes: 2})
	equal(b, "hidden", got[1], &diplomacy.Transaction{Number: set.Number, Time: set.Time})
	equal(b, "open", got[2].Author, "seed")
	equal(b, "changes", len(b.whoever().changes(with.Number)), 2)
	page, err := b.whoever().reader.Changes(background, with.Number, 1, 5)
	must(b, err, "changes")
	equal(b, "after one", page, b.whoever().changes(with.Number)[1:])
	equal(b, "to an editor", b.now().transactions(with.Number)[0], &with)
}

// nothingCanonical: a hidden statement does not stand for others, nor does a
// hidden source join two.
func nothingCanonical(b *bed) {
	w := leak(b)
	paper := source("paper")
	b.put(paper)
	w.twin.Verdict = "SAME"
	b.put(w.twin, judgement(w.cable, paper, "SAME"))
	equal(b, "joined by the cable", b.whoever().same(paper.ID), idsOf(w.Article, w.cable, paper))
	later := statement(diplomacy.HoldsOffice, w.Anne, w.Minister, "2016-05/..")
	later.StartMode = "APPOINTED"
	b.put(later)
	b.judge(w.Ann, w.Anne, "SAME")
	equal(b, "one tenure", b.whoever().record(later.ID).Header().ID, w.Tenure.ID)
	w.restrict(b, true)
	w.Tenure.Restricted = true
	b.put(w.Tenure)
	l := b.whoever()
	equal(b, "the cable joins nothing", l.same(paper.ID), idsOf(paper))
	equal(b, "the other tenure", l.record(later.ID).Header().ID, later.ID)
	equal(b, "shown", viasOf(l.links(along(w.Minister, in(diplomacy.HoldsOffice)))[0]), idsOf(later))
	gone(b, l, w.Tenure)
}

func countersLeaveOut(b *bed) {
	w := leak(b)
	var more []diplomacy.Record
	for range store.CountCap + 5 {
		more = append(more, evidence(w.Talks, w.Article))
	}
	b.put(append(more, evidence(w.Talks, w.cable))...)
	w.restrict(b, true)
	got := b.whoever().countLinks(along(w.Talks, out(diplomacy.KindEvidence)))[0]
	equal(b, "count", got, store.Count{N: store.CountCap + 6}) // the seed has one
}
