package storetest

import (
	"errors"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

var writes = theme{"writes", []trial{
	{"an error of the function is returned as it is", errorAsIs},
	{"a failed write leaves nothing", failedLeavesNothing},
	{"a transaction sees its own writes", seesOwnWrites},
	{"what changes nothing is not recorded", emptyNotRecorded},
	{"times and numbers only grow", timesGrow},
}}

func errorAsIs(b *bed) {
	want := errors.New("changed my mind")
	t, err := b.write(func(w store.Writer) error {
		must(b, w.Put(background, person("ann")), "put")
		return want
	})
	if err != want { //nolint:errorlint // as it is, not wrapped
		b.Errorf("error is %v, want that of the function", err)
	}
	equal(b, "transaction", t, diplomacy.Transaction{})
}

func failedLeavesNothing(b *bed) {
	w := Seed(b, b.store)
	ids, keys := idsOf(w.Records()...), append(keysOf(w.Entities()), slug(diplomacy.KindPerson, "new"), wikidata("Q9"))
	before := b.now().observe(ids, keys)
	_, err := b.write(func(writer store.Writer) error {
		ann, talks := clone(w.Ann), clone(w.Talks)
		ann.Slug, talks.Date = "anna", edtf("1999")
		must(b, writer.Put(background, identified(person("new"), "wikidata", "Q9"), ann, talks), "put")
		must(b, writer.Retract(background, w.Tenure.ID, w.Relations.ID), "retract")
		return errors.New("no")
	})
	if err == nil {
		b.Error("a failed write succeeded")
	}
	equal(b, "the graph", b.now().observe(ids, keys), before)
	t := b.put(identified(person("new"), "wikidata", "Q9"))
	equal(b, "next number", t.Number, before.Revision+1)
}

func seesOwnWrites(b *bed) {
	w := Seed(b, b.store)
	_, err := b.write(func(writer store.Writer) error {
		l := look{b, writer}
		carol, talks := identified(person("carol"), "wikidata", "Q9"), clone(w.Talks)
		talks.Date = edtf("1999")
		must(b, writer.Put(background, carol, talks), "put")
		joined := statement(diplomacy.ParticipatedIn, carol, talks, "")
		must(b, writer.Put(background, joined), "put")
		must(b, writer.Retract(background, w.BobAtTalks.ID), "retract")
		equal(b, "found", l.find(slug(diplomacy.KindPerson, "carol"), wikidata("Q9")), idsOf(carol, carol))
		equal(b, "retracted", l.record(w.BobAtTalks.ID) == nil, true)
		equal(b, "date", l.record(talks.ID).(*diplomacy.Event).Date, edtf("1999"))
		guests := along(talks, in(diplomacy.ParticipatedIn))
		equal(b, "guests", nodesOf(l.links(guests)[0]), idsOf(w.Ann, carol))
		equal(b, "their number", l.countLinks(guests)[0], store.Count{N: 2})
		equal(b, "ann's events", nodesOf(l.links(along(w.Ann, out(diplomacy.ParticipatedIn)))[0]), idsOf(talks, w.Summit))
		people := store.ListQuery{Kind: diplomacy.KindPerson, Order: store.ByID}
		equal(b, "people", entries(l, people), idsOf(w.Ann, w.Bob, w.Anne, carol))
		equal(b, "their number", l.countList(people), store.Count{N: 4})
		equal(b, "versions", len(l.versions(talks.ID)), 2)
		equal(b, "seen from outside", len(entries(b.now(), people)), 3)
		return nil
	})
	must(b, err, "write")
}

func emptyNotRecorded(b *bed) {
	w := Seed(b, b.store)
	for what, fn := range map[string]func(store.Writer) error{
		"nothing": func(store.Writer) error { return nil },
		"no records": func(writer store.Writer) error {
			return errors.Join(writer.Put(background), writer.Retract(background))
		},
		"equal records": func(writer store.Writer) error { return writer.Put(background, clone(w.Ann), clone(w.Tenure)) },
		"made and retracted": func(writer store.Writer) error {
			late := person("late")
			return errors.Join(writer.Put(background, late), writer.Retract(background, late.ID))
		},
	} {
		t, err := b.write(fn)
		must(b, err, what)
		equal(b, what, t, diplomacy.Transaction{})
		equal(b, "revision after "+what, b.now().reader.Revision(), diplomacy.TxNumber(1))
	}
	equal(b, "found", b.now().find(slug(diplomacy.KindPerson, "late")), []diplomacy.ID{0})
	equal(b, "next number", b.put(person("late")).Number, diplomacy.TxNumber(2))
}

// timesGrow puts with clocks that stand still, go back and have a zone.
func timesGrow(b *bed) {
	at := b.clock.Now()
	var last diplomacy.Transaction
	for i, given := range []time.Time{at, at, at.Add(-time.Hour), at.Add(time.Nanosecond), at.Add(time.Second), at.Add(time.Second).In(time.FixedZone("", 3600)), at} {
		t, err := b.store.Write(background, store.Commit{Time: given}, func(w store.Writer) error {
			return w.Put(background, person(slugOf(uint64(i))))
		})
		must(b, err, "write")
		if t.Number != last.Number+1 || !t.Time.After(last.Time) || t.Time.Nanosecond()%1000 != 0 {
			b.Errorf("transaction %d of %s follows %d of %s", t.Number, t.Time, last.Number, last.Time)
		}
		last = t
	}
	equal(b, "last time", last.Time, at.Add(time.Second+2*time.Microsecond))
}
