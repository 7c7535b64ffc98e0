package writing

import (
	"errors"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var writes = testbed.Theme{Name: "writes", Trials: []testbed.Trial{
	{Name: "an error of the function is returned as it is", Run: errorAsIs},
	{Name: "a failed write leaves nothing", Run: failedLeavesNothing},
	{Name: "a transaction sees its own writes", Run: seesOwnWrites},
	{Name: "what changes nothing is not recorded", Run: emptyNotRecorded},
	{Name: "times and numbers only grow", Run: timesGrow},
}}

func errorAsIs(b *testbed.Bed) {
	want := errors.New("changed my mind")
	t, err := b.Write(func(w store.Writer) error {
		testbed.Must(b, w.Put(testbed.Background, testbed.Person("ann")), "put")
		return want
	})
	if err != want { //nolint:errorlint // as it is, not wrapped
		b.Errorf("error is %v, want that of the function", err)
	}
	testbed.Equal(b, "transaction", t, diplomacy.Transaction{})
}

func failedLeavesNothing(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ids, keys := testbed.IDsOf(w.Records()...), append(testbed.KeysOf(w.Entities()), testbed.Slug(diplomacy.KindPerson, "new"), testbed.Wikidata("Q9"))
	before := b.Now().Observe(ids, keys)
	_, err := b.Write(func(writer store.Writer) error {
		ann, talks := testbed.Clone(w.Ann), testbed.Clone(w.Talks)
		ann.Slug, talks.Date = "anna", testbed.EDTF("1999")
		testbed.Must(b, writer.Put(testbed.Background, testbed.Identified(testbed.Person("new"), "wikidata", "Q9"), ann, talks), "put")
		testbed.Must(b, writer.Retract(testbed.Background, w.Tenure.ID, w.Relations.ID), "retract")
		return errors.New("no")
	})
	if err == nil {
		b.Error("a failed write succeeded")
	}
	testbed.Equal(b, "the graph", b.Now().Observe(ids, keys), before)
	t := b.Put(testbed.Identified(testbed.Person("new"), "wikidata", "Q9"))
	testbed.Equal(b, "next number", t.Number, before.Revision+1)
}

func seesOwnWrites(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	_, err := b.Write(func(writer store.Writer) error {
		l := testbed.MustReader{Tester: b, Reader: writer}
		carol, talks := testbed.Identified(testbed.Person("carol"), "wikidata", "Q9"), testbed.Clone(w.Talks)
		talks.Date = testbed.EDTF("1999")
		testbed.Must(b, writer.Put(testbed.Background, carol, talks), "put")
		joined := testbed.Statement(diplomacy.ParticipatedIn, carol, talks, "")
		testbed.Must(b, writer.Put(testbed.Background, joined), "put")
		testbed.Must(b, writer.Retract(testbed.Background, w.BobAtTalks.ID), "retract")
		testbed.Equal(b, "found", l.Find(testbed.Slug(diplomacy.KindPerson, "carol"), testbed.Wikidata("Q9")), testbed.IDsOf(carol, carol))
		testbed.Equal(b, "retracted", l.Record(w.BobAtTalks.ID) == nil, true)
		testbed.Equal(b, "date", l.Record(talks.ID).(*diplomacy.Event).Date, testbed.EDTF("1999"))
		guests := testbed.Along(talks, testbed.In(diplomacy.ParticipatedIn))
		testbed.Equal(b, "guests", testbed.NodesOf(l.Links(guests)[0]), testbed.IDsOf(w.Ann, carol))
		testbed.Equal(b, "their number", l.CountLinks(guests)[0], store.Count{N: 2})
		testbed.Equal(b, "ann's events", testbed.NodesOf(l.Links(testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn)))[0]), testbed.IDsOf(talks, w.Summit))
		people := store.ListQuery{Kind: diplomacy.KindPerson, Order: store.ByID}
		testbed.Equal(b, "people", testbed.Entries(l, people), testbed.IDsOf(w.Ann, w.Bob, w.Anne, carol))
		testbed.Equal(b, "their number", l.CountList(people), store.Count{N: 4})
		testbed.Equal(b, "versions", len(l.Versions(talks.ID)), 2)
		testbed.Equal(b, "seen from outside", len(testbed.Entries(b.Now(), people)), 3)
		return nil
	})
	testbed.Must(b, err, "write")
}

func emptyNotRecorded(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	for what, fn := range map[string]func(store.Writer) error{
		"nothing": func(store.Writer) error { return nil },
		"no records": func(writer store.Writer) error {
			return errors.Join(writer.Put(testbed.Background), writer.Retract(testbed.Background))
		},
		"equal records": func(writer store.Writer) error {
			return writer.Put(testbed.Background, testbed.Clone(w.Ann), testbed.Clone(w.Tenure))
		},
		"made and retracted": func(writer store.Writer) error {
			late := testbed.Person("late")
			return errors.Join(writer.Put(testbed.Background, late), writer.Retract(testbed.Background, late.ID))
		},
	} {
		t, err := b.Write(fn)
		testbed.Must(b, err, what)
		testbed.Equal(b, what, t, diplomacy.Transaction{})
		testbed.Equal(b, "revision after "+what, b.Now().Reader.Revision(), diplomacy.TxNumber(1))
	}
	testbed.Equal(b, "found", b.Now().Find(testbed.Slug(diplomacy.KindPerson, "late")), []diplomacy.ID{0})
	testbed.Equal(b, "next number", b.Put(testbed.Person("late")).Number, diplomacy.TxNumber(2))
}

// timesGrow puts with clocks that stand still, go back and have a zone.
func timesGrow(b *testbed.Bed) {
	at := b.Clock.Now()
	var last diplomacy.Transaction
	for i, given := range []time.Time{at, at, at.Add(-time.Hour), at.Add(time.Nanosecond), at.Add(time.Second), at.Add(time.Second).In(time.FixedZone("", 3600)), at} {
		t, err := b.Store.Write(testbed.Background, store.Commit{Time: given}, func(w store.Writer) error {
			return w.Put(testbed.Background, testbed.Person(testbed.SlugOf(uint64(i))))
		})
		testbed.Must(b, err, "write")
		if t.Number != last.Number+1 || !t.Time.After(last.Time) || t.Time.Nanosecond()%1000 != 0 {
			b.Errorf("transaction %d of %s follows %d of %s", t.Number, t.Time, last.Number, last.Time)
		}
		last = t
	}
	testbed.Equal(b, "last time", last.Time, at.Add(time.Second+2*time.Microsecond))
}
