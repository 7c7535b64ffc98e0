package reading

import (
	"errors"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var restricted = testbed.Theme{Name: "restricted", Trials: []testbed.Trial{
	{Name: "a source with all that rests on it", Run: embargo},
	{Name: "a statement with its evidence", Run: secretStatement},
	{Name: "what is restricted now is so in the past", Run: embargoOfPast},
	{Name: "lifted, it is there again", Run: lifted},
	{Name: "retracted while restricted, it stays so", Run: retractedRestricted},
	{Name: "retracted before its source was restricted", Run: retractedBefore},
	{Name: "restricted after it was retracted", Run: restrictedLater},
	{Name: "transactions tell nothing of it", Run: blankTransactions},
	{Name: "transactions tell nothing of evidence that goes with a statement", Run: silentEvidence},
	{Name: "it makes nothing canonical", Run: nothingCanonical},
	{Name: "counters leave it out", Run: countersLeaveOut},
	{Name: "evidence that rested on it", Run: movedEvidence},
	{Name: "evidence that came to rest on it and left", Run: wanderedEvidence},
	{Name: "what was reverted or left unsourced", Run: blankReverts},
}, Needs: []testbed.Capability{testbed.Restriction}}

// gone ends the test unless a view has nothing of some records.
func gone(b *testbed.Bed, l testbed.MustReader, records ...diplomacy.Record) {
	b.Helper()
	ids := testbed.IDsOf(records...)
	for i, r := range l.Records(ids...) {
		if r != nil || len(l.Versions(ids[i])) > 0 || len(l.Same(ids[i])) > 0 {
			b.Errorf("%s %s shows", records[i].Kind(), ids[i])
		}
	}
	for _, page := range l.Links(store.LinkQuery{Of: ids, Along: testbed.Arcs, Page: testbed.Whole}) {
		testbed.Equal(b, "its links", page.Links, []store.Link{})
	}
	for _, id := range l.Find(testbed.KeysOf(records)...) {
		testbed.Equal(b, "found by key", id, diplomacy.ID(0))
	}
	for n := diplomacy.TxNumber(1); n <= l.Reader.Revision(); n++ {
		for _, c := range l.Changes(n) {
			if slices.Contains(ids, c.Record) {
				b.Errorf("transaction %d tells that it %s %s", n, c.Action, c.Record)
			}
		}
	}
}

// leaked is a world with a source of which only some may know, and all that
// rests on it.
type leaked struct {
	*testbed.World
	cable                          *diplomacy.Source
	issued, discussed              *diplomacy.Statement
	ofIssued, ofAnn, ofCable, open *diplomacy.Evidence // the first backed by the open article
	twin                           *diplomacy.Judgement
}

func (l *leaked) all() []diplomacy.Record {
	return []diplomacy.Record{l.cable, l.issued, l.discussed, l.ofIssued, l.ofAnn, l.ofCable, l.twin}
}

func leak(b *testbed.Bed) *leaked {
	w := &leaked{World: testbed.Seed(b, b.Store), cable: testbed.Source("cable")}
	w.cable.Identifiers = []diplomacy.Identifier{{Scheme: "wikileaks", Value: "7"}}
	b.Put(w.cable)
	w.issued = testbed.Statement(diplomacy.IssuedBy, w.cable, w.Ministry, "")
	w.discussed = testbed.Statement(diplomacy.Discussed, w.Talks, w.cable, "")
	b.Put(w.issued, w.discussed)
	w.ofIssued, w.ofAnn = testbed.Evidence(w.issued, w.Article), testbed.Evidence(w.Ann, w.cable)
	w.ofCable, w.open = testbed.Evidence(w.cable, w.Article), testbed.Evidence(w.Ann, w.Article)
	w.twin = testbed.Judgement(w.Article, w.cable, "UNSURE")
	b.Put(w.ofIssued, w.ofAnn, w.ofCable, w.open, w.twin)
	return w
}

func (l *leaked) restrict(b *testbed.Bed, restricted bool) diplomacy.Transaction {
	l.cable.Restricted = restricted
	return b.Put(l.cable)
}

func embargo(b *testbed.Bed) {
	w := leak(b)
	w.restrict(b, true)
	for _, apart := range []bool{false, true} {
		l := b.ReadIn(store.View{Apart: apart})
		gone(b, l, w.all()...)
		testbed.Equal(b, "evidence", viasOf(l.Links(testbed.Along(w.Ann, testbed.Out(diplomacy.KindEvidence)))[0]), testbed.IDsOf(w.open))
		testbed.Equal(b, "count of it", l.CountLinks(testbed.Along(w.Ann, testbed.Out(diplomacy.KindEvidence)))[0], store.Count{N: 1})
		testbed.Equal(b, "publications", l.CountLinks(testbed.Along(w.Ministry, testbed.In(diplomacy.IssuedBy)))[0], store.Count{})
		testbed.Equal(b, "topics", l.CountLinks(testbed.Along(w.Talks, testbed.Out(diplomacy.Discussed)))[0], store.Count{})
		q := store.ListQuery{Kind: diplomacy.KindSource, Page: testbed.Whole}
		testbed.Equal(b, "sources", testbed.IDsAt(l.ListRoll(q).All()), testbed.IDsOf(w.Article))
		testbed.Equal(b, "count of sources", l.CountList(q), store.Count{N: 1})
	}
	for _, r := range b.ReadIn(store.View{Restricted: true}).Records(testbed.IDsOf(w.all()...)...) {
		testbed.Equal(b, "an editor sees it", r != nil, true)
	}
	_, err := b.Write(func(writer store.Writer) error {
		testbed.Equal(b, "a writer sees it", testbed.MustReader{Tester: b, Reader: writer}.Record(w.cable.ID) != nil, true)
		return nil
	})
	testbed.Must(b, err, "write")
}

func secretStatement(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Tenure.Restricted = true
	b.Put(w.Tenure)
	gone(b, b.Public(), w.Tenure, w.OfTenure)
	testbed.Equal(b, "what it is not about", b.Public().Record(w.OfTalks.ID) != nil, true)
	testbed.Equal(b, "it says the same", b.Now().Record(w.Tenure.ID).(*diplomacy.Statement).ValueSince, diplomacy.TxNumber(1))
	late := testbed.Evidence(w.Tenure, w.Article)
	b.Put(late)
	gone(b, b.Public(), late)
	w.Tenure.Restricted = false
	b.Put(w.Tenure)
	testbed.Equal(b, "lifted", viasOf(b.Public().Links(testbed.Along(w.Tenure, testbed.Out(diplomacy.KindEvidence)))[0]), testbed.IDsOf(w.OfTenure, late))
}

func embargoOfPast(b *testbed.Bed) {
	w := leak(b)
	before := b.Now().Reader.Revision()
	held := b.Public()
	w.restrict(b, true)
	gone(b, b.ReadIn(store.View{Known: before}), w.all()...)
	testbed.Equal(b, "a snapshot from before", held.Record(w.cable.ID) != nil, true)
	testbed.Equal(b, "count in the past", b.ReadIn(store.View{Known: before}).CountLinks(testbed.Along(w.Ann, testbed.Out(diplomacy.KindEvidence)))[0], store.Count{N: 1})
}

func lifted(b *testbed.Bed) {
	w := leak(b)
	ids, keys := testbed.IDsOf(append(w.Records(), w.all()...)...), testbed.KeysOf(append(w.Entities(), w.cable))
	before := b.Public().Observe(ids, keys)
	during := w.restrict(b, true).Number
	w.restrict(b, false)
	after := b.ReadIn(store.View{Known: before.Revision}).Observe(ids, keys)
	testbed.Equal(b, "the same state", after, before)
	testbed.Equal(b, "while it was restricted", b.ReadIn(store.View{Known: during}).Record(w.ofIssued.ID) != nil, true)
	testbed.Equal(b, "and now", viasOf(b.Public().Links(testbed.Along(w.Ministry, testbed.In(diplomacy.IssuedBy)))[0]), testbed.IDsOf(w.issued))
}

func retractedRestricted(b *testbed.Bed) {
	w := leak(b)
	before := b.Now().Reader.Revision()
	w.restrict(b, true)
	b.Retract(w.ofAnn.ID, w.issued.ID) // with the evidence about it
	w.restrict(b, false)
	for _, known := range []diplomacy.TxNumber{0, before} {
		gone(b, b.ReadIn(store.View{Known: known}), w.ofAnn, w.issued, w.ofIssued)
	}
	testbed.Equal(b, "what was not retracted", b.ReadIn(store.View{Known: before}).Record(w.discussed.ID) != nil, true)
	w.restrict(b, true)
	b.Retract(w.discussed.ID, w.ofCable.ID, w.twin.ID, w.cable.ID)
	gone(b, b.ReadIn(store.View{Known: before}), w.all()...)
}

func retractedBefore(b *testbed.Bed) {
	w := leak(b)
	before := b.Now().Reader.Revision()
	b.Retract(w.ofAnn.ID, w.issued.ID)
	testbed.Equal(b, "not restricted yet", b.ReadIn(store.View{Known: before}).Record(w.ofIssued.ID) != nil, true)
	w.restrict(b, true)
	gone(b, b.ReadIn(store.View{Known: before}), w.all()...)
}

// restrictedLater restricts what is not there any more, and restores it.
func restrictedLater(b *testbed.Bed) {
	w := leak(b)
	before := b.Now().Reader.Revision()
	b.Retract(w.Tenure.ID, w.ofAnn.ID, w.ofIssued.ID, w.ofCable.ID, w.issued.ID, w.discussed.ID, w.twin.ID, w.cable.ID)
	testbed.Equal(b, "not restricted yet", b.ReadIn(store.View{Known: before}).Record(w.cable.ID) != nil, true)
	restrict := func(ids ...diplomacy.ID) (diplomacy.Transaction, error) {
		return b.Write(func(writer store.Writer) error { return writer.Restrict(testbed.Background, ids...) })
	}
	set, err := restrict(w.cable.ID, w.Tenure.ID, w.cable.ID)
	testbed.Must(b, err, "restrict")
	testbed.Equal(b, "the transaction", b.Public().Transactions(set.Number)[0], &diplomacy.Transaction{Number: set.Number, Time: set.Time})
	testbed.Equal(b, "to an editor", b.Now().Transactions(set.Number)[0], &set)
	for _, known := range []diplomacy.TxNumber{0, before} {
		gone(b, b.ReadIn(store.View{Known: known}), append(w.all(), w.Tenure, w.OfTenure)...)
	}
	if n := b.Store.LastRestriction(); n < set.Number {
		b.Errorf("LastRestriction is %d, but transaction %d changed what is restricted", n, set.Number)
	}
	none, err := restrict(w.cable.ID)
	testbed.Must(b, err, "restrict again")
	testbed.Equal(b, "a second time", none.Number, diplomacy.TxNumber(0))
	for _, id := range []diplomacy.ID{w.Article.ID, w.ofAnn.ID, w.Ann.ID, diplomacy.MakeID(diplomacy.KindSource, 1)} {
		_, err := restrict(id)
		testbed.Equal(b, "what is no withdrawn source or statement", errors.Is(err, store.ErrNotFound), true)
	}
	b.Restore(before, w.Tenure.ID, w.cable.ID)
	testbed.Equal(b, "restored", b.Now().Record(w.cable.ID).(*diplomacy.Source).Restricted, true)
	gone(b, b.Public(), w.cable, w.Tenure)
	w.restrict(b, false)
	testbed.Equal(b, "released", b.ReadIn(store.View{Known: before}).Record(w.cable.ID) != nil, true)
}

func blankTransactions(b *testbed.Bed) {
	w := leak(b)
	with := b.Put(testbed.Person("carol"), testbed.Evidence(w.Bob, w.cable), testbed.Evidence(w.Bob, w.Article))
	set := w.restrict(b, true)
	got := b.Public().Transactions(with.Number, set.Number, 1)
	testbed.Equal(b, "partly hidden", got[0], &diplomacy.Transaction{Number: with.Number, Time: with.Time, Changes: 2})
	testbed.Equal(b, "hidden", got[1], &diplomacy.Transaction{Number: set.Number, Time: set.Time})
	testbed.Equal(b, "open", got[2].Author, "seed")
	testbed.Equal(b, "changes", len(b.Public().Changes(with.Number)), 2)
	page, err := b.Public().Reader.Changes(testbed.Background, with.Number, 1, 5)
	testbed.Must(b, err, "changes")
	testbed.Equal(b, "after one", page, b.Public().Changes(with.Number)[1:])
	testbed.Equal(b, "to an editor", b.Now().Transactions(with.Number)[0], &with)
}

// silentEvidence: to close a public statement closes the restricted evidence for it too, and
// to revert that restores both; of neither do readers learn that there was such evidence.
func silentEvidence(b *testbed.Bed) {
	w := leak(b)
	secret := testbed.Evidence(w.Tenure, w.cable)
	recorded := b.Put(secret)
	w.restrict(b, true)
	closed := b.Retract(w.Tenure.ID)
	restored := b.Restore(recorded.Number, w.Tenure.ID, secret.ID)
	got := b.Public().Transactions(recorded.Number, closed.Number, restored.Number)
	testbed.Equal(b, "recorded", got[0], &diplomacy.Transaction{Number: recorded.Number, Time: recorded.Time})
	for i, t := range []diplomacy.Transaction{closed, restored} {
		t.Changes-- // of the evidence
		testbed.Equal(b, "closed, restored", got[i+1], &t)
	}
	alone := b.Retract(secret.ID)
	testbed.Equal(b, "closed alone", b.Public().Transactions(alone.Number)[0].Author, "")
}

// nothingCanonical: a hidden statement does not stand for others, nor does a
// hidden source join two.
func nothingCanonical(b *testbed.Bed) {
	w := leak(b)
	paper := testbed.Source("paper")
	b.Put(paper)
	w.twin.Verdict = "SAME"
	b.Put(w.twin, testbed.Judgement(w.cable, paper, "SAME"))
	testbed.Equal(b, "joined by the cable", b.Public().Same(paper.ID), testbed.IDsOf(w.Article, w.cable, paper))
	later := testbed.Statement(diplomacy.HoldsOffice, w.Anne, w.Minister, "2016-05/..")
	later.StartMode = "APPOINTED"
	b.Put(later)
	b.Judge(w.Ann, w.Anne, "SAME")
	testbed.Equal(b, "one tenure", b.Public().Record(later.ID).Header().ID, w.Tenure.ID)
	w.restrict(b, true)
	w.Tenure.Restricted = true
	b.Put(w.Tenure)
	l := b.Public()
	testbed.Equal(b, "the cable joins nothing", l.Same(paper.ID), testbed.IDsOf(paper))
	testbed.Equal(b, "the other tenure", l.Record(later.ID).Header().ID, later.ID)
	testbed.Equal(b, "shown", viasOf(l.Links(testbed.Along(w.Minister, testbed.In(diplomacy.HoldsOffice)))[0]), testbed.IDsOf(later))
	gone(b, l, w.Tenure)
}

func countersLeaveOut(b *testbed.Bed) {
	w := leak(b)
	var more []diplomacy.Record
	for range store.CountCap + 5 {
		more = append(more, testbed.Evidence(w.Talks, w.Article))
	}
	b.Put(append(more, testbed.Evidence(w.Talks, w.cable))...)
	w.restrict(b, true)
	got := b.Public().CountLinks(testbed.Along(w.Talks, testbed.Out(diplomacy.KindEvidence)))[0]
	testbed.Equal(b, "count", got, store.Count{N: store.CountCap + 6}) // the seed has one
}
