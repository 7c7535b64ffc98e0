package storetest

import (
	"errors"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

var history = theme{"history", []trial{
	{"every read answers as it did then", answersAsThen},
	{"versions", versions},
	{"transactions", transactions},
	{"changes", changes},
	{"the future is not found", futureNotFound},
}}

// answersAsThen lets a graph live, asks everything after each transaction, and
// asks again at the end: as of that transaction, and the snapshot kept since.
func answersAsThen(b *bed) {
	w := Seed(b, b.store)
	extra := identified(person("extra"), "wikidata", "Q2")
	ids, keys := idsOf(w.Records()...), append(keysOf(w.Entities()), slug(diplomacy.KindPerson, "extra"), slug(diplomacy.KindPerson, "anna"))
	var kept []look
	var then []observation
	for _, live := range lives(b, w, extra) {
		kept = append(kept, b.now())
		then = append(then, kept[len(kept)-1].observe(ids, keys))
		live()
	}
	ids = append(ids, extra.ID)
	for i, was := range then {
		equal(b, "a snapshot kept", kept[i].observe(ids[:len(ids)-1], keys), was)
		equal(b, "a transaction of the past", b.at(was.Revision).observe(ids[:len(ids)-1], keys), was)
		equal(b, "what was not there yet", kept[i].observe(ids, keys), b.at(was.Revision).observe(ids, keys))
	}
}

// lives are things that happen to the seeded world.
func lives(b *bed, w *World, extra *diplomacy.Person) []func() {
	return []func(){
		func() {
			w.Talks.Date, w.Talks.Type, w.Talks.Status = edtf("2019-05"), "NEGOTIATION", "CANCELLED"
			b.put(w.Talks)
		},
		func() { w.Ann.Slug, w.Ann.Identifiers = "anna", nil; b.put(w.Ann) },
		func() { b.put(extra) },
		func() { b.retract(w.BobAtTalks.ID, w.Membership.ID) },
		func() {
			w.Tenure.Valid, w.Tenure.EndCause = edtf("2016-05/2020-01"), "DIED"
			w.AnnAtTalks.OnBehalfOf, w.AnnAtTalks.Role = w.Borduria.ID, "MEDIATOR"
			b.put(w.Tenure, w.AnnAtTalks)
		},
		func() { b.retract(w.Tenure.ID) }, // and its evidence
		func() { b.retract(w.Twins.ID); b.retract(w.Anne.ID) },
		func() {
			w.Summit.Date = edtf("2018")
			w.Summit.Names = append(w.Summit.Names, diplomacy.Name{Value: "Gipfel", Language: "de"})
			b.put(w.Summit, statement(diplomacy.ParticipatedIn, w.Bob, w.Summit, ""))
		},
		func() {},
	}
}

func versions(b *bed) {
	ann := person("ann")
	var numbers []diplomacy.TxNumber
	for _, description := range []string{"one", "two", "three"} {
		ann.Description = description
		numbers = append(numbers, b.put(ann).Number)
		b.put(person("by-" + description))
	}
	end := b.retract(ann.ID).Number
	heads := []diplomacy.Head{
		{ID: ann.ID, From: numbers[2], Until: end, Revision: 3},
		{ID: ann.ID, From: numbers[1], Until: numbers[2], Revision: 2},
		{ID: ann.ID, From: numbers[0], Until: numbers[1], Revision: 1},
	}
	equal(b, "all", headsOf(b.now().versions(ann.ID)), heads)
	heads[1].Until = 0
	equal(b, "as of the second", headsOf(b.at(numbers[2]-1).versions(ann.ID)), heads[1:])
	equal(b, "of a record that never was", len(b.now().versions(diplomacy.MakeID(diplomacy.KindPerson, 1))), 0)
	oldest := b.now().versions(ann.ID)[2].(*diplomacy.Person)
	equal(b, "the oldest", oldest.Description, "one")
	ids := []diplomacy.ID{ann.ID, 0, b.now().find(slug(diplomacy.KindPerson, "by-one"))[0], ann.ID}
	for limit, want := range []int{0, 1, 2, 3, 3} {
		pages, err := b.now().reader.Versions(background, ids, 0, limit)
		must(b, err, "versions")
		lengths := []int{len(pages[0]), len(pages[1]), len(pages[2]), len(pages[3])}
		equal(b, "lengths of pages", lengths, []int{want, 0, min(want, 1), want})
	}
}

func headsOf(records []diplomacy.Record) []diplomacy.Head {
	var heads []diplomacy.Head
	for _, r := range records {
		heads = append(heads, *r.Header())
	}
	return heads
}

func transactions(b *bed) {
	zone := time.FixedZone("far", 5*3600)
	given := time.Date(2021, 3, 4, 5, 6, 7, 8009, zone)
	put := func(slug string, at time.Time) diplomacy.Transaction {
		t, err := b.store.Write(background, store.Commit{Author: "Ánn", Message: "two\nlines", Time: at}, func(w store.Writer) error {
			return w.Put(background, person(slug))
		})
		must(b, err, "write")
		return t
	}
	first, second, third := put("a", given), put("b", given), put("c", given.Add(-time.Hour))
	at := given.UTC().Truncate(time.Microsecond)
	for i, t := range []diplomacy.Transaction{first, second, third} {
		want := diplomacy.Transaction{
			Number: diplomacy.TxNumber(i + 1), Time: at.Add(time.Duration(i) * time.Microsecond),
			Author: "Ánn", Message: "two\nlines", Changes: 1,
		}
		equal(b, "what Write gives", t, want)
		equal(b, "what is looked up", *b.now().transactions(t.Number)[0], want)
		equal(b, "its zone", t.Time.Location().String(), "UTC")
	}
	marked, err := b.store.Write(background, store.Commit{Unsourced: true, Reverts: 2}, func(w store.Writer) error {
		return w.Put(background, person("marked"))
	})
	must(b, err, "write")
	equal(b, "its marks", []any{marked.Unsourced, marked.Reverts}, []any{true, diplomacy.TxNumber(2)})
	equal(b, "its marks, looked up", *b.now().transactions(marked.Number)[0], marked)
	b.clock.move(5 * 365 * 24 * time.Hour)
	equal(b, "time of the clock", put("d", time.Time{}).Time, b.clock.Now())
	got := b.now().transactions(9, 3, 0, 3)
	equal(b, "which are known", []bool{got[0] != nil, got[1] != nil, got[2] != nil, got[3] != nil}, []bool{false, true, false, true})
	equal(b, "the future", b.at(2).transactions(2, 3)[1] == nil, true)
}

func changes(b *bed) {
	w := Seed(b, b.store)
	extra := person("extra")
	t, err := b.write(func(writer store.Writer) error {
		extra, bob := clone(extra), clone(w.Bob)
		bob.Description = "an envoy"
		must(b, writer.Put(background, clone(w.Water), extra, bob), "put")
		must(b, writer.Retract(background, w.Membership.ID, w.Relations.ID), "retract")
		return nil
	})
	must(b, err, "write")
	created := b.now().find(slug(diplomacy.KindPerson, "extra"))[0]
	want := []diplomacy.Change{
		{Record: created, Action: "CREATED"}, {Record: w.Bob.ID, Action: "CHANGED"},
		{Record: w.Membership.ID, Action: "CLOSED"}, {Record: w.Relations.ID, Action: "CLOSED"},
	}
	equal(b, "changes", b.now().changes(t.Number), want)
	equal(b, "how many", t.Changes, len(want))
	for after := range 6 {
		page, err := b.now().reader.Changes(background, t.Number, after, 3)
		must(b, err, "changes")
		equal(b, "a page", page, want[min(after, 4):min(after+3, 4)])
	}
	equal(b, "changes of the seed", len(b.now().changes(t.Number-1)), len(w.Records()))
}

func futureNotFound(b *bed) {
	for known := diplomacy.TxNumber(1); known < 3; known++ {
		if _, err := b.store.Read(background, store.Everything(known)); !errors.Is(err, store.ErrNotFound) {
			b.Errorf("read as of %d: %v, want ErrNotFound", known, err)
		}
		if known == 1 {
			b.put(person("ann"))
		}
	}
	equal(b, "revision", b.at(1).reader.Revision(), diplomacy.TxNumber(1))
}
