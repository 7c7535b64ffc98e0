package storetest

import (
	"errors"

	"chancery/diplomacy"
	"chancery/store"
)

var restoring = theme{"restoring", []trial{
	{"a statement and the standing of its evidence", restoredStanding},
	{"confirmations", restoredConfirmations},
	{"what was retracted comes back", retractedComesBack},
	{"what was not there goes", createdGoes},
	{"what is referred to stays", restoredReferred},
	{"a slug taken since is refused", restoredSlugTaken},
	{"comes in the order given", restoredInOrder},
	{"beside other changes", restoredBesides},
	{"an entity retracted in the same transaction", restoredAtOnce},
	{"twice changes nothing", restoredTwice},
	{"the future is not found", restoredFuture},
}}

func (b *bed) restore(known diplomacy.TxNumber, ids ...diplomacy.ID) diplomacy.Transaction {
	b.Helper()
	t, err := b.write(func(w store.Writer) error { return w.Restore(background, known, ids...) })
	must(b, err, "restore")
	return t
}

// notRestored ends the test unless Restore refuses the id at the position for
// the field.
func notRestored(b *bed, position int, field string, known diplomacy.TxNumber, ids ...diplomacy.ID) {
	b.Helper()
	_, err := b.write(func(w store.Writer) error { return w.Restore(background, known, ids...) })
	var refusal *store.RefusedError
	if !errors.As(err, &refusal) {
		b.Fatalf("restore: %v, want it refused", err)
	}
	equal(b, "position", refusal.Position, position)
	equal(b, "record", refusal.Record.Header().ID, ids[position])
	equal(b, "fields", fieldsOf(refusal.Problems), []string{field})
}

func restoredStanding(b *bed) {
	w := Seed(b, b.store)
	was := clone(w.Tenure)
	w.Tenure.EndCause = "DIED"
	changed := b.put(w.Tenure)
	equal(b, "changed", standings(b.now(), w.Tenure, w.OfTenure), standing{changed.Number, 1, true})
	t := b.restore(1, w.Tenure.ID)
	equal(b, "restored", standings(b.now(), w.Tenure, w.OfTenure), standing{1, 1, false})
	equal(b, "its head", *b.now().record(was.ID).Header(), diplomacy.Head{ID: was.ID, From: t.Number, Revision: 3})
	equal(b, "says the same", b.now().record(was.ID).(*diplomacy.Statement).SameValue(was), true)
	equal(b, "changes", b.now().changes(t.Number), []diplomacy.Change{{Record: was.ID, Action: "CHANGED"}})
	equal(b, "before", standings(b.at(changed.Number), w.Tenure, w.OfTenure), standing{changed.Number, 1, true})
	b.restore(changed.Number, w.Tenure.ID)
	equal(b, "and back", standings(b.now(), w.Tenure, w.OfTenure), standing{changed.Number, 1, true})
}

func restoredConfirmations(b *bed) {
	w := Seed(b, b.store)
	w.Tenure.EndCause = "DIED"
	b.put(w.Tenure)
	w.OfTenure.Confirmed = 1
	b.put(w.OfTenure)
	equal(b, "confirmed", standings(b.now(), w.Tenure, w.OfTenure), standing{2, 3, false})
	b.restore(2, w.OfTenure.ID)
	equal(b, "as it was", standings(b.now(), w.Tenure, w.OfTenure), standing{2, 1, true})
}

func retractedComesBack(b *bed) {
	w := Seed(b, b.store)
	ids, keys := idsOf(w.Records()...), keysOf(w.Entities())
	before := b.now().observe(ids, keys)
	gone := b.retract(w.Twins.ID, w.Signature.ID, w.Treaty.ID, w.OfTalks.ID, w.Tenure.ID)
	t := b.restore(1, w.Treaty.ID, w.Twins.ID, w.Signature.ID, w.OfTalks.ID, w.Tenure.ID, w.OfTenure.ID)
	after := b.now().observe(ids, keys)
	equal(b, "found", after.Found, before.Found)
	equal(b, "links", after.Links, before.Links)
	equal(b, "their counts", after.LinkCounts, before.LinkCounts)
	equal(b, "lists", after.Lists, before.Lists)
	equal(b, "created", b.now().changes(t.Number)[0], diplomacy.Change{Record: w.Treaty.ID, Action: "CREATED"})
	equal(b, "how many", t.Changes, 6)
	equal(b, "versions", headsOf(b.now().versions(w.Treaty.ID)), []diplomacy.Head{
		{ID: w.Treaty.ID, From: t.Number, Revision: 2}, {ID: w.Treaty.ID, From: 1, Until: gone.Number, Revision: 1},
	})
	equal(b, "between", b.at(gone.Number).record(w.Treaty.ID) == nil, true)
	w.Treaty.Description = "signed"
	b.put(w.Treaty)
	equal(b, "revision of the next", b.now().record(w.Treaty.ID).Header().Revision, uint32(3))
}

// createdGoes restores to before records were made, of which one is gone and one
// never was.
func createdGoes(b *bed) {
	w := Seed(b, b.store)
	ann, never := person("new"), diplomacy.MakeID(diplomacy.KindPerson, 1)
	b.put(ann)
	backed := evidence(ann, w.Article)
	b.put(backed)
	t := b.restore(1, ann.ID, backed.ID, never)
	equal(b, "both", b.now().records(ann.ID, backed.ID), make([]diplomacy.Record, 2))
	equal(b, "changes", b.now().changes(t.Number), []diplomacy.Change{{Record: ann.ID, Action: "CLOSED"}, {Record: backed.ID, Action: "CLOSED"}})
	b.restore(0, w.Membership.ID)
	equal(b, "before the first", b.now().record(w.Membership.ID) == nil, true)
}

