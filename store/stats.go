package store

import "time"

// Stats describes an engine for operators. It is not part of the contract: an engine
// reports what it can and leaves the rest zero. Counts are since it was opened.
type Stats struct {
	// FileBytes is how much room the graph takes on its disk, FreeBytes how much of
	// that the next writes can use before it grows.
	FileBytes, FreeBytes int64
	// OpenSnapshots is how many snapshots are not released. Space that becomes free
	// while one is open is not used again before it is released.
	OpenSnapshots int
	// Flushes is how often the engine waited for its disk, Flushed how many
	// transactions were made durable by that, FlushTime how long it took together.
	Flushes, Flushed uint64
	FlushTime        time.Duration
	// DecodedHits is how many versions of records were cached when they were
	// wanted, DecodedMisses how many had to be decoded.
	DecodedHits, DecodedMisses uint64
	// DecodedKept is how many are cached now.
	DecodedKept int
	// Broken is whether there can be no more writes before the graph is opened
	// again, as after damage to its file; it may still be read.
	Broken bool
}

// Measured is an engine that tells of itself. Its method may be called by many
// goroutines at once, and reads nothing of the graph.
type Measured interface{ Stats() Stats }
