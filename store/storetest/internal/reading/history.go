package reading

import (
	"errors"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var history = testbed.Theme{Name: "history", Trials: []testbed.Trial{
	{Name: "every read answers as it did then", Run: answersAsThen},
	{Name: "versions", Run: versions},
	{Name: "transactions", Run: transactions},
	{Name: "changes", Run: changes},
	{Name: "the future is not found", Run: futureNotFound},
}, Needs: []testbed.Capability{testbed.Past}}

// answersAsThen lets a graph live, asks everything after each transaction, and
// asks again at the end: as of that transaction, and the snapshot kept since.
func answersAsThen(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	extra := testbed.Identified(testbed.Person("extra"), "wikidata", "Q2")
	ids, keys := testbed.IDsOf(w.Records()...), append(testbed.KeysOf(w.Entities()), testbed.Slug(diplomacy.KindPerson, "extra"), testbed.Slug(diplomacy.KindPerson, "anna"))
	var kept []testbed.MustReader
	var then []testbed.Observation
	for _, live := range lives(b, w, extra) {
		kept = append(kept, b.Now())
		then = append(then, kept[len(kept)-1].Observe(ids, keys))
		live()
	}
	ids = append(ids, extra.ID)
	for i, was := range then {
		testbed.Equal(b, "a snapshot kept", kept[i].Observe(ids[:len(ids)-1], keys), was)
		testbed.Equal(b, "a transaction of the past", b.At(was.Revision).Observe(ids[:len(ids)-1], keys), was)
		testbed.Equal(b, "what was not there yet", kept[i].Observe(ids, keys), b.At(was.Revision).Observe(ids, keys))
	}
}

// lives are things that happen to the seeded world.
func lives(b *testbed.Bed, w *testbed.World, extra *diplomacy.Person) []func() {
	return []func(){
		func() {
			w.Talks.Date, w.Talks.Type, w.Talks.Status = testbed.EDTF("2019-05"), "NEGOTIATION", "CANCELLED"
			b.Put(w.Talks)
		},
		func() { w.Ann.Slug, w.Ann.Identifiers = "anna", nil; b.Put(w.Ann) },
		func() { b.Put(extra) },
		func() { b.Retract(w.BobAtTalks.ID, w.Membership.ID) },
		func() {
			w.Tenure.Valid, w.Tenure.EndCause = testbed.EDTF("2016-05/2020-01"), "DIED"
			w.AnnAtTalks.OnBehalfOf, w.AnnAtTalks.Role = w.Borduria.ID, "MEDIATOR"
			b.Put(w.Tenure, w.AnnAtTalks)
		},
		func() { b.Retract(w.Tenure.ID) }, // and its evidence
		func() { b.Retract(w.Twins.ID); b.Retract(w.Anne.ID) },
		func() {
			w.Summit.Date = testbed.EDTF("2018")
			w.Summit.Names = append(w.Summit.Names, diplomacy.Name{Value: "Gipfel", Language: "de"})
			b.Put(w.Summit, testbed.Statement(diplomacy.ParticipatedIn, w.Bob, w.Summit, ""))
		},
		func() {},
	}
}

func versions(b *testbed.Bed) {
	ann := testbed.Person("ann")
	var numbers []diplomacy.TxNumber
	for _, description := range []string{"one", "two", "three"} {
		ann.Description = description
		numbers = append(numbers, b.Put(ann).Number)
		b.Put(testbed.Person("by-" + description))
	}
	end := b.Retract(ann.ID).Number
	heads := []diplomacy.Head{
		{ID: ann.ID, From: numbers[2], Until: end, Revision: 3},
		{ID: ann.ID, From: numbers[1], Until: numbers[2], Revision: 2},
		{ID: ann.ID, From: numbers[0], Until: numbers[1], Revision: 1},
	}
	testbed.Equal(b, "all", testbed.HeadsOf(b.Now().Versions(ann.ID)), heads)
	heads[1].Until = 0
	testbed.Equal(b, "as of the second", testbed.HeadsOf(b.At(numbers[2]-1).Versions(ann.ID)), heads[1:])
	testbed.Equal(b, "of a record that never was", len(b.Now().Versions(diplomacy.MakeID(diplomacy.KindPerson, 1))), 0)
	oldest := b.Now().Versions(ann.ID)[2].(*diplomacy.Person)
	testbed.Equal(b, "the oldest", oldest.Description, "one")
	ids := []diplomacy.ID{ann.ID, 0, b.Now().Find(testbed.Slug(diplomacy.KindPerson, "by-one"))[0], ann.ID}
	for limit, want := range []int{0, 1, 2, 3, 3} {
		pages, err := b.Now().Reader.Versions(testbed.Background, ids, 0, limit)
		testbed.Must(b, err, "versions")
		lengths := []int{len(pages[0]), len(pages[1]), len(pages[2]), len(pages[3])}
		testbed.Equal(b, "lengths of pages", lengths, []int{want, 0, min(want, 1), want})
	}
}

func transactions(b *testbed.Bed) {
	zone := time.FixedZone("far", 5*3600)
	given := time.Date(2021, 3, 4, 5, 6, 7, 8009, zone)
	put := func(slug string, at time.Time) diplomacy.Transaction {
		t, err := b.Store.Write(testbed.Background, store.Commit{Author: "Ánn", Message: "two\nlines", Time: at}, func(w store.Writer) error {
			return w.Put(testbed.Background, testbed.Person(slug))
		})
		testbed.Must(b, err, "write")
		return t
	}
	first, second, third := put("a", given), put("b", given), put("c", given.Add(-time.Hour))
	at := given.UTC().Truncate(time.Microsecond)
	for i, t := range []diplomacy.Transaction{first, second, third} {
		want := diplomacy.Transaction{
			Number: diplomacy.TxNumber(i + 1), Time: at.Add(time.Duration(i) * time.Microsecond),
			Author: "Ánn", Message: "two\nlines", Changes: 1,
		}
		testbed.Equal(b, "what Write gives", t, want)
		testbed.Equal(b, "what is looked up", *b.Now().Transactions(t.Number)[0], want)
		testbed.Equal(b, "its zone", t.Time.Location().String(), "UTC")
	}
	marked, err := b.Store.Write(testbed.Background, store.Commit{Reverts: 2}, func(w store.Writer) error {
		w.MarkUnsourced()
		return w.Put(testbed.Background, testbed.Person("marked"))
	})
	testbed.Must(b, err, "write")
	testbed.Equal(b, "its marks", []any{marked.Unsourced, marked.Reverts}, []any{true, diplomacy.TxNumber(2)})
	testbed.Equal(b, "its marks, looked up", *b.Now().Transactions(marked.Number)[0], marked)
	b.Clock.Move(5 * 365 * 24 * time.Hour)
	testbed.Equal(b, "time of the clock", put("d", time.Time{}).Time, b.Clock.Now())
	got := b.Now().Transactions(9, 3, 0, 3)
	testbed.Equal(b, "which are known", []bool{got[0] != nil, got[1] != nil, got[2] != nil, got[3] != nil}, []bool{false, true, false, true})
	testbed.Equal(b, "the future", b.At(2).Transactions(2, 3)[1] == nil, true)
}

func changes(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	extra := testbed.Person("extra")
	t, err := b.Write(func(writer store.Writer) error {
		extra, bob := testbed.Clone(extra), testbed.Clone(w.Bob)
		bob.Description = "an envoy"
		testbed.Must(b, writer.Put(testbed.Background, testbed.Clone(w.Water), extra, bob), "put")
		testbed.Must(b, writer.Retract(testbed.Background, w.Membership.ID, w.Relations.ID), "retract")
		return nil
	})
	testbed.Must(b, err, "write")
	created := b.Now().Find(testbed.Slug(diplomacy.KindPerson, "extra"))[0]
	want := []diplomacy.Change{
		{Record: created, Action: "CREATED"}, {Record: w.Bob.ID, Action: "CHANGED"},
		{Record: w.Membership.ID, Action: "CLOSED"}, {Record: w.Relations.ID, Action: "CLOSED"},
	}
	testbed.Equal(b, "changes", b.Now().Changes(t.Number), want)
	testbed.Equal(b, "how many", t.Changes, len(want))
	for after := range 6 {
		page, err := b.Now().Reader.Changes(testbed.Background, t.Number, after, 3)
		testbed.Must(b, err, "changes")
		testbed.Equal(b, "a page", page, want[min(after, 4):min(after+3, 4)])
	}
	testbed.Equal(b, "changes of the seed", len(b.Now().Changes(t.Number-1)), len(w.Records()))
}

func futureNotFound(b *testbed.Bed) {
	for known := diplomacy.TxNumber(1); known < 3; known++ {
		if _, err := b.Store.Read(testbed.Background, store.Everything(known)); !errors.Is(err, store.ErrNotFound) {
			b.Errorf("read as of %d: %v, want ErrNotFound", known, err)
		}
		if known == 1 {
			b.Put(testbed.Person("ann"))
		}
	}
	testbed.Equal(b, "revision", b.At(1).Reader.Revision(), diplomacy.TxNumber(1))
}
