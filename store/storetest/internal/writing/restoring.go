package writing

import (
	"errors"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var restoring = testbed.Theme{Name: "restoring", Trials: []testbed.Trial{
	{Name: "a statement and the standing of its evidence", Run: restoredStanding},
	{Name: "confirmations", Run: restoredConfirmations},
	{Name: "what was retracted comes back", Run: retractedComesBack},
	{Name: "what was not there goes", Run: createdGoes},
	{Name: "what is referred to stays", Run: restoredReferred},
	{Name: "a slug taken since is refused", Run: restoredSlugTaken},
	{Name: "comes in the order given", Run: restoredInOrder},
	{Name: "beside other changes", Run: restoredBesides},
	{Name: "an entity retracted in the same transaction", Run: restoredAtOnce},
	{Name: "twice changes nothing", Run: restoredTwice},
	{Name: "the future is not found", Run: restoredFuture},
}, Needs: []testbed.Capability{testbed.Restoring, testbed.Past}}

// notRestored ends the test unless Restore refuses the id at the position for
// the field.
func notRestored(b *testbed.Bed, position int, field string, known diplomacy.TxNumber, ids ...diplomacy.ID) {
	b.Helper()
	_, err := b.Write(func(w store.Writer) error { return w.Restore(testbed.Background, known, ids...) })
	refusal, ok := errors.AsType[*store.RefusedError](err)
	if !ok {
		b.Fatalf("restore: %v, want it refused", err)
	}
	testbed.Equal(b, "refused records", testbed.RefusedFields(refusal), []string{fmt.Sprint(position, ": ", field)})
	testbed.Equal(b, "id of the refused record", refusal.Refusals[0].Record.Header().ID, ids[position])
}

func restoredStanding(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	was := testbed.Clone(w.Tenure)
	w.Tenure.EndCause = "DIED"
	changed := b.Put(w.Tenure)
	testbed.Equal(b, "changed", standings(b.Now(), w.Tenure, w.OfTenure), standing{changed.Number, 1, true})
	t := b.Restore(1, w.Tenure.ID)
	testbed.Equal(b, "restored", standings(b.Now(), w.Tenure, w.OfTenure), standing{1, 1, false})
	testbed.Equal(b, "its head", *b.Now().Record(was.ID).Header(), diplomacy.Head{ID: was.ID, From: t.Number, Revision: 3})
	testbed.Equal(b, "says the same", b.Now().Record(was.ID).(*diplomacy.Statement).SameValue(was), true)
	testbed.Equal(b, "changes", b.Now().Changes(t.Number), []diplomacy.Change{{Record: was.ID, Action: "CHANGED"}})
	testbed.Equal(b, "before", standings(b.At(changed.Number), w.Tenure, w.OfTenure), standing{changed.Number, 1, true})
	b.Restore(changed.Number, w.Tenure.ID)
	testbed.Equal(b, "and back", standings(b.Now(), w.Tenure, w.OfTenure), standing{changed.Number, 1, true})
}

func restoredConfirmations(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Tenure.EndCause = "DIED"
	b.Put(w.Tenure)
	w.OfTenure.Confirmed = 1
	b.Put(w.OfTenure)
	testbed.Equal(b, "confirmed", standings(b.Now(), w.Tenure, w.OfTenure), standing{2, 3, false})
	b.Restore(2, w.OfTenure.ID)
	testbed.Equal(b, "as it was", standings(b.Now(), w.Tenure, w.OfTenure), standing{2, 1, true})
}

func retractedComesBack(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ids, keys := testbed.IDsOf(w.Records()...), testbed.KeysOf(w.Entities())
	before := b.Now().Observe(ids, keys)
	gone := b.Retract(w.Twins.ID, w.Signature.ID, w.Treaty.ID, w.OfTalks.ID, w.Tenure.ID)
	t := b.Restore(1, w.Treaty.ID, w.Twins.ID, w.Signature.ID, w.OfTalks.ID, w.Tenure.ID, w.OfTenure.ID)
	after := b.Now().Observe(ids, keys)
	testbed.Equal(b, "found", after.Found, before.Found)
	testbed.Equal(b, "links", after.Links, before.Links)
	testbed.Equal(b, "their counts", after.LinkCounts, before.LinkCounts)
	testbed.Equal(b, "lists", after.Lists, before.Lists)
	testbed.Equal(b, "created", b.Now().Changes(t.Number)[0], diplomacy.Change{Record: w.Treaty.ID, Action: "CREATED"})
	testbed.Equal(b, "how many", t.Changes, 6)
	testbed.Equal(b, "versions", testbed.HeadsOf(b.Now().Versions(w.Treaty.ID)), []diplomacy.Head{
		{ID: w.Treaty.ID, From: t.Number, Revision: 2}, {ID: w.Treaty.ID, From: 1, Until: gone.Number, Revision: 1},
	})
	testbed.Equal(b, "between", b.At(gone.Number).Record(w.Treaty.ID) == nil, true)
	w.Treaty.Description = "signed"
	b.Put(w.Treaty)
	testbed.Equal(b, "revision of the next", b.Now().Record(w.Treaty.ID).Header().Revision, uint32(3))
}

// createdGoes restores to before records were made, of which one is gone and one
// never was.
func createdGoes(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	ann, never := testbed.Person("new"), diplomacy.MakeID(diplomacy.KindPerson, 1)
	b.Put(ann)
	backed := testbed.Evidence(ann, w.Article)
	b.Put(backed)
	t := b.Restore(1, ann.ID, backed.ID, never)
	testbed.Equal(b, "both", b.Now().Records(ann.ID, backed.ID), make([]diplomacy.Record, 2))
	testbed.Equal(b, "changes", b.Now().Changes(t.Number), []diplomacy.Change{{Record: ann.ID, Action: "CLOSED"}, {Record: backed.ID, Action: "CLOSED"}})
	b.Restore(0, w.Membership.ID)
	testbed.Equal(b, "before the first", b.Now().Record(w.Membership.ID) == nil, true)
}

func restoredReferred(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	host := testbed.State("host")
	b.Put(host)
	b.Put(testbed.Statement(diplomacy.TookPlaceAt, w.Talks, host, ""))
	_, err := b.Write(func(writer store.Writer) error { return writer.Restore(testbed.Background, 1, host.ID) })
	if !errors.Is(err, store.ErrReferenced) {
		b.Errorf("restore to before it was made: %v, want ErrReferenced", err)
	}
	testbed.Equal(b, "host", b.Now().Record(host.ID) != nil, true)
}

func restoredSlugTaken(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.Water.ID)
	other := testbed.Topic("water")
	b.Put(other)
	notRestored(b, 1, "slug", 1, w.Tenure.ID, w.Water.ID)
	b.Retract(other.ID)
	b.Restore(1, w.Water.ID)
	testbed.Equal(b, "found", b.Now().Find(testbed.Slug(diplomacy.KindTopic, "water")), testbed.IDsOf(w.Water))
}

