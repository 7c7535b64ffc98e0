package bolt_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"

	"go.etcd.io/bbolt"
)

// freelist is the list of free pages in a file.
type freelist struct {
	file    []byte
	at      int   // in the file
	ids     []int // where each ID is in the file
	inUse   []uint64
	highest uint64
}

// readFreelist finds the list of the newer meta page. Its IDs follow the header of its page.
func readFreelist(t testing.TB, path string) freelist {
	t.Helper()
	var l freelist
	var err error
	l.file, err = os.ReadFile(path)
	ok(t, err)
	at := func(i int) uint64 { return binary.NativeEndian.Uint64(l.file[i:]) }
	head := 16
	if second := 4096 + 16; at(second+48) > at(head+48) {
		head = second
	}
	l.at, l.highest = int(at(head+32))*4096, at(head+40)
	free := map[uint64]bool{}
	for i := range int(binary.NativeEndian.Uint16(l.file[l.at+10:])) {
		l.ids = append(l.ids, l.at+16+8*i)
		free[at(l.ids[i])] = true
	}
	for id := uint64(2); id < l.highest; id++ {
		if list := uint64(l.at / 4096); !free[id] && id != list {
			l.inUse = append(l.inUse, id)
		}
	}
	if len(l.ids) < 3 || len(l.inUse) < 3 {
		t.Fatalf("%d pages are free and %d in use", len(l.ids), len(l.inUse))
	}
	return l
}

// freelistDamages change a list in ways that bbolt does not notice.
var freelistDamages = map[string]func(l freelist, n func(int) int){
	"a page in use in the place of a free one": func(l freelist, n func(int) int) {
		binary.NativeEndian.PutUint64(l.file[l.ids[n(len(l.ids))]:], l.inUse[n(len(l.inUse))])
	},
	"a page in use beside the free ones": func(l freelist, n func(int) int) {
		binary.NativeEndian.PutUint64(l.file[l.at+16+8*len(l.ids):], l.inUse[n(len(l.inUse))])
		l.setCount(len(l.ids) + 1)
	},
	"a page twice": func(l freelist, n func(int) int) {
		i := n(len(l.ids) - 1)
		copy(l.file[l.ids[i]:l.ids[i]+8], l.file[l.ids[i+1]:])
	},
	"a page beyond the end": func(l freelist, n func(int) int) {
		binary.NativeEndian.PutUint64(l.file[l.ids[len(l.ids)-1]:], l.highest+uint64(n(100)))
	},
	"more than there are":  func(l freelist, n func(int) int) { l.setCount(len(l.ids) + 1 + n(5)) },
	"fewer than there are": func(l freelist, n func(int) int) { l.setCount(n(len(l.ids))) },
	"another kind of page": func(l freelist, n func(int) int) { l.file[l.at+8] ^= byte(1 + n(255)) },
	"bits": func(l freelist, n func(int) int) {
		for range 1 + n(3) {
			l.file[l.at+n(16+8*len(l.ids))] ^= byte(1 << n(8))
		}
	},
}

func (l freelist) setCount(n int) { binary.NativeEndian.PutUint16(l.file[l.at+10:], uint16(n)) }

// TestDamagedFreelistIsFoundAndDestroysNothing damages the list of free pages. Check finds it; and where the
// file can be opened for writing all the same, commits leave what was there as it was.
func TestDamagedFreelistIsFoundAndDestroysNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	makeHistory(t, path)
	leaveLongTexts(t, path)
	want, err := everything(path)
	ok(t, err)
	sound, err := os.ReadFile(path)
	ok(t, err)
	for name, damage := range freelistDamages {
		t.Run(name, func(t *testing.T) {
			for i := range uint64(20) {
				writeFile(t, path, string(sound))
				l := readFreelist(t, path)
				damage(l, rand.New(rand.NewPCG(i, 5)).IntN)
				writeFile(t, path, string(l.file))
				found := findings(t, path)
				if string(l.file) != string(sound) && len(found) == 0 {
					t.Fatalf("damage %d is not found", i)
				}
				refused := commitMany(t, path)
				if refused != nil && !errors.Is(refused, store.ErrCorrupt) {
					t.Fatalf("damage %d: %v, want ErrCorrupt", i, refused)
				}
				if got, err := everything(path); err != nil || !strings.Contains(got, afterRevision(want)) {
					t.Fatalf("damage %d (%v): after it the graph differs, %v", i, found, err)
				}
				if found := findings(t, path); refused == nil && len(found) > 0 && !strings.Contains(found[0], "neither in use nor free") {
					t.Fatalf("damage %d: after commits check finds %v", i, found)
				}
			}
		})
	}
}

// leaveLongTexts makes content that takes several pages, some of which become free.
func leaveLongTexts(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{NoSync: true})
	ok(t, err)
	for i := range 6 {
		_, err := putText(db, fmt.Sprint("long-", i), 5_000*(1+i))
		ok(t, err)
	}
	ok(t, db.Close())
}

func afterRevision(everything string) string {
	_, rest, _ := strings.Cut(everything, "\n")
	return rest
}

// commitMany commits thirty times, and returns the error of Open.
func commitMany(t *testing.T, path string) error {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{NoSync: true})
	if err != nil {
		return err
	}
	defer db.Close()
	for i := range 30 {
		_, err := db.Write(background, store.Commit{}, func(w store.Writer) error {
			return w.Put(background, &diplomacy.State{Thing: named(fmt.Sprint("late-", i))})
		})
		ok(t, err)
	}
	return nil
}

// TestDamagedMetaPageIsFound: with one of its two meta pages a file can be opened, and the last transaction may be lost.
func TestDamagedMetaPageIsFound(t *testing.T) {
	for page := range int64(2) {
		path := filepath.Join(t.TempDir(), "graph.db")
		makeHistory(t, path)
		overwrite(t, path, page*4096+16+60, "?")
		if found := findings(t, path); len(found) != 1 || !strings.Contains(found[0], fmt.Sprintf("meta page %d of 2 is damaged", page+1)) {
			t.Errorf("meta page %d is damaged, check finds %v", page+1, found)
		}
		if err := commitMany(t, path); err != nil {
			t.Error(err)
		}
		if found := findings(t, path); len(found) > 0 {
			t.Errorf("after commits check finds %v", found)
		}
	}
}

// TestPagesAgreeWithBbolt holds our reading of pages against bbolt's own, in a file with many free pages.
func TestPagesAgreeWithBbolt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	makeHistory(t, path)
	leaveLongTexts(t, path)
	ok(t, commitMany(t, path))
	plain(t, path, func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("bbolt finds: %v", err)
		}
		return nil
	})
	if found := findings(t, path); len(found) > 0 {
		t.Errorf("check finds %v", found)
	}
}
