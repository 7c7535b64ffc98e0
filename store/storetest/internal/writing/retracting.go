package writing

import (
	"errors"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var retracting = testbed.Theme{Name: "retracting", Trials: []testbed.Trial{
	{Name: "what is not there is not found", Run: notThere},
	{Name: "what is referred to stays", Run: referredTo},
	{Name: "references may go in the same transaction", Run: togetherWithReferences},
	{Name: "evidence goes along", Run: evidenceGoesAlong},
	{Name: "nothing can refer to what is gone", Run: referToGone},
}}

func notThere(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.Membership.ID)
	for what, id := range map[string]diplomacy.ID{
		"never given": diplomacy.MakeID(diplomacy.KindPerson, 1), "gone": w.Membership.ID, "zero": 0,
		"of another kind": diplomacy.MakeID(diplomacy.KindState, w.Ann.ID.Stamp()),
	} {
		_, err := b.Write(func(writer store.Writer) error { return writer.Retract(testbed.Background, w.Session.ID, id) })
		if !errors.Is(err, store.ErrNotFound) {
			b.Errorf("retract an id %s: %v, want ErrNotFound", what, err)
		}
	}
	testbed.Equal(b, "the other stays", b.Now().Record(w.Session.ID) != nil, true)
}

func referredTo(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	only := testbed.Office("only")
	b.Put(only)
	w.BobAtTalks.InCapacityOf = only.ID
	b.Put(w.BobAtTalks)
	before := b.Now().Reader.Revision()
	for what, r := range map[string]diplomacy.Record{
		"subject": w.Bob, "object": w.Treaty, "onBehalfOf": w.Borduria, "inCapacityOf": only,
		"source": w.Article, "attributedTo": w.Ministry, "judged": w.Anne, "symmetric": w.Avalon,
	} {
		_, err := b.Write(func(writer store.Writer) error { return writer.Retract(testbed.Background, r.Header().ID) })
		if !errors.Is(err, store.ErrReferenced) {
			b.Errorf("retract what is %s: %v, want ErrReferenced", what, err)
		}
	}
	testbed.Equal(b, "revision", b.Now().Reader.Revision(), before)
	testbed.Equal(b, "bob", b.Now().Record(w.Bob.ID) != nil, true)
}

// togetherWithReferences retracts an entity before that which refers to it, and
// one to which a statement referred until the transaction changed it.
func togetherWithReferences(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	_, err := b.Write(func(writer store.Writer) error {
		elsewhere, unattributed := testbed.Clone(w.AnnAtSummit), testbed.Clone(w.OfTenure)
		elsewhere.OnBehalfOf, unattributed.AttributedTo = w.Borduria.ID, 0
		testbed.Must(b, writer.Retract(testbed.Background, w.Ministry.ID, w.Anne.ID, w.Treaty.ID), "retract")
		testbed.Must(b, writer.Put(testbed.Background, elsewhere, unattributed), "put")
		return writer.Retract(testbed.Background, w.Signature.ID, w.Twins.ID)
	})
	testbed.Must(b, err, "write")
	gone := []diplomacy.ID{w.Ministry.ID, w.Anne.ID, w.Treaty.ID, w.Signature.ID, w.Twins.ID}
	testbed.Equal(b, "records", b.Now().Records(gone...), make([]diplomacy.Record, len(gone)))
	testbed.LeadsTo(b, w.Minister, store.Arc{Kind: diplomacy.Signed, Direction: store.Capacity})
}

// evidenceGoesAlong has evidence about a statement and about an entity, and a
// source that nothing but such evidence refers to.
func evidenceGoesAlong(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	about := []diplomacy.Record{testbed.Evidence(w.Water, w.Article), testbed.Evidence(w.Water, w.Article), testbed.Evidence(w.Article, w.Article)}
	b.Put(about...)
	t := b.Retract(w.Water.ID)
	testbed.Equal(b, "evidence about an entity", b.Now().Records(testbed.IDsOf(about[:2]...)...), make([]diplomacy.Record, 2))
	closed := map[diplomacy.ID]diplomacy.Term{}
	for _, c := range b.Now().Changes(t.Number) {
		closed[c.Record] = c.Action
	}
	testbed.Equal(b, "changes", closed, map[diplomacy.ID]diplomacy.Term{w.Water.ID: "CLOSED", about[0].Header().ID: "CLOSED", about[1].Header().ID: "CLOSED"})
	testbed.Equal(b, "how many", t.Changes, 3)
	b.Retract(w.Tenure.ID)
	testbed.Equal(b, "evidence about a statement", b.Now().Record(w.OfTenure.ID) == nil, true)
	testbed.LeadsTo(b, w.Ministry, store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Behalf})
	b.Retract(w.OfTalks.ID)
	b.Retract(w.Article.ID)
	testbed.Equal(b, "a source and its evidence about itself", b.Now().Records(w.Article.ID, about[2].Header().ID), make([]diplomacy.Record, 2))
	was := testbed.NodesOf(b.At(t.Number).Links(testbed.Along(w.Article, testbed.In(diplomacy.KindEvidence)))[0])
	slices.Sort(was)
	want := []diplomacy.ID{w.Talks.ID, w.Article.ID, w.Tenure.ID}
	slices.Sort(want)
	testbed.Equal(b, "what it backed", was, want)
}

func referToGone(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Retract(w.Water.ID)
	testbed.Refused(b, 0, "object", testbed.Statement(diplomacy.Discussed, w.Talks, w.Water, ""))
	_, err := b.Write(func(writer store.Writer) error {
		if err := writer.Retract(testbed.Background, w.Harbour.ID); err != nil {
			return err
		}
		return writer.Put(testbed.Background, testbed.Statement(diplomacy.TookPlaceAt, w.Talks, w.Harbour, ""))
	})
	if !errors.As(err, new(*store.RefusedError)) {
		b.Errorf("a statement about what the transaction retracted: %v, want it refused", err)
	}
	testbed.Equal(b, "harbour", b.Now().Record(w.Harbour.ID) != nil, true)
}
