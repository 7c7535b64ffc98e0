package bolt_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// setFormat sets the number of the format.
func setFormat(tx *bbolt.Tx, format byte) error {
	head := tx.Bucket([]byte("meta"))
	value := []byte(string(head.Get([]byte("state"))))
	value[4+8+3] = format
	return head.Put([]byte("state"), layout.PutChecksum(value))
}

// makeFormat1 turns a graph into what the first program would have left: it has
// no restricted records.
func makeFormat1(t *testing.T, path string) {
	t.Helper()
	plain(t, path, func(tx *bbolt.Tx) error {
		for _, name := range []string{"identity", "restricted", "identity-closed", "restricted-closed", "receipts", "names", "names-closed"} {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		return setFormat(tx, 1)
	})
}

// makeJudged makes a graph with judgements of every verdict, changed and
// retracted ones too, and gives the ids of two that are the same.
func makeJudged(t *testing.T, path string) (a, b diplomacy.ID, then diplomacy.TxNumber) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{NoSync: true})
	ok(t, err)
	defer func() { ok(t, db.Close()) }()
	var people []diplomacy.ID
	for _, slug := range []string{"a", "b", "c", "d"} {
		p := &diplomacy.Person{Thing: named(slug)}
		write(t, db, func(w store.Writer) error { return w.Put(background, p) })
		people = append(people, p.ID)
	}
	judge := func(id, a, b diplomacy.ID, verdict diplomacy.Term) diplomacy.ID {
		j := &diplomacy.Judgement{Head: diplomacy.Head{ID: id}, A: a, B: b, Verdict: verdict}
		then = write(t, db, func(w store.Writer) error { return w.Put(background, j) }).Number
		return j.ID
	}
	judge(0, people[0], people[1], "SAME")
	retracted := judge(0, people[2], people[3], "SAME")
	changed := judge(0, people[1], people[2], "SAME")
	joined := then
	judge(changed, people[1], people[2], "DIFFERENT")
	write(t, db, func(w store.Writer) error { return w.Retract(background, retracted) })
	return people[0], people[1], joined
}

// TestFormat1IsUpgradedWhenOpenedForWriting opens a file of format 1: reading only is refused, writing
// upgrades it, after which it reads and checks like a new file.
func TestFormat1IsUpgradedWhenOpenedForWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	a, b, then := makeJudged(t, path)
	makeFormat1(t, path)
	before, err := os.ReadFile(path)
	ok(t, err)
	if _, err := bolt.Open(path, bolt.Options{ReadOnly: true}); !errors.Is(err, store.ErrReadOnly) || !strings.Contains(err.Error(), "for writing") {
		t.Errorf("read-only: %v, want to be told to open it for writing", err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("reading changed the file")
	}
	ok(t, openAt(t, path, bolt.Options{NoSync: true}).Close())
	if sound := findings(t, path); len(sound) > 0 {
		t.Fatalf("after the upgrade: %s", sound)
	}
	db := openAt(t, path, bolt.Options{ReadOnly: true})
	for known, want := range map[diplomacy.TxNumber]int{0: 2, then: 4, 4: 1} {
		s, err := db.Read(background, store.View{Known: known})
		ok(t, err)
		same, err := s.Same(background, []diplomacy.ID{b})
		ok(t, err)
		if s.Release(); len(same[0]) != want || want > 1 && same[0][0].Header().ID != a {
			t.Errorf("as of %d there are %d that are the same, want %d", known, len(same[0]), want)
		}
	}
}

// TestListsOfFormat2AreSortedAgain: names were folded otherwise, in past states too.
func TestListsOfFormat2AreSortedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	db, err := bolt.Open(path, bolt.Options{NoSync: true})
	ok(t, err)
	mine := &diplomacy.Person{Thing: named("mine"), Born: diplomacy.MustParseTime("1950")}
	mine.Names[0].Value = "Łukasz"
	write(t, db, func(w store.Writer) error {
		return w.Put(background, mine, &diplomacy.Person{Thing: named("other")})
	})
	mine.Names[0].Value = "Øystein"
	write(t, db, func(w store.Writer) error { return w.Put(background, mine) })
	ok(t, db.Close())
	refold := strings.NewReplacer("lukasz", "\u0142ukasz", "oystein", "\u00f8ystein")
	plain(t, path, func(tx *bbolt.Tx) error {
		var changed int
		for _, name := range []string{"lists", "lists-closed"} {
			entries := map[string]string{}
			bucket := tx.Bucket([]byte(name))
			ok(t, bucket.ForEach(func(k, v []byte) error { entries[string(k)] = string(v); return nil }))
			for k, v := range entries {
				if old := refold.Replace(k); old != k {
					ok(t, errors.Join(bucket.Delete([]byte(k)), bucket.Put([]byte(old), []byte(v))))
					changed++
				}
			}
		}
		if changed != 2 {
			t.Errorf("%d keys changed", changed)
		}
		counters := tx.Bucket([]byte("counters"))
		var longest [][]byte
		ok(t, counters.ForEach(func(k, _ []byte) error {
			if layout.IsLongestKey(k) {
				longest = append(longest, bytes.Clone(k))
			}
			return nil
		}))
		for _, k := range longest {
			ok(t, counters.Delete(k))
		}
		return errors.Join(tx.DeleteBucket([]byte("names")), tx.DeleteBucket([]byte("names-closed")), setFormat(tx, 2))
	})
	if _, err := bolt.Open(path, bolt.Options{ReadOnly: true}); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("read-only: %v", err)
	}
	ok(t, openAt(t, path, bolt.Options{NoSync: true}).Close())
	if found := findings(t, path); len(found) > 0 {
		t.Errorf("after the upgrade, check finds %q", found)
	}
}