func restoredReferred(b *bed) {
	w := Seed(b, b.store)
	host := state("host")
	b.put(host)
	b.put(statement(diplomacy.TookPlaceAt, w.Talks, host, ""))
	_, err := b.write(func(writer store.Writer) error { return writer.Restore(background, 1, host.ID) })
	if !errors.Is(err, store.ErrReferenced) {
		b.Errorf("restore to before it was made: %v, want ErrReferenced", err)
	}
	equal(b, "host", b.now().record(host.ID) != nil, true)
}

func restoredSlugTaken(b *bed) {
	w := Seed(b, b.store)
	b.retract(w.Water.ID)
	other := topic("water")
	b.put(other)
	notRestored(b, 1, "slug", 1, w.Tenure.ID, w.Water.ID)
	b.retract(other.ID)
	b.restore(1, w.Water.ID)
	equal(b, "found", b.now().find(slug(diplomacy.KindTopic, "water")), idsOf(w.Water))
}

func restoredInOrder(b *bed) {
	w := Seed(b, b.store)
	b.retract(w.Tenure.ID, w.Membership.ID)
	b.retract(w.League.ID)
	notRestored(b, 1, "object", 1, w.Tenure.ID, w.Membership.ID, w.League.ID)
	notRestored(b, 0, "about", 1, w.OfTenure.ID)
	t := b.restore(1, w.League.ID, w.Tenure.ID, w.OfTenure.ID, w.Membership.ID)
	var order []diplomacy.ID
	for _, c := range b.now().changes(t.Number) {
		order = append(order, c.Record)
	}
	equal(b, "order of changes", order, idsOf[diplomacy.Record](w.League, w.Tenure, w.OfTenure, w.Membership))
}

// restoredBesides frees a slug for what is restored and changes that afterwards.
func restoredBesides(b *bed) {
	w := Seed(b, b.store)
	b.retract(w.Signature.ID, w.Membership.ID)
	b.retract(w.Water.ID)
	other := topic("water")
	b.put(other)
	t, err := b.write(func(writer store.Writer) error {
		l := look{b, writer}
		other, signature := clone(other), clone(w.Signature)
		other.Slug, signature.Rank = "fire", "DEPRECATED"
		must(b, writer.Put(background, other), "put")
		must(b, writer.Restore(background, 1, w.Water.ID, w.Signature.ID, w.Membership.ID), "restore")
		must(b, writer.Put(background, signature, statement(diplomacy.Discussed, w.Talks, w.Water, "")), "put")
		equal(b, "seen at once", l.find(slug(diplomacy.KindTopic, "water"), slug(diplomacy.KindTopic, "fire")), idsOf(w.Water, other))
		return writer.Retract(background, w.Membership.ID)
	})
	must(b, err, "write")
	got := b.now().record(w.Signature.ID).(*diplomacy.Statement)
	equal(b, "rank", got.Rank, diplomacy.Term("DEPRECATED"))
	equal(b, "its value is as old as it was", got.ValueSince, diplomacy.TxNumber(1))
	equal(b, "its head", got.Head, diplomacy.Head{ID: got.ID, From: t.Number, Revision: 2})
	equal(b, "changes", t.Changes, 4)
	equal(b, "versions of what went again", len(b.now().versions(w.Membership.ID)), 1)
}

// restoredAtOnce retracts an event and restores it with another date, while
// participations go on.
func restoredAtOnce(b *bed) {
	w := Seed(b, b.store)
	w.Talks.Date = edtf("2021")
	b.put(w.Talks)
	_, err := b.write(func(writer store.Writer) error {
		must(b, writer.Retract(background, w.Talks.ID), "retract")
		return writer.Restore(background, 1, w.Talks.ID)
	})
	must(b, err, "write")
	links := b.now().links(along(w.Ann, out(diplomacy.ParticipatedIn)))[0].Links
	equal(b, "nodes in their order", nodesOf(store.LinkPage{Links: links}), idsOf(w.Summit, w.Talks))
	equal(b, "date of the link", links[1].Span, edtf("2019-06-02").Span())
	equal(b, "evidence about it went", b.now().record(w.OfTalks.ID) == nil, true)
	t, err := b.write(func(writer store.Writer) error {
		must(b, writer.Retract(background, w.Talks.ID), "retract")
		return writer.Restore(background, b.now().reader.Revision(), w.Talks.ID)
	})
	must(b, err, "write")
	equal(b, "to what it was", t, diplomacy.Transaction{})
}

func restoredTwice(b *bed) {
	w := Seed(b, b.store)
	equal(b, "as it is", b.restore(1, idsOf(w.Records()...)...), diplomacy.Transaction{})
	w.Tenure.EndCause, w.Ann.Description = "DIED", "late"
	b.put(w.Tenure, w.Ann)
	b.restore(1, w.Tenure.ID, w.Ann.ID)
	equal(b, "again", b.restore(1, w.Tenure.ID, w.Ann.ID, w.OfTenure.ID), diplomacy.Transaction{})
	_, err := b.write(func(writer store.Writer) error {
		must(b, writer.Restore(background, 2, w.Tenure.ID), "restore")
		return writer.Restore(background, 1, w.Tenure.ID)
	})
	must(b, err, "write")
	equal(b, "versions", len(b.now().versions(w.Tenure.ID)), 3)
}

func restoredFuture(b *bed) {
	w := Seed(b, b.store)
	for known := diplomacy.TxNumber(2); known < 4; known++ {
		_, err := b.write(func(writer store.Writer) error { return writer.Restore(background, known, w.Ann.ID) })
		if !errors.Is(err, store.ErrNotFound) {
			b.Errorf("restore what was after %d: %v, want ErrNotFound", known, err)
		}
	}
}
