package bolt

import (
	"os"
	"sync/atomic"
	"time"

	"chancery/store"
)

// stats counts what happens. Whoever holds the turn to write adds to it; anybody
// reads it.
type stats struct {
	flushes, flushed, flushTime atomic.Uint64
	broken                      atomic.Bool
}

func (s *stats) addFlush(members int, took time.Duration) {
	s.flushes.Add(1)
	s.flushed.Add(uint64(members))
	s.flushTime.Add(uint64(took))
}

var _ store.Measured = (*DB)(nil)

// Stats implements store.Measured.
func (db *DB) Stats() store.Stats {
	file := db.file.Stats()
	told := store.Stats{
		FreeBytes:     int64(file.FreePageN+file.PendingPageN) * db.pageSize,
		OpenSnapshots: db.snapshots(),
		Flushes:       db.stats.flushes.Load(),
		Flushed:       db.stats.flushed.Load(),
		FlushTime:     time.Duration(db.stats.flushTime.Load()),
		DecodedHits:   db.decoded.uses.hits.Load(),
		DecodedMisses: db.decoded.uses.misses.Load(),
		DecodedKept:   db.decoded.versions.Len(),
		Broken:        db.stats.broken.Load(),
	}
	if info, err := os.Stat(db.path); err == nil {
		told.FileBytes = info.Size()
	}
	return told
}

func (db *DB) snapshots() int {
	db.mu.Lock()
	defer db.mu.Unlock()
	return len(db.open)
}

// uses counts how often what is kept was of use.
type uses struct{ hits, misses atomic.Uint64 }
