package reading

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

// sources are those of the versions that a view has of evidence, the newest first.
func sources(l testbed.MustReader, e *diplomacy.Evidence) (ids []diplomacy.ID) {
	for _, version := range l.Versions(e.ID) {
		ids = append(ids, version.(*diplomacy.Evidence).Source)
	}
	return ids
}

// rest makes evidence rest on another source.
func rest(b *testbed.Bed, e *diplomacy.Evidence, on *diplomacy.Source) diplomacy.Transaction {
	e.Source = on.ID
	return b.Put(e)
}

// absent ends the test if a state has a record, or links by way of it.
func absent(b *testbed.Bed, known diplomacy.TxNumber, e *diplomacy.Evidence) {
	b.Helper()
	l := b.ReadIn(store.View{Known: known})
	if l.Record(e.ID) != nil || len(l.Same(e.ID)) > 0 {
		b.Errorf("transaction %d left %s", known, e.ID)
	}
	for _, page := range l.Links(store.LinkQuery{Of: []diplomacy.ID{e.About, e.Source, e.AttributedTo}, Along: testbed.Arcs, Page: testbed.Whole}) {
		for _, via := range viasOf(page) {
			if via == e.ID {
				b.Errorf("transaction %d left a link by way of %s", known, e.ID)
			}
		}
	}
}

// movedEvidence rests on an open source by the time the other is restricted.
func movedEvidence(b *testbed.Bed) {
	w := leak(b)
	w.ofAnn.AttributedTo = w.Ministry.ID
	b.Put(w.ofAnn)
	before := b.Now().Reader.Revision()
	moved := rest(b, w.ofAnn, w.Article)
	w.restrict(b, true)
	absent(b, before, w.ofAnn)
	testbed.Equal(b, "links now", viasOf(b.Public().Links(testbed.Along(w.Ann, testbed.Out(diplomacy.KindEvidence)))[0]), testbed.IDsOf(w.ofAnn, w.open))
	testbed.Equal(b, "count before", b.ReadIn(store.View{Known: before}).CountLinks(testbed.Along(w.Ann, testbed.Out(diplomacy.KindEvidence)))[0], store.Count{N: 1})
	testbed.Equal(b, "versions", sources(b.Public(), w.ofAnn), testbed.IDsOf(w.Article))
	testbed.Equal(b, "versions to an editor", len(b.Now().Versions(w.ofAnn.ID)), 3)
	page, err := b.Public().Reader.Versions(testbed.Background, testbed.IDsOf(w.ofAnn), moved.Number, 1)
	testbed.Must(b, err, "versions")
	testbed.Equal(b, "versions before", len(page[0]), 0)
	testbed.Equal(b, "what restricted nothing of it", b.Public().Changes(moved.Number), []diplomacy.Change{{Record: w.ofAnn.ID, Action: "CHANGED"}})
	testbed.Equal(b, "the move", b.Public().Transactions(moved.Number)[0], &diplomacy.Transaction{Number: moved.Number, Time: moved.Time, Changes: 1})
	testbed.Equal(b, "what it closed", len(b.Public().Changes(before)), 0)
	w.restrict(b, false)
	testbed.Equal(b, "lifted", sources(b.Public(), w.ofAnn), testbed.IDsOf(w.Article, w.cable, w.cable))
}

// wanderedEvidence rested on a restricted source between two open ones, and was
// retracted and made again meanwhile.
func wanderedEvidence(b *testbed.Bed) {
	w := leak(b)
	before := b.Now().Reader.Revision()
	there := rest(b, w.open, w.cable)
	closed := b.Retract(w.open.ID)
	back := b.Restore(there.Number, w.open.ID)
	away := rest(b, w.open, w.Article)
	w.restrict(b, true)
	for _, n := range []diplomacy.TxNumber{there.Number, closed.Number, back.Number} {
		absent(b, n, w.open)
		testbed.Equal(b, "changes while there", len(b.Public().Changes(n)), 0)
		testbed.Equal(b, "author while there", b.Public().Transactions(n)[0].Author, "")
	}
	testbed.Equal(b, "change away", len(b.Public().Changes(away.Number)), 1)
	testbed.Equal(b, "versions", sources(b.Public(), w.open), testbed.IDsOf(w.Article, w.Article))
	testbed.Equal(b, "before", b.ReadIn(store.View{Known: before}).Record(w.open.ID) != nil, true)
}

// blankReverts: what a transaction reverts, and that it left something without
// evidence, is told of none that touched something hidden.
func blankReverts(b *testbed.Bed) {
	w := leak(b)
	write := func(put ...diplomacy.Record) diplomacy.TxNumber {
		t, err := b.Store.Write(testbed.Background, store.Commit{Author: "a", Reverts: 1}, func(writer store.Writer) error {
			writer.MarkUnsourced()
			return writer.Put(testbed.Background, put...)
		})
		testbed.Must(b, err, "write")
		return t.Number
	}
	open, secret := write(testbed.Person("carol")), write(testbed.Statement(diplomacy.Discussed, w.Talks, w.cable, "2020"))
	w.restrict(b, true)
	got := b.Public().Transactions(open, secret)
	testbed.Equal(b, "open", got[0].Unsourced && got[0].Reverts == 1, true)
	testbed.Equal(b, "secret", got[1].Unsourced || got[1].Reverts != 0, false)
}
