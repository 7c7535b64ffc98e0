package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// TestStatsTellOfFlushes: three writes that waited for each other share one, and
// what failed among them is not counted.
func TestStatsTellOfFlushes(t *testing.T) {
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

func TestStatsTellOfWhatIsKept(t *testing.T) {
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
		info, err := os.Stat(db.path)
		if err != nil || told.FileBytes != info.Size() || told.FreeBytes <= 0 || told.FreeBytes > told.FileBytes || told.FreeBytes%db.pageSize != 0 {
			t.Errorf("%d bytes, %d of them free; the file has %d, %v", told.FileBytes, told.FreeBytes, info.Size(), err)
		}
		if told.OpenSnapshots != 1 || told.Broken {
			t.Errorf("%d snapshots are open, broken %v; want 1, false", told.OpenSnapshots, told.Broken)
		}
		now.Release()
		if told := db.Stats(); told.OpenSnapshots != 0 {
			t.Errorf("%d snapshots are open after the last was released", told.OpenSnapshots)
		}
	})
}

// TestStatsTellWhenWritingIsOver, after damage that left bbolt with its lock.
func TestStatsTellWhenWritingIsOver(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "graph.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	other := os.ErrInvalid
	if db.mind(&other); db.Stats().Broken {
		t.Error("broken by something else than damage")
	}
	damage := corrupt("a page is of no type")
	db.mind(&damage)
	if _, err := db.Write(t.Context(), store.Commit{}, func(store.Writer) error { return nil }); !errors.Is(err, store.ErrCorrupt) || !db.Stats().Broken {
		t.Errorf("a write after damage: %v; broken %v", err, db.Stats().Broken)
	}
	if err := db.Close(); err == nil {
		t.Error("closing tells nothing of it")
	}
	_ = db.file.Close() // which is left to the end of the process
}
