package bolt_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"

	"go.etcd.io/bbolt"
)

// makeFormat1 turns a graph into what the first program would have left: it has
// no restricted records.
func makeFormat1(t *testing.T, path string) {
	t.Helper()
	plain(t, path, func(tx *bbolt.Tx) error {
		for _, name := range bolt.Since2() {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		head := tx.Bucket([]byte("meta"))
		value := []byte(string(head.Get([]byte("state"))))
		value[4+8+3] = 1
		return head.Put([]byte("state"), bolt.Seal(value))
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

// TestUpgrade opens a file of format 1: reading only is refused, writing
// upgrades it, after which it reads and checks as if it had been made anew.
func TestUpgrade(t *testing.T) {
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
