package reading

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var records = testbed.Theme{Name: "records", Trials: []testbed.Trial{
	{Name: "every kind reads back", Run: everyKind},
	{Name: "answers keep the order asked for", Run: answersInOrder},
	{Name: "head is kept by the store", Run: headKept},
	{Name: "equal versions are left alone", Run: equalLeftAlone},
	{Name: "ids are given in place and in order", Run: idsInOrder},
	{Name: "one version a transaction", Run: oneVersionATransaction},
	{Name: "records outlive their snapshot", Run: recordsOutlive},
}}

func everyKind(b *testbed.Bed) {
	want := testbed.Seed(b, b.Store).Records()
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
	testbed.Equal(b, "what was put", b.Now().Records(testbed.IDsOf(want...)...), want)
}

func answersInOrder(b *testbed.Bed) {
	ann, bob := testbed.Person("ann"), testbed.Person("bob")
	b.Put(ann, bob)
	unknown := diplomacy.MakeID(diplomacy.KindPerson, bob.ID.Stamp()+1)
	otherKind := diplomacy.MakeID(diplomacy.KindState, ann.ID.Stamp())
	got := b.Now().Records(bob.ID, unknown, ann.ID, 0, otherKind, bob.ID)
	for i, want := range []diplomacy.ID{bob.ID, 0, ann.ID, 0, 0, bob.ID} {
		if (got[i] == nil) != (want == 0) || want != 0 && got[i].Header().ID != want {
			b.Errorf("answer %d is %v, want that of %q", i, got[i], want)
		}
	}
	if none := b.Now().Records(); len(none) != 0 {
		b.Errorf("no ids get %d answers", len(none))
	}
}

func headKept(b *testbed.Bed) {
	ann, bob := testbed.Person("ann"), testbed.Person("bob")
	ann.From, ann.Until, ann.Revision = 7, 9, 5
	first := b.Put(ann, bob)
	testbed.Equal(b, "head of a new record", *b.Now().Record(ann.ID).Header(), diplomacy.Head{ID: ann.ID, From: first.Number, Revision: 1})
	ann.Description, ann.Until = "a minister", 3
	second := b.Put(ann)
	testbed.Equal(b, "head of a changed record", *b.Now().Record(ann.ID).Header(), diplomacy.Head{ID: ann.ID, From: second.Number, Revision: 2})
	testbed.Equal(b, "head of the other", *b.Now().Record(bob.ID).Header(), diplomacy.Head{ID: bob.ID, From: first.Number, Revision: 1})
}

func equalLeftAlone(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Ann.Revision, w.Tenure.ValueSince = 40, 40
	unchanged := slices.DeleteFunc(w.Records(), func(r diplomacy.Record) bool { return r == w.Bob })
	testbed.Equal(b, "a transaction that changes nothing", b.Put(unchanged...), diplomacy.Transaction{})
	w.Bob.Description = "an envoy"
	changed := b.Put(w.Records()...)
	testbed.Equal(b, "changes", b.Now().Changes(changed.Number), []diplomacy.Change{{Record: w.Bob.ID, Action: "CHANGED"}})
	testbed.Equal(b, "versions", len(b.Now().Versions(w.Ann.ID)), 1)
}

func idsInOrder(b *testbed.Bed) {
	var last uint64
	for _, moved := range []int{0, -3600, 0, 7200} {
		ann, bob := testbed.Person(testbed.SlugOf(last)), testbed.State(testbed.SlugOf(last))
		b.Clock.Move(testbed.Seconds(moved))
		t := b.Put(ann, bob)
		if ann.ID.Kind() != diplomacy.KindPerson || bob.ID.Kind() != diplomacy.KindState {
			b.Fatalf("ids %s and %s name other kinds", ann.ID, bob.ID)
		}
		if s := ann.ID.Stamp(); s <= last || s < diplomacy.StampAt(t.Time) || bob.ID.Stamp() <= s {
			b.Errorf("stamps %d, %d after %d in a transaction of %d", s, bob.ID.Stamp(), last, diplomacy.StampAt(t.Time))
		}
		last = bob.ID.Stamp()
	}
}

func oneVersionATransaction(b *testbed.Bed) {
	ann := testbed.Person("ann")
	b.Put(ann)
	t, err := b.Write(func(w store.Writer) error {
		for _, description := range []string{"first", "second"} {
			ann := testbed.Clone(ann)
			ann.Description = description
			testbed.Must(b, w.Put(testbed.Background, ann), "put")
			got := testbed.MustReader{Tester: b, Reader: w}.Record(ann.ID).(*diplomacy.Person)
			testbed.Equal(b, "own write", got.Description, description)
		}
		return nil
	})
	testbed.Must(b, err, "write")
	versions := b.Now().Versions(ann.ID)
	testbed.Equal(b, "number of versions", len(versions), 2)
	testbed.Equal(b, "newest", versions[0].(*diplomacy.Person).Description, "second")
	testbed.Equal(b, "its head", *versions[0].Header(), diplomacy.Head{ID: ann.ID, From: t.Number, Revision: 2})
	testbed.Equal(b, "changes", b.Now().Changes(t.Number), []diplomacy.Change{{Record: ann.ID, Action: "CHANGED"}})
}

func recordsOutlive(b *testbed.Bed) {
	ann := testbed.Person("ann")
	ann.Description = "as it was"
	b.Put(ann)
	snapshot, err := b.Store.Read(testbed.Background, store.Everything(0))
	testbed.Must(b, err, "read")
	got := testbed.MustReader{Tester: b, Reader: snapshot}.Record(ann.ID).(*diplomacy.Person)
	snapshot.Release()
	ann.Description = "as it is"
	b.Put(ann)
	testbed.Equal(b, "description after release", got.Description, "as it was")
}
