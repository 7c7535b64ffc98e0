package bolt_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

var background = context.Background()

// openNew makes a graph that is closed at the end of the test.
func openNew(t testing.TB, o bolt.Options) (*bolt.DB, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.db")
	return openAt(t, path, o), path
}

func openAt(t testing.TB, path string, o bolt.Options) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func write(t testing.TB, db *bolt.DB, fn func(w store.Writer) error) diplomacy.Transaction {
	t.Helper()
	done, err := db.Write(background, store.Commit{Author: "curator", Message: "test"}, fn)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func named(slug string) diplomacy.Thing {
	return diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: "The one called " + slug, Language: "en"}}}
}

// putMeetings puts events numbered from a number on, in each of which a state
// took part: as many entities as statements.
func putMeetings(w store.Writer, of diplomacy.ID, from, n int) error {
	kinds := []diplomacy.Term{"MEETING", "CONVERSATION", "VISIT", "SUMMIT"}
	for i := from; i < from+n; i++ {
		e := &diplomacy.Event{Thing: named(fmt.Sprintf("event-%d", i)), Type: kinds[i%len(kinds)], Medium: "IN_PERSON", Status: "HELD"}
		e.Date = diplomacy.MustParseTime(fmt.Sprintf("%04d-%02d-%02d", 1950+i%75, 1+i%12, 1+i%28))
		if err := w.Put(background, e); err != nil {
			return err
		}
		if err := w.Put(background, &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: of, Object: e.ID}); err != nil {
			return err
		}
	}
	return nil
}

// putState puts a state and gives its id.
func putState(t testing.TB, db *bolt.DB, slug string) diplomacy.ID {
	t.Helper()
	state := &diplomacy.State{Thing: named(slug)}
	write(t, db, func(w store.Writer) error { return w.Put(background, state) })
	return state.ID
}
