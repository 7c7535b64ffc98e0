package bolt_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// TestRemovedFileTakesNoCommits removes, renames and replaces the file of an open graph:
// commits fail until it is back, and reading goes on.
func TestRemovedFileTakesNoCommits(t *testing.T) {
	db, path := openNew(t, bolt.Options{})
	state := putState(t, db, "first")
	aside := filepath.Join(t.TempDir(), "aside.db")
	for name, replace := range map[string]func() error{
		"renamed":  func() error { return nil },
		"replaced": func() error { return os.WriteFile(path, nil, 0o600) },
	} {
		ok(t, os.Rename(path, aside))
		ok(t, replace())
		_, err := putText(db, name, 1)
		if !errors.Is(err, store.ErrReplaced) || errors.Is(err, store.ErrOutcomeUnknown) {
			t.Errorf("%s: a commit failed with %v", name, err)
		}
		if records, err := read(t, db, state); err != nil || records[0] == nil {
			t.Errorf("%s: %v, %v", name, records, err)
		}
		ok(t, os.Rename(aside, path))
		if _, err := putText(db, name, 1); err != nil {
			t.Errorf("%s, and put back: %v", name, err)
		}
	}
	ok(t, os.Remove(path))
	if _, err := putText(db, "lost", 1); !errors.Is(err, store.ErrReplaced) {
		t.Errorf("removed: a commit failed with %v", err)
	}
}

// TestFileIsRemovedDuringACommit removes it before the transaction is written: nobody is
// told that it was committed.
func TestFileIsRemovedDuringACommit(t *testing.T) {
	db, path := openNew(t, bolt.Options{})
	_, err := db.Write(background, store.Commit{}, func(w store.Writer) error {
		ok(t, os.Remove(path))
		return w.Put(background, &diplomacy.Topic{Thing: named("lost")})
	})
	if !errors.Is(err, store.ErrReplaced) || !errors.Is(err, store.ErrOutcomeUnknown) {
		t.Errorf("the commit ended with %v", err)
	}
}

// TestCutFileFailsWithErrors cuts the file of an open graph: reading and writing fail as
// for a corrupt file, and the process lives.
func TestCutFileFailsWithErrors(t *testing.T) {
	for name, size := range map[string]int64{"nothing": 0, "a meta page": 4096, "the meta pages": 2 * 4096, "half": 16 * 4096} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "graph.db")
			makeHistory(t, path)
			db, err := bolt.Open(path, bolt.Options{})
			ok(t, err)
			before, err := db.Read(background, store.Everything(0))
			ok(t, err)
			ok(t, os.Truncate(path, size))
			_, err = listAll(before)
			if err != nil && !errors.Is(err, store.ErrCorrupt) {
				t.Errorf("an open snapshot: %v", err)
			}
			if s, err := db.Read(background, store.Everything(0)); err == nil {
				_, err = listAll(s)
				s.Release()
				if name != "half" && !errors.Is(err, store.ErrCorrupt) {
					t.Errorf("a new snapshot: %v", err)
				}
			} else if !errors.Is(err, store.ErrCorrupt) {
				t.Errorf("a new snapshot: %v", err)
			}
			if _, err := putText(db, "after", 1); !errors.Is(err, store.ErrCorrupt) {
				t.Errorf("a commit: %v", err)
			}
			_ = db.Stats()
			before.Release()
			_ = db.Close() // may say that the file is damaged
		})
	}
}

// listAll reads all events and topics.
func listAll(s store.Reader) (n int, err error) {
	for _, kind := range diplomacy.EntityKinds {
		page, err := s.List(background, store.ListQuery{Kind: kind, Order: store.ByID, Page: store.Page{Limit: store.MaxPage}})
		if err != nil {
			return n, err
		}
		n += len(page.Entries)
	}
	return n, nil
}

func read(t *testing.T, db *bolt.DB, ids ...diplomacy.ID) ([]diplomacy.Record, error) {
	t.Helper()
	s, err := db.Read(background, store.Everything(0))
	ok(t, err)
	defer s.Release()
	return s.Records(background, ids)
}
