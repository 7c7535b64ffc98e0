package storetest

import (
	"errors"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

var retracting = theme{"retracting", []trial{
	{"what is not there is not found", notThere},
	{"what is referred to stays", referredTo},
	{"references may go in the same transaction", togetherWithReferences},
	{"evidence goes along", evidenceGoesAlong},
	{"nothing can refer to what is gone", referToGone},
}}

func notThere(b *bed) {
	w := Seed(b, b.store)
	b.retract(w.Membership.ID)
	for what, id := range map[string]diplomacy.ID{
		"never given": diplomacy.MakeID(diplomacy.KindPerson, 1), "gone": w.Membership.ID, "zero": 0,
		"of another kind": diplomacy.MakeID(diplomacy.KindState, w.Ann.ID.Stamp()),
	} {
		_, err := b.write(func(writer store.Writer) error { return writer.Retract(background, w.Session.ID, id) })
		if !errors.Is(err, store.ErrNotFound) {
			b.Errorf("retract an id %s: %v, want ErrNotFound", what, err)
		}
	}
	equal(b, "the other stays", b.now().record(w.Session.ID) != nil, true)
}

func referredTo(b *bed) {
	w := Seed(b, b.store)
	only := office("only")
	b.put(only)
	w.BobAtTalks.InCapacityOf = only.ID
	b.put(w.BobAtTalks)
	before := b.now().reader.Revision()
	for what, r := range map[string]diplomacy.Record{
		"subject": w.Bob, "object": w.Treaty, "onBehalfOf": w.Borduria, "inCapacityOf": only,
		"source": w.Article, "attributedTo": w.Ministry, "judged": w.Anne, "symmetric": w.Avalon,
	} {
		_, err := b.write(func(writer store.Writer) error { return writer.Retract(background, r.Header().ID) })
		if !errors.Is(err, store.ErrReferenced) {
			b.Errorf("retract what is %s: %v, want ErrReferenced", what, err)
		}
	}
	equal(b, "revision", b.now().reader.Revision(), before)
	equal(b, "bob", b.now().record(w.Bob.ID) != nil, true)
}

// togetherWithReferences retracts an entity before that which refers to it, and
// one to which a statement referred until the transaction changed it.
func togetherWithReferences(b *bed) {
	w := Seed(b, b.store)
	_, err := b.write(func(writer store.Writer) error {
		elsewhere, unattributed := clone(w.AnnAtSummit), clone(w.OfTenure)
		elsewhere.OnBehalfOf, unattributed.AttributedTo = w.Borduria.ID, 0
		must(b, writer.Retract(background, w.Ministry.ID, w.Anne.ID, w.Treaty.ID), "retract")
		must(b, writer.Put(background, elsewhere, unattributed), "put")
		return writer.Retract(background, w.Signature.ID, w.Twins.ID)
	})
	must(b, err, "write")
	gone := []diplomacy.ID{w.Ministry.ID, w.Anne.ID, w.Treaty.ID, w.Signature.ID, w.Twins.ID}
	equal(b, "records", b.now().records(gone...), make([]diplomacy.Record, len(gone)))
	leads(b, w.Minister, store.Arc{Kind: diplomacy.Signed, Direction: store.Capacity})
}

// evidenceGoesAlong has evidence about a statement and about an entity, and a
// source that nothing but such evidence refers to.
func evidenceGoesAlong(b *bed) {
	w := Seed(b, b.store)
	about := []diplomacy.Record{evidence(w.Water, w.Article), evidence(w.Water, w.Article), evidence(w.Article, w.Article)}
	b.put(about...)
	t := b.retract(w.Water.ID)
	equal(b, "evidence about an entity", b.now().records(idsOf(about[:2]...)...), make([]diplomacy.Record, 2))
	closed := map[diplomacy.ID]diplomacy.Term{}
	for _, c := range b.now().changes(t.Number) {
		closed[c.Record] = c.Action
	}
	equal(b, "changes", closed, map[diplomacy.ID]diplomacy.Term{w.Water.ID: "CLOSED", about[0].Header().ID: "CLOSED", about[1].Header().ID: "CLOSED"})
	equal(b, "how many", t.Changes, 3)
	b.retract(w.Tenure.ID)
	equal(b, "evidence about a statement", b.now().record(w.OfTenure.ID) == nil, true)
	leads(b, w.Ministry, store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Behalf})
	b.retract(w.OfTalks.ID)
	b.retract(w.Article.ID)
	equal(b, "a source and its evidence about itself", b.now().records(w.Article.ID, about[2].Header().ID), make([]diplomacy.Record, 2))
	was := nodesOf(b.at(t.Number).links(along(w.Article, in(diplomacy.KindEvidence)))[0])
	slices.Sort(was)
	want := []diplomacy.ID{w.Talks.ID, w.Article.ID, w.Tenure.ID}
	slices.Sort(want)
	equal(b, "what it backed", was, want)
}

func referToGone(b *bed) {
	w := Seed(b, b.store)
	b.retract(w.Water.ID)
	refused(b, 0, "object", statement(diplomacy.Discussed, w.Talks, w.Water, ""))
	_, err := b.write(func(writer store.Writer) error {
		if err := writer.Retract(background, w.Harbour.ID); err != nil {
			return err
		}
		return writer.Put(background, statement(diplomacy.TookPlaceAt, w.Talks, w.Harbour, ""))
	})
	if !errors.As(err, new(*store.RefusedError)) {
		b.Errorf("a statement about what the transaction retracted: %v, want it refused", err)
	}
	equal(b, "harbour", b.now().record(w.Harbour.ID) != nil, true)
}
