package storetest

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

var records = theme{"records", []trial{
	{"every kind reads back", everyKind},
	{"answers keep the order asked for", answersInOrder},
	{"head is kept by the store", headKept},
	{"equal versions are left alone", equalLeftAlone},
	{"ids are given in place and in order", idsInOrder},
	{"one version a transaction", oneVersionATransaction},
	{"records outlive their snapshot", recordsOutlive},
}}

func everyKind(b *bed) {
	want := Seed(b, b.store).Records()
	for _, r := range want {
		head := r.Header()
		head.From, head.Revision = 1, 1
		switch r := r.(type) {
		case *diplomacy.Statement:
			r.ValueSince = 1
		case *diplomacy.Evidence:
			r.Confirmed = 1
		}
	}
	equal(b, "what was put", b.now().records(idsOf(want...)...), want)
}

func answersInOrder(b *bed) {
	ann, bob := person("ann"), person("bob")
	b.put(ann, bob)
	unknown := diplomacy.MakeID(diplomacy.KindPerson, bob.ID.Stamp()+1)
	otherKind := diplomacy.MakeID(diplomacy.KindState, ann.ID.Stamp())
	got := b.now().records(bob.ID, unknown, ann.ID, 0, otherKind, bob.ID)
	for i, want := range []diplomacy.ID{bob.ID, 0, ann.ID, 0, 0, bob.ID} {
		if (got[i] == nil) != (want == 0) || want != 0 && got[i].Header().ID != want {
			b.Errorf("answer %d is %v, want that of %q", i, got[i], want)
		}
	}
	if none := b.now().records(); len(none) != 0 {
		b.Errorf("no ids get %d answers", len(none))
	}
}

func headKept(b *bed) {
	ann, bob := person("ann"), person("bob")
	ann.From, ann.Until, ann.Revision = 7, 9, 5
	first := b.put(ann, bob)
	equal(b, "head of a new record", *b.now().record(ann.ID).Header(), diplomacy.Head{ID: ann.ID, From: first.Number, Revision: 1})
	ann.Description, ann.Until = "a minister", 3
	second := b.put(ann)
	equal(b, "head of a changed record", *b.now().record(ann.ID).Header(), diplomacy.Head{ID: ann.ID, From: second.Number, Revision: 2})
	equal(b, "head of the other", *b.now().record(bob.ID).Header(), diplomacy.Head{ID: bob.ID, From: first.Number, Revision: 1})
}

func equalLeftAlone(b *bed) {
	w := Seed(b, b.store)
	w.Ann.Revision, w.Tenure.ValueSince = 40, 40
	unchanged := slices.DeleteFunc(w.Records(), func(r diplomacy.Record) bool { return r == w.Bob })
	equal(b, "a transaction that changes nothing", b.put(unchanged...), diplomacy.Transaction{})
	w.Bob.Description = "an envoy"
	changed := b.put(w.Records()...)
	equal(b, "changes", b.now().changes(changed.Number), []diplomacy.Change{{Record: w.Bob.ID, Action: "CHANGED"}})
	equal(b, "versions", len(b.now().versions(w.Ann.ID)), 1)
}

func idsInOrder(b *bed) {
	var last uint64
	for _, moved := range []int{0, -3600, 0, 7200} {
		ann, bob := person(slugOf(last)), state(slugOf(last))
		b.clock.move(seconds(moved))
		t := b.put(ann, bob)
		if ann.ID.Kind() != diplomacy.KindPerson || bob.ID.Kind() != diplomacy.KindState {
			b.Fatalf("ids %s and %s name other kinds", ann.ID, bob.ID)
		}
		if s := ann.ID.Stamp(); s <= last || s < diplomacy.StampAt(t.Time) || bob.ID.Stamp() <= s {
			b.Errorf("stamps %d, %d after %d in a transaction of %d", s, bob.ID.Stamp(), last, diplomacy.StampAt(t.Time))
		}
		last = bob.ID.Stamp()
	}
}

func oneVersionATransaction(b *bed) {
	ann := person("ann")
	b.put(ann)
	t, err := b.write(func(w store.Writer) error {
		for _, description := range []string{"first", "second"} {
			ann := clone(ann)
			ann.Description = description
			must(b, w.Put(background, ann), "put")
			got := look{b, w}.record(ann.ID).(*diplomacy.Person)
			equal(b, "own write", got.Description, description)
		}
		return nil
	})
	must(b, err, "write")
	versions := b.now().versions(ann.ID)
	equal(b, "number of versions", len(versions), 2)
	equal(b, "newest", versions[0].(*diplomacy.Person).Description, "second")
	equal(b, "its head", *versions[0].Header(), diplomacy.Head{ID: ann.ID, From: t.Number, Revision: 2})
	equal(b, "changes", b.now().changes(t.Number), []diplomacy.Change{{Record: ann.ID, Action: "CHANGED"}})
}

func recordsOutlive(b *bed) {
	ann := person("ann")
	ann.Description = "as it was"
	b.put(ann)
	snapshot, err := b.store.Read(background, store.Everything(0))
	must(b, err, "read")
	got := look{b, snapshot}.record(ann.ID).(*diplomacy.Person)
	snapshot.Release()
	ann.Description = "as it is"
	b.put(ann)
	equal(b, "description after release", got.Description, "as it was")
}
