package bolt_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"

	"go.etcd.io/bbolt"
)

// putBelieved writes meetings of a state, some of which it is wrongly said to have attended.
func putBelieved(t *testing.T, path string, right, wrong int) diplomacy.ID {
	t.Helper()
	db := openAt(t, path, bolt.Options{NoSync: true})
	state := putState(t, db, "avalon")
	write(t, db, func(w store.Writer) error { return putMeetings(w, state, 0, right+wrong) })
	write(t, db, func(w store.Writer) error { return deprecate(w, state, wrong) })
	ok(t, db.Close())
	return state
}

// deprecate ranks the last participations of a state DEPRECATED.
func deprecate(w store.Writer, state diplomacy.ID, n int) error {
	along := []store.Arc{{Kind: diplomacy.ParticipatedIn}}
	pages, err := w.Links(background, store.LinkQuery{Of: []diplomacy.ID{state}, Along: along, Descending: true, Page: store.Page{Limit: n}})
	if err != nil {
		return err
	}
	for _, link := range pages[0].Links {
		s := &diplomacy.Statement{Head: diplomacy.Head{ID: link.Via}, Predicate: diplomacy.ParticipatedIn, Subject: state, Object: link.Node, Rank: "DEPRECATED"}
		if err := w.Put(background, s); err != nil {
			return err
		}
	}
	return nil
}

// believed counts the participations of a state that are not deprecated, and returns the
// work of that.
func believed(t *testing.T, path string, state diplomacy.ID, o bolt.Options) (n int, work int64) {
	t.Helper()
	db := openAt(t, path, o)
	defer func() { ok(t, db.Close()) }()
	q := store.LinkQuery{Of: []diplomacy.ID{state}, Along: []store.Arc{{Kind: diplomacy.ParticipatedIn}}, Where: store.LinkFilter{Ranks: store.NotDeprecated}}
	work = workOf(t, db, store.View{}, func(r store.Reader) error {
		counts, err := r.CountLinks(background, q)
		n = counts[0].N
		return err
	})
	return n, work
}

func TestCountWithoutDeprecatedReadsACounter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	state := putBelieved(t, path, 300, 5)
	n, work := believed(t, path, state, bolt.Options{ReadOnly: true})
	if n != 300 || work > 20_000 {
		t.Errorf("%d links in %d ns of work, want 300 from a counter", n, work)
	}
}

// TestDeprecatedAreCountedAfterAnEarlierProgramWrote leaves the counters as a program does
// that has none of deprecated links. Reading alone counts without them; writing counts them again.
func TestDeprecatedAreCountedAfterAnEarlierProgramWrote(t *testing.T) {
	for what, damage := range map[string]func(tx *bbolt.Tx) error{
		"never counted": func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Delete([]byte("deprecated")) },
		"counted up to an earlier transaction": func(tx *bbolt.Tx) error {
			counters := tx.Bucket([]byte("counters"))
			if k, _ := counters.Cursor().Seek([]byte{'d'}); !bytes.HasPrefix(k, []byte{'d'}) {
				t.Error("there is no counter of deprecated links")
			} else if err := counters.Put(k, []byte{0, 0, 0, 0, 0, 0, 0, 9}); err != nil {
				return err
			}
			return tx.Bucket([]byte("meta")).Put([]byte("deprecated"), []byte{0, 0, 0, 0, 0, 0, 0, 1})
		},
	} {
		t.Run(what, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "graph.db")
			state := putBelieved(t, path, 30, 5)
			plain(t, path, damage)
			for _, o := range []bolt.Options{{ReadOnly: true}, {NoSync: true}, {ReadOnly: true}} {
				if found := findings(t, path); len(found) > 0 {
					t.Errorf("check finds %q", found)
				}
				if n, _ := believed(t, path, state, o); n != 30 {
					t.Errorf("%+v: %d links, want 30", o, n)
				}
			}
			plain(t, path, func(tx *bbolt.Tx) error {
				if k, v := tx.Bucket([]byte("counters")).Cursor().Seek([]byte{'d'}); k[0] != 'd' || v[7] == 9 {
					t.Errorf("counter %x is %x", k, v)
				}
				return nil
			})
		})
	}
}
