package bolt

import (
	"os"
	"sync/atomic"
	"time"

	"chancery/store"
)

// stats are counters, written under the lock of writers and read without.
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
	hits, misses, kept := db.cache.Stats()
	stats := store.Stats{
		FreeBytes:     db.file.FreeBytes(),
		OpenSnapshots: db.snapshots(),
		Flushes:       db.stats.flushes.Load(),
		Flushed:       db.stats.flushed.Load(),
		FlushTime:     time.Duration(db.stats.flushTime.Load()),
		DecodedHits:   hits,
		DecodedMisses: misses,
		DecodedKept:   kept,
		Broken:        db.stats.broken.Load(),
	}
	if info, err := os.Stat(db.path); err == nil {
		stats.FileBytes = info.Size()
	}
	return stats
}

func (db *DB) snapshots() int {
	db.mu.Lock()
	defer db.mu.Unlock()
	return len(db.open)
}
