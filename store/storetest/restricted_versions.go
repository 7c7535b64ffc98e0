package storetest

import (
	"chancery/diplomacy"
	"chancery/store"
)

// sources are those of the versions that a view has of evidence, the newest first.
func sources(l look, e *diplomacy.Evidence) (ids []diplomacy.ID) {
	for _, version := range l.versions(e.ID) {
		ids = append(ids, version.(*diplomacy.Evidence).Source)
	}
	return ids
}

// rest makes evidence rest on another source.
func rest(b *bed, e *diplomacy.Evidence, on *diplomacy.Source) diplomacy.Transaction {
	e.Source = on.ID
	return b.put(e)
}

// absent ends the test if a state has a record, or links by way of it.
func absent(b *bed, known diplomacy.TxNumber, e *diplomacy.Evidence) {
	b.Helper()
	l := b.seen(store.View{Known: known})
	if l.record(e.ID) != nil || len(l.same(e.ID)) > 0 {
		b.Errorf("transaction %d left %s", known, e.ID)
	}
	for _, page := range l.links(store.LinkQuery{Of: []diplomacy.ID{e.About, e.Source, e.AttributedTo}, Along: arcs, Page: whole}) {
		for _, via := range viasOf(page) {
			if via == e.ID {
				b.Errorf("transaction %d left a link by way of %s", known, e.ID)
			}
		}
	}
}

// movedEvidence rests on an open source by the time the other is restricted.
func movedEvidence(b *bed) {
	w := leak(b)
	w.ofAnn.AttributedTo = w.Ministry.ID
	b.put(w.ofAnn)
	before := b.now().reader.Revision()
	moved := rest(b, w.ofAnn, w.Article)
	w.restrict(b, true)
	absent(b, before, w.ofAnn)
	equal(b, "links now", viasOf(b.whoever().links(along(w.Ann, out(diplomacy.KindEvidence)))[0]), idsOf(w.ofAnn, w.open))
	equal(b, "count before", b.seen(store.View{Known: before}).countLinks(along(w.Ann, out(diplomacy.KindEvidence)))[0], store.Count{N: 1})
	equal(b, "versions", sources(b.whoever(), w.ofAnn), idsOf(w.Article))
	equal(b, "versions to an editor", len(b.now().versions(w.ofAnn.ID)), 3)
	page, err := b.whoever().reader.Versions(background, idsOf(w.ofAnn), moved.Number, 1)
	must(b, err, "versions")
	equal(b, "versions before", len(page[0]), 0)
	equal(b, "what restricted nothing of it", b.whoever().changes(moved.Number), []diplomacy.Change{{Record: w.ofAnn.ID, Action: "CHANGED"}})
	equal(b, "the move", b.whoever().transactions(moved.Number)[0], &diplomacy.Transaction{Number: moved.Number, Time: moved.Time, Changes: 1})
	equal(b, "what it closed", len(b.whoever().changes(before)), 0)
	w.restrict(b, false)
	equal(b, "lifted", sources(b.whoever(), w.ofAnn), idsOf(w.Article, w.cable, w.cable))
}

// wanderedEvidence rested on a restricted source between two open ones, and was
// retracted and made again meanwhile.
func wanderedEvidence(b *bed) {
	w := leak(b)
	before := b.now().reader.Revision()
	there := rest(b, w.open, w.cable)
	closed := b.retract(w.open.ID)
	back := b.restore(there.Number, w.open.ID)
	away := rest(b, w.open, w.Article)
	w.restrict(b, true)
	for _, n := range []diplomacy.TxNumber{there.Number, closed.Number, back.Number} {
		absent(b, n, w.open)
		equal(b, "changes while there", len(b.whoever().changes(n)), 0)
		equal(b, "author while there", b.whoever().transactions(n)[0].Author, "")
	}
	equal(b, "change away", len(b.whoever().changes(away.Number)), 1)
	equal(b, "versions", sources(b.whoever(), w.open), idsOf(w.Article, w.Article))
	equal(b, "before", b.seen(store.View{Known: before}).record(w.open.ID) != nil, true)
}

// blankReverts: what a transaction reverts, and that it left something without
// evidence, is told of none that touched something hidden.
func blankReverts(b *bed) {
	w := leak(b)
	write := func(put ...diplomacy.Record) diplomacy.TxNumber {
		t, err := b.store.Write(background, store.Commit{Author: "a", Unsourced: true, Reverts: 1}, func(writer store.Writer) error {
			return writer.Put(background, put...)
		})
		must(b, err, "write")
		return t.Number
	}
	open, secret := write(person("carol")), write(statement(diplomacy.Discussed, w.Talks, w.cable, "2020"))
	w.restrict(b, true)
	got := b.whoever().transactions(open, secret)
	equal(b, "open", got[0].Unsourced && got[0].Reverts == 1, true)
	equal(b, "secret", got[1].Unsourced || got[1].Reverts != 0, false)
}
