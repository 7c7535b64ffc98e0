package bolt_test

import (
	"encoding/binary"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"

	"go.etcd.io/bbolt"
)

// makeHistory makes a graph in which every bucket has entries, closed ones too.
func makeHistory(t testing.TB, path string) {
	t.Helper()
	makeGraph(t, path)
	db := openAt(t, path, bolt.Options{NoSync: true})
	var page store.ListPage
	var retracted diplomacy.ID
	write(t, db, func(w store.Writer) (err error) {
		page, err = w.List(background, store.ListQuery{Kind: diplomacy.KindEvent, Page: store.Page{Limit: 3}})
		if err != nil {
			return err
		}
		for i, e := range page.Entries {
			event := &diplomacy.Event{Thing: named("renamed"), Type: "VOTE"}
			event.ID, event.Slug = e.ID, event.Slug+string(rune('a'+i))
			if err := w.Put(background, event); err != nil {
				return err
			}
		}
		if err := putOverlay(w); err != nil {
			return err
		}
		links, err := w.Links(background, store.LinkQuery{Of: []diplomacy.ID{page.Entries[0].ID}, Along: []store.Arc{{Kind: diplomacy.ParticipatedIn, Direction: store.In}}, Page: store.Page{Limit: 1}})
		if err != nil {
			return err
		}
		retracted = links[0].Links[0].Via
		return errors.Join(w.Retract(background, retracted), w.Remember(background, "key", []byte("receipt")))
	})
	write(t, db, changeOverlay)
	write(t, db, func(w store.Writer) error { return w.Restore(background, 2, page.Entries[0].ID, retracted) })
	ok(t, db.Close())
}

// putOverlay judges two persons and restricts two sources, with what rests on
// them; changeOverlay takes half of that back.
func putOverlay(w store.Writer) error {
	a, b := &diplomacy.Person{Thing: named("a")}, &diplomacy.Person{Thing: named("b")}
	first := &diplomacy.Source{Thing: named("first"), Type: "BOOK", Restricted: true}
	second := &diplomacy.Source{Thing: named("second"), Type: "BOOK", Restricted: true}
	if err := w.Put(background, a, b, first, second); err != nil {
		return err
	}
	issued := &diplomacy.Statement{Predicate: diplomacy.IssuedBy, Subject: first.ID, Object: a.ID}
	if err := w.Put(background, issued); err != nil {
		return err
	}
	return w.Put(background,
		&diplomacy.Judgement{A: a.ID, B: b.ID, Verdict: "SAME"}, &diplomacy.Judgement{A: a.ID, B: b.ID, Verdict: "SAME"},
		&diplomacy.Evidence{About: issued.ID, Source: second.ID}, &diplomacy.Evidence{About: a.ID, Source: second.ID})
}

func changeOverlay(w store.Writer) error {
	ids, err := w.Find(background, []store.Key{
		{Kind: diplomacy.KindPerson, Scheme: store.SchemeSlug, Value: "a"}, {Kind: diplomacy.KindSource, Scheme: store.SchemeSlug, Value: "first"},
	})
	if err != nil {
		return err
	}
	found, err := w.Links(background, store.LinkQuery{Of: ids[:1], Along: []store.Arc{{Kind: diplomacy.KindJudgement}}, Page: store.Page{Limit: 1}})
	if err != nil {
		return err
	}
	lifted := &diplomacy.Source{Thing: named("first"), Type: "BOOK"}
	lifted.ID = ids[1]
	if err := w.Put(background, lifted); err != nil {
		return err
	}
	return w.Retract(background, found[0].Links[0].Via)
}

// findings are what Check says, with its error.
func findings(t testing.TB, path string) (all []string) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		return []string{err.Error()}
	}
	defer db.Close()
	for finding, err := range db.Check(background) {
		if err != nil {
			finding = err.Error()
		}
		all = append(all, finding)
	}
	return all
}

func flipLast(b []byte) []byte {
	b = append([]byte(nil), b...)
	b[len(b)-1] ^= 1
	return b
}

// TestCheckFindsDamageToEveryBucket plants every kind of damage into every bucket.
func TestCheckFindsDamageToEveryBucket(t *testing.T) {
	remove := func(b *bbolt.Bucket, k, _ []byte) error { return b.Delete(k) }
	alter := func(b *bbolt.Bucket, k, v []byte) error { return b.Put(k, flipLast(v)) }
	double := func(b *bbolt.Bucket, k, v []byte) error { return b.Put(flipLast(k), append([]byte(nil), v...)) }
	restamp := func(b *bbolt.Bucket, k, v []byte) error {
		v = append([]byte(nil), v...)
		v[7]++ // since when it holds, or until when it did
		return b.Put(k, v)
	}
	damages := map[string]func(b *bbolt.Bucket, k, v []byte) error{"remove": remove, "alter": alter, "double": double, "restamp": restamp}
	tables := []string{
		"records", "links", "lists", "keys", "identity", "restricted", "names",
		"records-closed", "links-closed", "lists-closed", "keys-closed", "identity-closed", "restricted-closed", "names-closed",
	}
	for name, damage := range damages {
		for _, bucket := range append(tables, "counters", "transactions", "changes", "meta", "receipts") {
			switch {
			case bucket == "meta" && name == "double":
				continue // a second head is read by nobody
			case bucket == "receipts" && name == "remove":
				continue // nothing else knows of it
			}
			t.Run(name+" "+bucket, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "graph.db")
				makeHistory(t, path)
				if sound := findings(t, path); len(sound) > 0 {
					t.Fatalf("before the damage: %s", sound)
				}
				edit(t, path, bucket, func(b *bbolt.Bucket) error {
					k, v := b.Cursor().Last()
					return damage(b, k, v)
				})
				if len(findings(t, path)) == 0 {
					t.Error("check finds nothing")
				}
			})
		}
	}
}

// TestCheckStopsWithItsCaller: a caller may stop listening, and its own panic stays its own.
func TestCheckStopsWithItsCaller(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	makeHistory(t, path)
	edit(t, path, "counters", func(b *bbolt.Bucket) error {
		return b.ForEach(func(k, _ []byte) error { return b.Put(k, binary.BigEndian.AppendUint64(nil, 77)) })
	})
	db := openAt(t, path, bolt.Options{})
	n := 0
	for finding, err := range db.Check(background) {
		ok(t, err)
		if n++; n == 2 {
			break
		}
		if !strings.Contains(finding, "counter") {
			t.Errorf("finds %q", finding)
		}
	}
	if n != 2 {
		t.Errorf("%d findings before the end", n)
	}
	defer func() {
		if cause := recover(); cause != "my own" {
			t.Errorf("recovered %v", cause)
		}
	}()
	for range db.Check(background) {
		panic("my own")
	}
}
