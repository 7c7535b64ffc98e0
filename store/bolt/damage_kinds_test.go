package bolt_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chancery/store"
	"chancery/store/bolt"

	"go.etcd.io/bbolt"
)

// page is the size of the pages of the files of these tests, in bytes.
const page = 4096

// intact is an undamaged file, and chance.
type intact struct {
	file []byte
	used int // pages
	list int // the page of the list of free pages
	head int // the newer meta page
	n    func(int) int
}

// pageDamages damage a page of a file.
var pageDamages = map[string]func(f intact, page []byte){
	"flipped bits": func(f intact, page []byte) {
		for range 1 + f.n(3) {
			page[f.n(len(page))] ^= byte(1 << f.n(8))
		}
	},
	"flipped bits of its header": func(f intact, page []byte) { page[f.n(80)] ^= byte(1 << f.n(8)) },
	"zeros":                      func(f intact, page []byte) { clear(page) },
	"a sector of zeros":          func(f intact, page []byte) { clear(page[512*f.n(8):][:512]) },
	"noise": func(f intact, page []byte) {
		for i := range page {
			page[i] = byte(f.n(256))
		}
	},
	"another page": func(f intact, page []byte) { copy(page, f.page(f.n(f.used))) },
	"exchanged with another page": func(f intact, page []byte) {
		other, old := f.page(f.n(f.used)), slices.Clone(page)
		copy(page, other)
		copy(other, old)
	},
}

// places are the pages that are damaged.
var places = map[string]func(f intact) int{
	"any page":               func(f intact) int { return f.n(f.used) },
	"the newer meta page":    func(f intact) int { return f.head },
	"the older meta page":    func(f intact) int { return 1 - f.head },
	"the list of free pages": func(f intact) int { return f.list },
}

// cuts shorten a file.
var cuts = map[string]func(f intact) []byte{
	"cut":                  func(f intact) []byte { return f.file[:f.n(len(f.file))] },
	"cut in its pages":     func(f intact) []byte { return f.file[:f.n(f.used*page)] },
	"zeros from a page on": func(f intact) []byte { clear(f.file[f.n(f.used)*page:]); return f.file },
	"cut at a page":        func(f intact) []byte { return f.file[:f.n(f.used)*page] },
}

func (f intact) page(id int) []byte { return f.file[id*page:][:page] }

// damages are the ways to damage a file, by name: each damage to each place, and the cuts.
func damages() map[string]func(f intact) []byte {
	all := maps.Clone(cuts)
	for place, choose := range places {
		for name, damage := range pageDamages {
			all[place+": "+name] = func(f intact) []byte {
				damage(f, f.page(choose(f)))
				return f.file
			}
		}
	}
	return all
}

// TestDamagedFilesAreFoundOrHarmless damages copies of a file in every way, at random: bits, pages, meta
// pages, the list of free pages, and cuts. Each damaged file is rejected, or Check finds the damage, or all
// answers are as before, and commits leave them so. Without the newer meta page the last transaction is
// lost, which Check finds too. Nothing panics.
func TestDamagedFilesAreFoundOrHarmless(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	makeHistory(t, path)
	leaveLongTexts(t, path)
	whole, questions := readIntact(t, path), allQuestions(t, path)
	verdicts := map[string]int{}
	all := damages()
	for i := range *flips {
		name := slices.Sorted(maps.Keys(all))[i%len(all)]
		f := whole
		f.file, f.n = slices.Clone(whole.file), rand.New(rand.NewPCG(uint64(i), 8)).IntN
		writeFile(t, path, string(all[name](f)))
		verdict, err := judge(t, path, questions)
		if verdicts[verdict]++; err != nil {
			t.Errorf("damage %d, %s: %v", i, name, err)
		}
	}
	t.Logf("%d damages: %v", *flips, verdicts)
}

func readIntact(t *testing.T, path string) intact {
	t.Helper()
	l := readFreelist(t, path)
	f := intact{file: l.file, list: l.at / page}
	plain(t, path, func(tx *bbolt.Tx) error {
		f.used, f.head = int(tx.Size()/page), (tx.ID()-1)%2 // the transaction of this function has the next ID
		return nil
	})
	ok(t, os.WriteFile(path, f.file, 0o600))
	return f
}

// judge asks a damaged graph all questions. The error is of a wrong answer, or of an error
// that does not say what is wrong.
func judge(t *testing.T, path string, questions []question) (verdict string, err error) {
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		return "not opened", unlessDamage(err, store.ErrForeign, fs.ErrNotExist)
	}
	defer db.Close()
	answers := map[string]int{}
	for _, q := range questions {
		got, err := q.ask(db)
		last, _ := db.Committed()
		switch {
		case last < q.view.Known:
			answers["lost"]++ // with the newer meta page
		case err != nil && unlessDamage(err) != nil:
			return "failed otherwise", err
		case err != nil:
			answers["failed"]++
		case got != q.answer:
			answers["wrong"]++
		}
	}
	found := findings(t, path)
	ok(t, db.Close())
	switch {
	case len(answers) > 0 && len(found) == 0:
		return "not found", fmt.Errorf("%v answers, and Check finds nothing", answers)
	case answers["lost"] > 0 && !strings.Contains(found[0], "meta page"):
		return "lost", fmt.Errorf("the last transaction is lost, and Check finds %v", found)
	case len(answers) > 0:
		return fmt.Sprint(slices.Sorted(maps.Keys(answers)), " answers, found by Check"), nil
	case len(found) > 0:
		return "found by Check", nil
	}
	return "harmless", harmless(t, path, questions)
}

// unlessDamage returns nil if an error says that the file is damaged, or one of some others.
func unlessDamage(err error, others ...error) error {
	for _, other := range append(others, store.ErrCorrupt) {
		if errors.Is(err, other) {
			return nil
		}
	}
	return err
}

// harmless commits to a graph of which Check found no damage: either the file is not opened for
// writing, or it stays sound and the answers the same.
func harmless(t *testing.T, path string, questions []question) error {
	if err := commitMany(t, path); err != nil {
		return unlessDamage(err)
	}
	if found := findings(t, path); len(found) > 0 {
		return fmt.Errorf("after commits Check finds %v", found)
	}
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	for _, q := range questions {
		if got, err := q.ask(db); err != nil || got != q.answer {
			return fmt.Errorf("after commits an answer is %q, %w", got, err)
		}
	}
	return nil
}
