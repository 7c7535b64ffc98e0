package bolt

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// TestWrongClockDatesNoCommit sets the clock of an open graph to times that cannot be right,
// and back: nothing was written meanwhile, and the next commit has the right time.
func TestWrongClockDatesNoCommit(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "graph.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	write := func(slug string) (diplomacy.Transaction, error) {
		return db.Write(t.Context(), store.Commit{}, func(w store.Writer) error { return put(w, slug, 1) })
	}
	if _, err := write("before"); err != nil {
		t.Fatal(err)
	}
	for _, year := range []int{2028, 2088, 2089, 2120} {
		db.clock.now = func() time.Time { return time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC) }
		if _, err := write("meanwhile"); !errors.Is(err, store.ErrClock) {
			t.Errorf("in %d: %v", year, err)
		}
	}
	db.clock.now = time.Now
	done, err := write("after")
	if err != nil || done.Number != 2 || time.Since(done.Time).Abs() > time.Hour {
		t.Errorf("transaction %d of %v: %v", done.Number, done.Time, err)
	}
}

// TestNoIDIsUsedTwiceAfterItsClockEnds opens a graph long after.
func TestNoIDIsUsedTwiceAfterItsClockEnds(t *testing.T) {
	for date, right := range map[string]bool{"2089-09-04": true, "2089-09-06": false, "2159-01-01": false} {
		now, err := time.Parse(time.DateOnly, date)
		if err != nil {
			t.Fatal(err)
		}
		db, err := Open(filepath.Join(t.TempDir(), "graph.db"), Options{Clock: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Write(t.Context(), store.Commit{}, func(w store.Writer) error { return put(w, "late", 1) })
		if right != (err == nil) || !right && !errors.Is(err, store.ErrClock) {
			t.Errorf("on %s: %v", date, err)
		}
		db.Close()
	}
}
