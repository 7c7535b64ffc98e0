package bolt_test

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"

	"go.etcd.io/bbolt"
)

var flips = flag.Int("flips", 300, "how many damaged copies TestFlippedBytesAreFoundOrHarmless and TestDamagedFilesAreFoundOrHarmless make")

// headPages is where bbolt keeps its two heads. Damage to one of them is met by
// the other, which is one transaction older: no error, and not the same answer.
const headPages = 2 * 4096

// TestFlippedBytesAreFoundOrHarmless damages copies of a file at random. Reading
// them fails with an error or returns everything as it was, and never panics.
func TestFlippedBytesAreFoundOrHarmless(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	makeHistory(t, path)
	want, err := everything(path)
	ok(t, err)
	used := 0
	plain(t, path, func(tx *bbolt.Tx) error {
		used = int(tx.Size())
		return nil
	})
	sound, err := os.ReadFile(path)
	ok(t, err)
	noticed := 0
	for i := range *flips {
		random := rand.New(rand.NewPCG(uint64(i), 4))
		damaged := append([]byte(nil), sound...)
		for range 1 + random.IntN(4) {
			damaged[headPages+random.IntN(used-headPages)] ^= byte(1 + random.IntN(255))
		}
		writeFile(t, path, string(damaged))
		got, err := everything(path)
		if found := findings(t, path); err != nil || len(found) > 0 {
			noticed++
		} else if got != want {
			t.Fatalf("damage %d is not found: got\n%s\nwant\n%s", i, got, want)
		}
		writeOn(path)
	}
	t.Logf("%d of %d damages were found, the others did no harm", noticed, *flips)
}

// TestDamagedBranchKeysAreFound damages the keys by which pages are found, one at a
// time: a walk from the first entry to the last still meets all of them, but a look-up
// of one may not, and a commit may leave a page in the tree that it frees. What Check does
// not find is in a free page, and commits do no harm.
func TestDamagedBranchKeysAreFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	makeHistory(t, path)
	want, err := everything(path)
	ok(t, err)
	sound, err := os.ReadFile(path)
	ok(t, err)
	keys := branchKeys(sound)
	if len(keys) == 0 {
		t.Fatal("there is no branch")
	}
	for i := 0; i < len(keys); i += 3 {
		damaged := append([]byte(nil), sound...)
		damaged[keys[i]] ^= []byte{0x81, 0x01}[i%2]
		writeFile(t, path, string(damaged))
		if len(findings(t, path)) > 0 {
			continue
		}
		if got, err := everything(path); err != nil || got != want {
			t.Errorf("what is flipped at %d is not found, %v", keys[i], err)
		}
		ok(t, commitMany(t, path))
		if found := findings(t, path); len(found) > 0 {
			t.Errorf("what is flipped at %d is not found; after commits Check finds %v", keys[i], found)
		}
	}
}

// branchKeys is where the keys of bbolt's branch pages have their bytes: behind a
// header of 16 bytes, with the page's kind and the number of its elements, each of
// them says in 16 more how far from itself its key is, and how long.
func branchKeys(file []byte) (at []int) {
	const page, branch = 4096, 0x01
	for start := headPages; start+page <= len(file); start += page {
		if binary.NativeEndian.Uint16(file[start+8:]) != branch {
			continue
		}
		for i := range int(binary.NativeEndian.Uint16(file[start+10:])) {
			element := start + 16 + 16*i
			key := element + int(binary.NativeEndian.Uint32(file[element:]))
			for n := range int(binary.NativeEndian.Uint32(file[element+4:])) {
				at = append(at, key+n)
			}
		}
	}
	return at
}

// everything tells all that a graph holds, as text.
func everything(path string) (string, error) {
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer db.Close()
	s, err := db.Read(background, store.Everything(0))
	if err != nil {
		return "", err
	}
	defer s.Release()
	text := fmt.Sprintln("revision", s.Revision())
	for n := diplomacy.TxNumber(1); n <= s.Revision(); n++ {
		done, err := s.Transactions(background, []diplomacy.TxNumber{n})
		if err != nil {
			return "", err
		}
		text += fmt.Sprintf("%+v\n", done[0])
		changes, err := s.Changes(background, n, 0, 1000)
		if err != nil {
			return "", err
		}
		for _, c := range changes {
			about, err := everythingAbout(s, c.Record)
			if err != nil {
				return "", err
			}
			text += about
		}
	}
	return text, nil
}

func everythingAbout(s store.Snapshot, id diplomacy.ID) (string, error) {
	versions, err := s.Versions(background, []diplomacy.ID{id}, 0, 100)
	if err != nil {
		return "", err
	}
	arcs := []store.Arc{{Kind: diplomacy.ParticipatedIn}, {Kind: diplomacy.ParticipatedIn, Direction: store.In}}
	links, err := s.Links(background, store.LinkQuery{Of: []diplomacy.ID{id}, Along: arcs, Page: store.Page{Limit: 1000}})
	if err != nil {
		return "", err
	}
	text := fmt.Sprintln(id)
	for _, v := range versions[0] {
		text += fmt.Sprintf("\t%+v\n", v)
	}
	for _, l := range links[0].Links {
		text += fmt.Sprintf("\t%+v\n", l)
	}
	return text, nil
}

// writeOn writes into a damaged graph, which may go well or fail.
func writeOn(path string) {
	db, err := bolt.Open(path, bolt.Options{NoSync: true})
	if err != nil {
		return
	}
	defer db.Close()
	for i := range 3 {
		_, _ = db.Write(background, store.Commit{}, func(w store.Writer) error {
			return w.Put(background, &diplomacy.State{Thing: named(fmt.Sprint("late-", i))})
		})
	}
}
