package duplicates_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"chancery/curation/duplicates"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// BenchmarkFind looks through 10,000 persons, of whom every tenth shares a name
// and a tenure with another, and 10,000 events.
func BenchmarkFind(b *testing.B) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "graph.db"), bolt.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	const many = 10_000
	if _, err := db.Write(b.Context(), store.Commit{}, func(w store.Writer) error { return putCrowd(w, b, many) }); err != nil {
		b.Fatal(err)
	}
	snapshot := read(b, db)
	for b.Loop() {
		found, err := duplicates.Find(b.Context(), snapshot)
		if err != nil || len(found) != many/10 {
			b.Fatalf("%d pairs, %v", len(found), err)
		}
	}
}

// putCrowd puts persons, their tenures, and meetings between them.
func putCrowd(w store.Writer, b *testing.B, many int) error {
	office := &diplomacy.Office{Thing: named("office"), Type: "MINISTER"}
	if err := w.Put(b.Context(), office); err != nil {
		return err
	}
	for i := range many {
		person := &diplomacy.Person{Thing: named(fmt.Sprintf("person-%d", i))}
		if i%10 == 1 {
			person.Names[0].Value = fmt.Sprintf("person-%d", i-1)
		}
		event := &diplomacy.Event{Thing: named(fmt.Sprintf("event-%d", i)), Type: "MEETING"}
		event.Date = diplomacy.MustParseTime(fmt.Sprintf("%04d-%02d-%02d", 1950+i%75, 1+i%12, 1+i%28))
		if err := w.Put(b.Context(), person, event); err != nil {
			return err
		}
		tenure := &diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: person.ID, Object: office.ID, Valid: diplomacy.MustParseTime("2019/..")}
		part := &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: person.ID, Object: event.ID}
		if err := w.Put(b.Context(), tenure, part); err != nil {
			return err
		}
	}
	return nil
}

func named(slug string) diplomacy.Thing {
	return diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug}}}
}

func read(t testing.TB, s store.Store) store.Snapshot {
	t.Helper()
	snapshot, err := s.Read(t.Context(), store.View{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(snapshot.Release)
	return snapshot
}
