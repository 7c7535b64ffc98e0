package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// queued is a write that waits for its turn, and what came of it.
type queued struct {
	fn     func(store.Writer) error
	runs   int
	done   diplomacy.Transaction
	err    error
	caught any
}

// queue lets writes wait behind one that runs, in their order, then run: in a
// batch, so far as it goes.
func queue(t *testing.T, db *DB, writes ...*queued) {
	t.Helper()
	going := make(chan struct{})
	writes = append([]*queued{{fn: func(store.Writer) error { <-going; return nil }}}, writes...)
	for _, q := range writes {
		go func() {
			defer func() { q.caught = recover() }()
			q.done, q.err = db.Write(t.Context(), store.Commit{}, func(w store.Writer) error {
				q.runs++
				return q.fn(w)
			})
		}()
		synctest.Wait() // until it waits
	}
	close(going)
	synctest.Wait()
}

// inBubble has a graph whose writers can be waited for.
func inBubble(t *testing.T, test func(*testing.T, *DB)) {
	synctest.Test(t, func(t *testing.T) {
		now := func() time.Time { return time.Now().AddDate(30, 0, 0) } // a bubble begins in 2000
		db, err := Open(filepath.Join(t.TempDir(), "graph.db"), Options{Clock: now})
		if err != nil {
			t.Fatal(err)
		}
		test(t, db)
		if db, err = reopen(db); err != nil {
			t.Fatal(err)
		}
		for finding, err := range db.Check(t.Context()) {
			t.Errorf("check finds %q, %v", finding, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

// reopen closes, which may have been done, and opens again.
func reopen(db *DB) (*DB, error) {
	if err := db.Close(); err != nil {
		return nil, err
	}
	return Open(db.path, Options{Clock: db.clock.now})
}

func putting(slug string, size int) *queued {
	return &queued{fn: func(w store.Writer) error { return put(w, slug, size) }}
}

func put(w store.Writer, slug string, size int) error {
	s := &diplomacy.Source{Type: "BOOK", Snapshot: strings.Repeat("x", size)}
	s.Slug, s.Names = slug, []diplomacy.Name{{Value: slug}}
	return w.Put(context.Background(), s)
}

var errNo = errors.New("no")

// TestWaitingWritesShareOneCommit: writers that wait share one commit, also when some of them fail.
func TestWaitingWritesShareOneCommit(t *testing.T) {
	inBubble(t, func(t *testing.T, db *DB) {
		first, last := putting("first", 1), putting("last", 1)
		failing := &queued{fn: func(w store.Writer) error { return errors.Join(put(w, "failing", 1), errNo) }}
		panicking := &queued{fn: func(w store.Writer) error { panic(errors.Join(put(w, "panicking", 1), errNo)) }}
		idle := &queued{fn: func(store.Writer) error { return nil }}
		same := putting("first", 1) // which is taken
		before := Flushes(t, db)
		queue(t, db, first, failing, panicking, idle, same, last)
		if n := Flushes(t, db) - before; n != 1 {
			t.Errorf("%d commits", n)
		}
		if first.done.Number != 1 || last.done.Number != 2 || first.err != nil || last.err != nil {
			t.Errorf("first is %d, %v; last is %d, %v", first.done.Number, first.err, last.done.Number, last.err)
		}
		if !errors.Is(failing.err, errNo) || idle.err != nil || idle.done.Number != 0 || !errors.As(same.err, new(*store.RefusedError)) {
			t.Errorf("failing: %v, idle: %v, refused: %v", failing.err, idle.err, same.err)
		}
		if cause, _ := panicking.caught.(error); !errors.Is(cause, errNo) {
			t.Errorf("panicked with %v", panicking.caught)
		}
	})
}

// TestMembersOfAFailedBatchFailAndOthersRunAgain: if a batch cannot be committed, its members fail; a
// writer that only saw their changes runs again.
func TestMembersOfAFailedBatchFailAndOthersRunAgain(t *testing.T) {
	inBubble(t, func(t *testing.T, db *DB) {
		db.file.MaxSize = 1 << 20
		first, large := putting("first", 1), putting("large", 3<<20)
		seeing := &queued{}
		seeing.fn = func(w store.Writer) error {
			id, err := w.Find(t.Context(), []store.Key{{Kind: diplomacy.KindSource, Scheme: store.SchemeSlug, Value: "first"}})
			if seen := id[0] != 0; err == nil && seen != (seeing.runs == 1) {
				err = fmt.Errorf("run %d sees: %v", seeing.runs, seen)
			}
			return err
		}
		_, later := db.Committed()
		queue(t, db, first, large, seeing)
		if !errors.Is(first.err, store.ErrFull) || !errors.Is(large.err, store.ErrFull) || first.done.Number+large.done.Number != 0 {
			t.Errorf("first: %v, large: %v", first.err, large.err)
		}
		if seeing.err != nil || seeing.runs != 2 {
			t.Errorf("the reader of the failed batch: %v, after %d runs", seeing.err, seeing.runs)
		}
		select {
		case <-later:
			t.Error("a transaction is announced that was not committed")
		default:
		}
		db.file.MaxSize = 0
		again := putting("first", 1)
		if queue(t, db, again); again.err != nil || again.done.Number != 1 {
			t.Errorf("again: transaction %d, %v", again.done.Number, again.err)
		}
	})
}

// TestCloseWaitsForRunningWrites: Close waits for those that run and makes them durable.
func TestCloseWaitsForRunningWrites(t *testing.T) {
	inBubble(t, func(t *testing.T, db *DB) {
		first, late := putting("first", 1), putting("late", 1)
		closing := &queued{fn: func(store.Writer) error { go db.Close(); return nil }}
		queue(t, db, first, closing, late)
		if first.err != nil || first.done.Number != 1 || late.err != nil && late.done.Number != 0 {
			t.Errorf("first is %d, %v; late is %d, %v", first.done.Number, first.err, late.done.Number, late.err)
		}
	})
}

// TestLargeWriteLeavesItsBatch: a write that turns out large leaves the batch to those who wrote
// before it, who are told while it runs; it sees what it did as before.
func TestLargeWriteLeavesItsBatch(t *testing.T) {
	inBubble(t, func(t *testing.T, db *DB) {
		first, last := putting("first", 1), putting("last", 1)
		told := diplomacy.TxNumber(0)
		importing := &queued{fn: func(w store.Writer) error {
			if err := w.Remember(t.Context(), "key", []byte("text")); err != nil {
				return err
			}
			for i := range large + 100 {
				if err := put(w, fmt.Sprint("n", i), 1); err != nil {
					return err
				}
			}
			told, _ = db.Committed()
			n, err := w.CountList(t.Context(), store.ListQuery{Kind: diplomacy.KindSource})
			if of, _, _ := w.Receipt(t.Context(), "key"); n.N != large+101 || of != 2 {
				err = fmt.Errorf("it sees %d sources, and the receipt of %d", n.N, of)
			}
			return err
		}}
		before := Flushes(t, db)
		queue(t, db, first, importing, last)
		if n := Flushes(t, db) - before; n != 2 || told != 1 || importing.runs != 1 {
			t.Errorf("%d commits, told of %d meanwhile, %d runs", n, told, importing.runs)
		}
		for i, q := range []*queued{first, importing, last} {
			if q.err != nil || q.done.Number != diplomacy.TxNumber(i+1) {
				t.Errorf("write %d is transaction %d, %v", i, q.done.Number, q.err)
			}
		}
	})
}

// TestLargeWriteSurvivesAFailedBatch: a large write for which those before it cannot be committed
// runs again without them; and one that fails by itself leaves them alone.
func TestLargeWriteSurvivesAFailedBatch(t *testing.T) {
	inBubble(t, func(t *testing.T, db *DB) {
		db.file.MaxSize = 2 << 20
		first, small := putting("first", 4<<20), putting("small", 1)
		importing := &queued{fn: func(w store.Writer) error {
			for i := range large + 1 {
				if err := put(w, fmt.Sprint("n", i), 1); err != nil {
					return err
				}
			}
			return nil
		}}
		if queue(t, db, first, importing); !errors.Is(first.err, store.ErrFull) || importing.runs != 2 || importing.err != nil || importing.done.Number != 1 {
			t.Errorf("first: %v; the large one: transaction %d, %v, after %d runs", first.err, importing.done.Number, importing.err, importing.runs)
		}
		failing := &queued{fn: func(w store.Writer) error {
			for i := range large + 1 {
				if err := put(w, fmt.Sprint("m", i), 1); err != nil {
					return err
				}
			}
			return errNo
		}}
		if queue(t, db, small, failing); small.err != nil || small.done.Number != 2 || !errors.Is(failing.err, errNo) {
			t.Errorf("small: transaction %d, %v; the large one: %v", small.done.Number, small.err, failing.err)
		}
	})
}