func restoredInOrder(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.Tenure.ID, w.Membership.ID)
	b.Retract(w.League.ID)
	notRestored(b, 1, "object", 1, w.Tenure.ID, w.Membership.ID, w.League.ID)
	notRestored(b, 0, "about", 1, w.OfTenure.ID)
	t := b.Restore(1, w.League.ID, w.Tenure.ID, w.OfTenure.ID, w.Membership.ID)
	var order []diplomacy.ID
	for _, c := range b.Now().Changes(t.Number) {
		order = append(order, c.Record)
	}
	testbed.Equal(b, "order of changes", order, testbed.IDsOf[diplomacy.Record](w.League, w.Tenure, w.OfTenure, w.Membership))
}

// restoredBesides frees a slug for what is restored and changes that afterwards.
func restoredBesides(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.Signature.ID, w.Membership.ID)
	b.Retract(w.Water.ID)
	other := testbed.Topic("water")
	b.Put(other)
	t, err := b.Write(func(writer store.Writer) error {
		l := testbed.MustReader{Tester: b, Reader: writer}
		other, signature := testbed.Clone(other), testbed.Clone(w.Signature)
		other.Slug, signature.Rank = "fire", "DEPRECATED"
		testbed.Must(b, writer.Put(testbed.Background, other), "put")
		testbed.Must(b, writer.Restore(testbed.Background, 1, w.Water.ID, w.Signature.ID, w.Membership.ID), "restore")
		testbed.Must(b, writer.Put(testbed.Background, signature, testbed.Statement(diplomacy.Discussed, w.Talks, w.Water, "")), "put")
		testbed.Equal(b, "seen at once", l.Find(testbed.Slug(diplomacy.KindTopic, "water"), testbed.Slug(diplomacy.KindTopic, "fire")), testbed.IDsOf(w.Water, other))
		return writer.Retract(testbed.Background, w.Membership.ID)
	})
	testbed.Must(b, err, "write")
	got := b.Now().Record(w.Signature.ID).(*diplomacy.Statement)
	testbed.Equal(b, "rank", got.Rank, diplomacy.Term("DEPRECATED"))
	testbed.Equal(b, "its value is as old as it was", got.ValueSince, diplomacy.TxNumber(1))
	testbed.Equal(b, "its head", got.Head, diplomacy.Head{ID: got.ID, From: t.Number, Revision: 2})
	testbed.Equal(b, "changes", t.Changes, 4)
	testbed.Equal(b, "versions of what went again", len(b.Now().Versions(w.Membership.ID)), 1)
}

