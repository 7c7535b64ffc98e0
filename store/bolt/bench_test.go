package bolt_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"

	"go.etcd.io/bbolt"
)

// hubLinks is how many links the hub of the benchmarks has.
const hubLinks = 100_000

// hub is a graph in which one state took part in very many events, made once.
var hub struct {
	path  string
	state diplomacy.ID
	last  diplomacy.ID // of the events
}

func openHub(b *testing.B) *bolt.DB {
	b.Helper()
	if hub.path == "" {
		dir, err := os.MkdirTemp("", "hub")
		if err != nil {
			b.Fatal(err)
		}
		hub.path = filepath.Join(dir, "graph.db")
		makeHub(b)
	}
	return openAt(b, hub.path, bolt.Options{})
}

func makeHub(b *testing.B) {
	db := openAt(b, hub.path, bolt.Options{NoSync: true})
	hub.state = putState(b, db, "hub")
	for from := 0; from < hubLinks; from += 10_000 {
		write(b, db, func(w store.Writer) error { return putMeetings(w, hub.state, from, 10_000) })
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

func snapshotOf(b *testing.B, db *bolt.DB) store.Snapshot {
	b.Helper()
	s, err := db.Read(background, store.Everything(0))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Release)
	return s
}

// reference opens a plain bbolt file with as many keys as the hub has links, to
// measure the same work without a graph.
func reference(b *testing.B) *bbolt.DB {
	b.Helper()
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "plain.db"), 0o600, &bbolt.Options{NoSync: true, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	err = db.Update(func(tx *bbolt.Tx) error {
		bucket, err := tx.CreateBucket([]byte("plain"))
		for i := uint64(0); i < hubLinks && err == nil; i++ {
			err = bucket.Put(binary.BigEndian.AppendUint64(nil, i), make([]byte, 150))
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	db.NoSync = false
	return db
}

func BenchmarkOpen(b *testing.B) {
	openHub(b).Close()
	b.Run("graph", func(b *testing.B) {
		for b.Loop() {
			db, err := bolt.Open(hub.path, bolt.Options{})
			if err != nil {
				b.Fatal(err)
			}
			db.Close()
		}
	})
	b.Run("bbolt", func(b *testing.B) {
		for b.Loop() {
			db, err := bbolt.Open(hub.path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
			if err != nil {
				b.Fatal(err)
			}
			db.Close()
		}
	})
}

func BenchmarkSnapshot(b *testing.B) {
	db := openHub(b)
	b.Run("graph", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s, err := db.Read(background, store.Everything(0))
			if err != nil {
				b.Fatal(err)
			}
			s.Release()
		}
	})
	plain := reference(b)
	b.Run("bbolt", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			tx, err := plain.Begin(false)
			if err != nil {
				b.Fatal(err)
			}
			tx.Rollback()
		}
	})
}

func BenchmarkRecord(b *testing.B) {
	s := snapshotOf(b, openHub(b))
	page, err := s.List(background, store.ListQuery{Kind: diplomacy.KindEvent, Page: store.Page{Limit: store.MaxPage}})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("graph", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := s.Records(background, []diplomacy.ID{page.Entries[i%len(page.Entries)].ID}); err != nil {
				b.Fatal(err)
			}
		}
	})
	plain := reference(b)
	b.Run("bbolt", func(b *testing.B) {
		b.ReportAllocs()
		tx, err := plain.Begin(false)
		if err != nil {
			b.Fatal(err)
		}
		defer tx.Rollback()
		bucket := tx.Bucket([]byte("plain"))
		for i := uint64(0); b.Loop(); i++ {
			if bucket.Get(binary.BigEndian.AppendUint64(nil, i%hubLinks)) == nil {
				b.Fatal("missing")
			}
		}
	})
}

func BenchmarkPage(b *testing.B) {
	s := snapshotOf(b, openHub(b))
	q := store.LinkQuery{Of: []diplomacy.ID{hub.state}, Along: []store.Arc{{Kind: diplomacy.ParticipatedIn}}, Page: store.Page{Limit: 20}}
	for _, c := range []struct {
		name string
		set  func(*store.LinkQuery)
	}{
		{"first", func(*store.LinkQuery) {}},
		{"last", func(q *store.LinkQuery) { q.Page.Last = true }},
		{"newest", func(q *store.LinkQuery) { q.Descending = true }},
		{"kind", func(q *store.LinkQuery) { q.Where.Facets = []store.FacetTest{{Terms: diplomacy.Terms{"VISIT"}}} }},
		{"since", func(q *store.LinkQuery) {
			q.Where.Times = []store.TimeTest{{Relation: store.Within, Match: diplomacy.Possible, Window: diplomacy.MustParseTime("2016/..").Window()}}
		}},
		{"three arcs", func(q *store.LinkQuery) {
			q.Along = append([]store.Arc{{Kind: diplomacy.PartyTo}, {Kind: diplomacy.ParticipatedIn, Direction: store.Behalf}}, q.Along...)
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			q := q
			c.set(&q)
			b.ReportAllocs()
			for b.Loop() {
				pages, err := s.Links(background, q)
				if err != nil || len(pages[0].Links) != 20 {
					b.Fatal(len(pages[0].Links), err)
				}
			}
		})
	}
	plain := reference(b)
	b.Run("bbolt", func(b *testing.B) {
		b.ReportAllocs()
		tx, err := plain.Begin(false)
		if err != nil {
			b.Fatal(err)
		}
		defer tx.Rollback()
		bucket := tx.Bucket([]byte("plain"))
		for b.Loop() {
			c, n := bucket.Cursor(), 0
			for k, _ := c.Seek([]byte{0, 0, 0, 0, 0, 0, 1, 0}); k != nil && n < 20; k, _ = c.Next() {
				n++
			}
		}
	})
}

func BenchmarkCommit(b *testing.B) {
	for _, c := range []struct {
		name string
		n    int
	}{{"1", 1}, {"1000", 1000}} {
		b.Run("graph/"+c.name, func(b *testing.B) {
			db, _ := openNew(b, bolt.Options{})
			state := putState(b, db, "hub")
			for i := 0; b.Loop(); i++ {
				write(b, db, func(w store.Writer) error { return putMeetings(w, state, i*c.n, max(c.n/2, 1)) })
			}
		})
		b.Run("bbolt/"+c.name, func(b *testing.B) {
			plain := reference(b)
			for i := 0; b.Loop(); i++ {
				err := plain.Update(func(tx *bbolt.Tx) error {
					bucket := tx.Bucket([]byte("plain"))
					for j := range c.n * 5 {
						key := binary.BigEndian.AppendUint64(nil, uint64(hubLinks+i*c.n*5+j))
						if err := bucket.Put(key, make([]byte, 150)); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkImport makes the whole hub: 200,000 records.
func BenchmarkImport(b *testing.B) {
	for b.Loop() {
		db, _ := openNew(b, bolt.Options{NoSync: true})
		state := putState(b, db, "hub")
		for from := 0; from < hubLinks; from += 10_000 {
			write(b, db, func(w store.Writer) error { return putMeetings(w, state, from, 10_000) })
		}
		db.Close()
	}
}
