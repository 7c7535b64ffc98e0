package feed_test

import (
	"slices"
	"testing"

	"chancery/diplomacy"
	"chancery/feed"
	"chancery/store/storetest"
)

// TestReferencesOfEntitiesTouchWhatTheyName follows a record that an entity begins and
// ceases to refer to, for each field of the table in which entities refer to others.
func TestReferencesOfEntitiesTouchWhatTheyName(t *testing.T) {
	for _, kind := range diplomacy.EntityKinds {
		for _, field := range diplomacy.ReferenceFields(kind) {
			t.Run(kind.String()+"."+field.Name, func(t *testing.T) { referenceTouches(t, kind, field) })
		}
	}
}

func referenceTouches(t *testing.T, kind diplomacy.Kind, field diplomacy.ReferenceField) {
	s := openStore(t)
	w := storetest.Seed(t, s)
	of := func(kind diplomacy.Kind) diplomacy.Record {
		return w.Entities()[slices.IndexFunc(w.Entities(), func(r diplomacy.Record) bool { return r.Kind() == kind })]
	}
	referrer, target := of(kind), of(field.Kinds[0]).Header().ID
	seeded, _ := s.Committed()
	var want []diplomacy.TxNumber
	for _, id := range []diplomacy.ID{target, 0} {
		next := diplomacy.CopyOf(referrer)
		next.Header().ID = referrer.Header().ID
		*field.In(next) = id
		want = append(want, put(t, s, next))
	}
	last := put(t, s, topic("end"))
	got := passing(t, feed.New(s, feed.Options{}), seeded, feed.Filter{Records: []diplomacy.ID{target}}, last)
	if !slices.Equal(got, want) {
		t.Errorf("transactions %v touch what %s names, want %v", got, field.Name, want)
	}
}
