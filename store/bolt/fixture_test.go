package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"

	"go.etcd.io/bbolt"
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

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	ok(t, os.WriteFile(path, []byte(text), 0o600))
}

// overwrite changes a file in its middle.
func overwrite(t testing.TB, path string, at int64, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	ok(t, err)
	_, err = f.WriteAt([]byte(text), at)
	ok(t, errors.Join(err, f.Close()))
}

// makeGraph makes a graph of two transactions.
func makeGraph(t testing.TB, path string) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{NoSync: true})
	ok(t, err)
	state := putState(t, db, "state")
	write(t, db, func(w store.Writer) error { return putMeetings(w, state, 0, 50) })
	ok(t, db.Close())
}

// makeForeign makes a bbolt file with one bucket and a key.
func makeForeign(t testing.TB, path, bucket string) {
	t.Helper()
	plain(t, path, func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte(bucket))
		if err != nil {
			return err
		}
		return b.Put([]byte("state"), []byte("of another program"))
	})
}

// plain changes a file without its owner's knowledge.
func plain(t testing.TB, path string, fn func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	ok(t, err)
	ok(t, errors.Join(db.Update(fn), db.Close()))
}

// edit changes one bucket of a file.
func edit(t testing.TB, path, bucket string, fn func(*bbolt.Bucket) error) {
	t.Helper()
	plain(t, path, func(tx *bbolt.Tx) error { return fn(tx.Bucket([]byte(bucket))) })
}
