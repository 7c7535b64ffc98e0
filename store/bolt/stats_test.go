package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
)

// TestStatsCountFlushesAndTheirTransactions: three writes that waited for each other share one, and
// what failed among them is not counted.
func TestStatsCountFlushesAndTheirTransactions(t *testing.T) {
	inBubble(t, func(t *testing.T, db *DB) {
		before := db.Stats()
		put := func(slug string) *queued {
			return &queued{fn: func(w store.Writer) error {
				return w.Put(t.Context(), &diplomacy.Topic{Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug, Language: "en"}}}})
			}}
		}
		queue(t, db, put("a"), &queued{fn: func(store.Writer) error { return os.ErrInvalid }}, put("b"), put("c"))
		told := db.Stats()
		if flushes, flushed := told.Flushes-before.Flushes, told.Flushed-before.Flushed; flushes != 1 || flushed != 3 {
			t.Errorf("%d transactions in %d flushes; want 3 in 1", flushed, flushes)
		}
	})
}

func TestStatsCountCacheAndSnapshots(t *testing.T) {
	inBubble(t, func(t *testing.T, db *DB) {
		topic := &diplomacy.Topic{Thing: diplomacy.Thing{Slug: "a", Names: []diplomacy.Name{{Value: "A", Language: "en"}}}}
		if _, err := db.Write(t.Context(), store.Commit{}, func(w store.Writer) error { return w.Put(t.Context(), topic) }); err != nil {
			t.Fatal(err)
		}
		now, err := db.Read(t.Context(), store.View{})
		if err != nil {
			t.Fatal(err)
		}
		before := db.Stats()
		for range 3 {
			if _, err := now.Records(t.Context(), []diplomacy.ID{topic.ID}); err != nil {
				t.Fatal(err)
			}
		}
		told := db.Stats()
		if hits, misses := told.DecodedHits-before.DecodedHits, told.DecodedMisses-before.DecodedMisses; hits != 2 || misses != 1 || told.DecodedKept != 1 {
			t.Errorf("%d hits, %d misses, %d kept; want 2, 1 and 1", hits, misses, told.DecodedKept)
		}
		checkFileSize(t, db, told)
		if told.OpenSnapshots != 1 || told.Broken {
			t.Errorf("%d snapshots are open, broken %v; want 1, false", told.OpenSnapshots, told.Broken)
		}
		now.Release()
		if told := db.Stats(); told.OpenSnapshots != 0 {
			t.Errorf("%d snapshots are open after the last was released", told.OpenSnapshots)
		}
	})
}

// checkFileSize compares the sizes in statistics with the file.
func checkFileSize(t *testing.T, db *DB, stats store.Stats) {
	t.Helper()
	info, err := os.Stat(db.path)
	if err != nil || stats.FileBytes != info.Size() || stats.FreeBytes <= 0 || stats.FreeBytes > stats.FileBytes || stats.FreeBytes%int64(os.Getpagesize()) != 0 {
		t.Errorf("%d bytes, %d of them free; the file has %d, %v", stats.FileBytes, stats.FreeBytes, info.Size(), err)
	}
}

// TestStatsReportThatWritingIsBroken, after damage that left bbolt with its lock.
func TestStatsReportThatWritingIsBroken(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "graph.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	other := os.ErrInvalid
	if db.noteDamage(&other); db.Stats().Broken {
		t.Error("broken by something else than damage")
	}
	damage := corrupt.Errorf("a page is of no type")
	db.noteDamage(&damage)
	if _, err := db.Write(t.Context(), store.Commit{}, func(store.Writer) error { return nil }); !errors.Is(err, store.ErrCorrupt) || !db.Stats().Broken {
		t.Errorf("a write after damage: %v; broken %v", err, db.Stats().Broken)
	}
	if err := db.Close(); err == nil {
		t.Error("Close reports no error")
	}
	_ = db.file.Close() // which is left to the end of the process
}

// TestFreeBytesAreUsedBeforeTheFileGrows writes most of the free bytes of a small file.
func TestFreeBytesAreUsedBeforeTheFileGrows(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "graph.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	write := func(slug string, size int) store.Stats {
		if _, err := db.Write(t.Context(), store.Commit{}, func(w store.Writer) error { return put(w, slug, size) }); err != nil {
			t.Fatal(err)
		}
		return db.Stats()
	}
	before := write("first", 1)
	if before.FreeBytes < 1<<19 {
		t.Errorf("%d of %d bytes are free", before.FreeBytes, before.FileBytes)
	}
	after := write("second", int(before.FreeBytes)*3/4)
	if after.FileBytes != before.FileBytes || after.FreeBytes > before.FreeBytes/2 {
		t.Errorf("%+v\nbefore: %+v", after, before)
	}
	if more := write("third", int(before.FreeBytes)); more.FileBytes == before.FileBytes {
		t.Errorf("the file did not grow: %+v", more)
	}
}
