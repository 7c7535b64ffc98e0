package bolt_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// Each of these is a hub with hubLinks links in a graph of its own, with
// something else that reads have to look at.

// putPairs puts pairs of persons that are the same.
func putPairs(b testing.TB, db *bolt.DB, n int) {
	write(b, db, func(w store.Writer) error {
		for i := range n {
			x, y := &diplomacy.Person{Thing: named(fmt.Sprintf("x-%d", i))}, &diplomacy.Person{Thing: named(fmt.Sprintf("y-%d", i))}
			if err := w.Put(background, x, y); err != nil {
				return err
			}
			if err := w.Put(background, &diplomacy.Judgement{A: x.ID, B: y.ID, Verdict: "SAME"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// putEmbargoes puts restricted sources, each backing a fact elsewhere.
func putEmbargoes(b testing.TB, db *bolt.DB, n int) {
	elsewhere := putState(b, db, "elsewhere")
	write(b, db, func(w store.Writer) error {
		for i := range n {
			s := &diplomacy.Source{Thing: named(fmt.Sprintf("source-%d", i)), Type: "BOOK", Restricted: true}
			if err := w.Put(background, s); err != nil {
				return err
			}
			if err := w.Put(background, &diplomacy.Evidence{About: elsewhere, Source: s.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}

// putTwin puts a second hub that is the same as the first, with half as many
// meetings of its own.
func putTwin(b testing.TB, db *bolt.DB, state diplomacy.ID) {
	twin := putState(b, db, "twin")
	for from := hubLinks; from < hubLinks*3/2; from += 10_000 {
		write(b, db, func(w store.Writer) error { return putMeetings(w, twin, from, 10_000) })
	}
	write(b, db, func(w store.Writer) error {
		return w.Put(background, &diplomacy.Judgement{A: state, B: twin, Verdict: "SAME"})
	})
}

// BenchmarkOverlay reads a page of 20 and the count of a hub as anybody may.
func BenchmarkOverlay(b *testing.B) {
	for _, c := range []struct {
		name string
		put  func(*bolt.DB, diplomacy.ID)
	}{
		{"nothing", func(*bolt.DB, diplomacy.ID) {}},
		{"1000 merges elsewhere", func(db *bolt.DB, _ diplomacy.ID) { putPairs(b, db, 1_000) }},
		{"100 restricted elsewhere", func(db *bolt.DB, _ diplomacy.ID) { putEmbargoes(b, db, 100) }},
		{"merged hub", func(db *bolt.DB, hub diplomacy.ID) { putTwin(b, db, hub) }},
	} {
		path := filepath.Join(b.TempDir(), "graph.db")
		db := openAt(b, path, bolt.Options{NoSync: true})
		state := putState(b, db, "hub")
		for from := 0; from < hubLinks; from += 10_000 {
			write(b, db, func(w store.Writer) error { return putMeetings(w, state, from, 10_000) })
		}
		c.put(db, state)
		benchHub(b, db, c.name, state)
	}
}

func benchHub(b *testing.B, db *bolt.DB, name string, hub diplomacy.ID) {
	s, err := db.Read(background, store.View{})
	ok(b, err)
	defer s.Release()
	q := store.LinkQuery{Of: []diplomacy.ID{hub}, Along: []store.Arc{{Kind: diplomacy.ParticipatedIn}}, Page: store.Page{Limit: 20}}
	b.Run(name+"/page", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if pages, err := s.Links(background, q); err != nil || len(pages[0].Links) != 20 {
				b.Fatal(len(pages[0].Links), err)
			}
		}
	})
	b.Run(name+"/count", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.CountLinks(background, q); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkHistory reads the present of a hub whose links have one version each,
// and of one behind each of whose links lie a thousand closed ones: a thousand
// times each event changed its status, which its link repeats.
func BenchmarkHistory(b *testing.B) {
	const meetings, versions = 200, 1_000
	for _, n := range []int{1, versions} {
		db := openAt(b, filepath.Join(b.TempDir(), "graph.db"), bolt.Options{NoSync: true})
		state := putState(b, db, "hub")
		write(b, db, func(w store.Writer) error { return putMeetings(w, state, 0, meetings) })
		for i := 1; i < n; i++ {
			write(b, db, func(w store.Writer) error { return changeMeetings(w, i) })
		}
		benchHub(b, db, fmt.Sprintf("%d versions", n), state)
	}
}

// changeMeetings gives all events another status.
func changeMeetings(w store.Writer, round int) error {
	page, err := w.List(background, store.ListQuery{Kind: diplomacy.KindEvent, Order: store.ByID, Page: store.Page{Limit: store.MaxPage}})
	if err != nil {
		return err
	}
	ids := make([]diplomacy.ID, len(page.Entries))
	for i, e := range page.Entries {
		ids[i] = e.ID
	}
	events, err := w.Records(background, ids)
	if err != nil {
		return err
	}
	for _, r := range events {
		e := *r.(*diplomacy.Event)
		e.Status = []diplomacy.Term{"HELD", "CANCELLED"}[round%2]
		if err := w.Put(background, &e); err != nil {
			return err
		}
	}
	return nil
}
