package bolt_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// TestManyKilledWritersLoseNothingCommitted kills a process in which many write at once, at moments of
// chance. Every transaction that was acknowledged is there, whole, and the graph
// is sound. With -long it does so fifty times.
func TestManyKilledWritersLoseNothingCommitted(t *testing.T) {
	if path := os.Getenv(writerAt); path != "" {
		manyUntilKilled(t, path)
	}
	rounds := 5
	if flag.Lookup("long").Value.String() == "true" { // of storetest
		rounds = 50
	}
	path := filepath.Join(t.TempDir(), "graph.db")
	acknowledged := map[diplomacy.TxNumber]string{}
	for round := range rounds {
		before := len(acknowledged)
		after := time.Duration(rand.Int64N(int64(150 * time.Millisecond)))
		runUntilKilled(t, "TestManyKilledWritersLoseNothingCommitted", path, after, func(line string) {
			var number diplomacy.TxNumber
			var name string
			if _, err := fmt.Sscan(line, &number, &name); err != nil || acknowledged[number] != "" {
				t.Errorf("the writers say %q; %d was %q", line, number, acknowledged[number])
			}
			acknowledged[number] = name
		})
		t.Logf("round %d, killed after %v: %d acknowledged", round, after, len(acknowledged)-before)
		stands(t, path, acknowledged)
	}
}

// stands checks that all that was acknowledged is there and nothing is half
// there.
func stands(t *testing.T, path string, acknowledged map[diplomacy.TxNumber]string) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{})
	ok(t, err)
	defer db.Close()
	for finding, err := range db.Check(background) {
		t.Fatalf("check finds %q, %v", finding, err)
	}
	s, err := db.Read(background, store.Everything(0))
	ok(t, err)
	defer s.Release()
	for number, name := range acknowledged {
		of, _, err := s.Receipt(background, name)
		ok(t, err)
		found, err := s.Find(background, []store.Key{{Kind: diplomacy.KindSource, Scheme: store.SchemeSlug, Value: name}, {Kind: diplomacy.KindEvent, Scheme: store.SchemeSlug, Value: name}})
		ok(t, err)
		changes, err := s.Changes(background, number, 0, 10)
		ok(t, err)
		if of != number || found[0] == 0 || found[1] == 0 || len(changes) != 4 {
			t.Fatalf("transaction %d, %s, was acknowledged; its receipt is of %d, its records are %v, its changes %v", number, name, of, found, changes)
		}
	}
}

// manyUntilKilled has 64 clients commit and tell so.
func manyUntilKilled(t *testing.T, path string) {
	db := openAt(t, path, bolt.Options{})
	host := &diplomacy.State{Thing: named(fmt.Sprint("host-", time.Now().UnixNano()))}
	write(t, db, func(w store.Writer) error { return w.Put(background, host) })
	for client := range 64 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%s-%d-%d", host.Slug, client, i)
				done, err := db.Write(background, store.Commit{}, func(w store.Writer) error { return putSourced(w, host.ID, name) })
				if err != nil {
					fmt.Println("failed:", err)
					return
				}
				fmt.Println(uint64(done.Number), name)
			}
		}()
	}
	select {}
}

// putSourced puts a source, an event, a participation and evidence of it, and
// remembers that.
func putSourced(w store.Writer, host diplomacy.ID, name string) error {
	source := &diplomacy.Source{Thing: named(name), Type: "BOOK"}
	event := &diplomacy.Event{Thing: named(name), Type: "MEETING"}
	if err := w.Put(background, source, event); err != nil {
		return err
	}
	joined := &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: host, Object: event.ID}
	if err := w.Put(background, joined); err != nil {
		return err
	}
	return errors.Join(
		w.Put(background, &diplomacy.Evidence{About: joined.ID, Source: source.ID}),
		w.Remember(background, name, []byte(name)))
}