// restoredAtOnce retracts an event and restores it with another date, while
// participations go on.
func restoredAtOnce(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Talks.Date = testbed.EDTF("2021")
	b.Put(w.Talks)
	_, err := b.Write(func(writer store.Writer) error {
		testbed.Must(b, writer.Retract(testbed.Background, w.Talks.ID), "retract")
		return writer.Restore(testbed.Background, 1, w.Talks.ID)
	})
	testbed.Must(b, err, "write")
	links := b.Now().Links(testbed.Along(w.Ann, testbed.Out(diplomacy.ParticipatedIn)))[0].Links
	testbed.Equal(b, "nodes in their order", testbed.NodesOf(store.LinkPage{Links: links}), testbed.IDsOf(w.Summit, w.Talks))
	testbed.Equal(b, "date of the link", links[1].Span, testbed.EDTF("2019-06-02").Span())
	testbed.Equal(b, "evidence about it went", b.Now().Record(w.OfTalks.ID) == nil, true)
	t, err := b.Write(func(writer store.Writer) error {
		testbed.Must(b, writer.Retract(testbed.Background, w.Talks.ID), "retract")
		return writer.Restore(testbed.Background, b.Now().Reader.Revision(), w.Talks.ID)
	})
	testbed.Must(b, err, "write")
	testbed.Equal(b, "to what it was", t, diplomacy.Transaction{})
}

func restoredTwice(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	testbed.Equal(b, "as it is", b.Restore(1, testbed.IDsOf(w.Records()...)...), diplomacy.Transaction{})
	w.Tenure.EndCause, w.Ann.Description = "DIED", "late"
	b.Put(w.Tenure, w.Ann)
	b.Restore(1, w.Tenure.ID, w.Ann.ID)
	testbed.Equal(b, "again", b.Restore(1, w.Tenure.ID, w.Ann.ID, w.OfTenure.ID), diplomacy.Transaction{})
	_, err := b.Write(func(writer store.Writer) error {
		testbed.Must(b, writer.Restore(testbed.Background, 2, w.Tenure.ID), "restore")
		return writer.Restore(testbed.Background, 1, w.Tenure.ID)
	})
	testbed.Must(b, err, "write")
	testbed.Equal(b, "versions", len(b.Now().Versions(w.Tenure.ID)), 3)
}

func restoredFuture(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	for known := diplomacy.TxNumber(2); known < 4; known++ {
		_, err := b.Write(func(writer store.Writer) error { return writer.Restore(testbed.Background, known, w.Ann.ID) })
		if !errors.Is(err, store.ErrNotFound) {
			b.Errorf("restore what was after %d: %v, want ErrNotFound", known, err)
		}
	}
}
