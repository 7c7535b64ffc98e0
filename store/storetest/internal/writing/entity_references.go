package writing

import (
	"errors"
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

// entityReferences covers the fields in which entities refer to others, of all
// kinds that have any in the table of package diplomacy.
var entityReferences = testbed.Theme{Name: "entity references", Trials: []testbed.Trial{
	{Name: "are refused unless they lead to an entity of an allowed kind", Run: entityReferencesRefused},
	{Name: "keep what they name from being retracted", Run: entityReferencesBlock},
	{Name: "are links of what they name", Run: entityReferencesLink},
	{Name: "follow the record through changes and restoring", Run: entityReferencesFollow},
}}

// eachEntityReference runs a trial for each field: the referrer refers to nothing
// yet, the target is another entity that it may name.
func eachEntityReference(b *testbed.Bed, trial func(b *testbed.Bed, referrer diplomacy.Entity, field diplomacy.ReferenceField, target diplomacy.Entity)) {
	w := testbed.Seed(b, b.Store)
	for _, kind := range diplomacy.EntityKinds {
		for i, field := range diplomacy.ReferenceFields(kind) {
			trial(b, copyNamed(b, w, kind, fmt.Sprintf("referrer-%s-%d", strings.ToLower(kind.String()), i)), field, copyNamed(b, w, field.Kinds[0], fmt.Sprintf("target-%s-%d", strings.ToLower(kind.String()), i)))
		}
	}
}

// copyNamed puts a new entity like the one of its kind in the world.
func copyNamed(b *testbed.Bed, w *testbed.World, kind diplomacy.Kind, slug string) diplomacy.Entity {
	for _, r := range w.Entities() {
		if r.Kind() == kind {
			e := diplomacy.CopyOf(r).(diplomacy.Entity)
			e.Base().Slug, e.Base().Identifiers = slug, nil
			b.Put(e)
			return e
		}
	}
	b.Fatalf("the world has no %s", kind)
	return nil
}

// refer makes the field of a referrer name a record.
func refer(b *testbed.Bed, referrer diplomacy.Entity, field diplomacy.ReferenceField, target diplomacy.ID) diplomacy.Transaction {
	b.Helper()
	*field.In(referrer) = target
	return b.Put(referrer)
}

func entityReferencesRefused(b *testbed.Bed) {
	eachEntityReference(b, func(b *testbed.Bed, referrer diplomacy.Entity, field diplomacy.ReferenceField, target diplomacy.Entity) {
		for _, id := range []diplomacy.ID{
			diplomacy.MakeID(target.Kind(), 1), diplomacy.MakeID(diplomacy.KindEvidence, 1), referrer.Base().ID,
		} {
			*field.In(referrer) = id
			testbed.Refused(b, 0, field.Name, referrer)
		}
		b.Retract(target.Base().ID)
		*field.In(referrer) = target.Base().ID
		testbed.Refused(b, 0, field.Name, referrer)
	})
}

func entityReferencesBlock(b *testbed.Bed) {
	eachEntityReference(b, func(b *testbed.Bed, referrer diplomacy.Entity, field diplomacy.ReferenceField, target diplomacy.Entity) {
		refer(b, referrer, field, target.Base().ID)
		_, err := b.Write(func(w store.Writer) error { return w.Retract(testbed.Background, target.Base().ID) })
		if !errors.Is(err, store.ErrReferenced) {
			b.Errorf("retract the %s of a %s: %v, want ErrReferenced", field.Name, referrer.Kind(), err)
		}
		_, err = b.Write(func(w store.Writer) error { return w.Retract(testbed.Background, target.Base().ID, referrer.Base().ID) })
		testbed.Must(b, err, "retract both")
		other := testbed.Clone(target)
		*other.Header() = diplomacy.Head{}
		b.Put(other)
		*referrer.Header() = diplomacy.Head{}
		refer(b, referrer, field, other.Base().ID)
		refer(b, referrer, field, 0)
		b.Retract(other.Base().ID)
	})
}

func entityReferencesLink(b *testbed.Bed) {
	eachEntityReference(b, func(b *testbed.Bed, referrer diplomacy.Entity, field diplomacy.ReferenceField, target diplomacy.Entity) {
		testbed.LeadsTo(b, target, testbed.In(referrer.Kind()))
		refer(b, referrer, field, target.Base().ID)
		testbed.LeadsTo(b, target, testbed.In(referrer.Kind()), referrer)
		link := b.Now().Links(testbed.Along(target, testbed.In(referrer.Kind())))[0].Links[0]
		testbed.Equal(b, "via", link.Via, referrer.Base().ID)
		testbed.Equal(b, "facets", link.Facets, referrer.Facets())
		testbed.Equal(b, "span", link.Span, diplomacy.Time{}.Span())
		testbed.LeadsTo(b, referrer, testbed.Out(referrer.Kind()))
	})
}

func entityReferencesFollow(b *testbed.Bed) {
	eachEntityReference(b, func(b *testbed.Bed, referrer diplomacy.Entity, field diplomacy.ReferenceField, target diplomacy.Entity) {
		first := refer(b, referrer, field, target.Base().ID)
		cleared := refer(b, referrer, field, 0)
		testbed.LeadsTo(b, target, testbed.In(referrer.Kind()))
		testbed.Equal(b, "links in the past", testbed.NodesOf(b.At(first.Number).Links(testbed.Along(target, testbed.In(referrer.Kind())))[0]), testbed.IDsOf(referrer))
		restore := func(known diplomacy.TxNumber) error {
			_, err := b.Write(func(w store.Writer) error { return w.Restore(testbed.Background, known, referrer.Base().ID) })
			return err
		}
		testbed.Must(b, restore(first.Number), "restore the reference")
		testbed.LeadsTo(b, target, testbed.In(referrer.Kind()), referrer)
		testbed.Must(b, restore(cleared.Number), "restore the record without it")
		b.Retract(target.Base().ID)
		if err := restore(first.Number); !errors.As(err, new(*store.RefusedError)) {
			b.Errorf("restore a reference to a retracted %s: %v, want it refused", target.Kind(), err)
		}
	})
}
