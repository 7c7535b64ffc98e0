package command

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// maxGarbage limits how much garbage accumulates beyond what is in use, in bytes, where
// garbagePercent would allow more: memory that a burst of large operations needed would
// otherwise become four times as much.
const maxGarbage = 192 << 20

// minGarbagePercent is the least garbage, relative to what is in use, so that collecting
// takes a bounded share of the processors however much is in use.
const minGarbagePercent = 50

// limitGarbage collects garbage at garbagePercent, or earlier where that would exceed
// maxGarbage, until the program ends. GOGC, if set, takes precedence.
func limitGarbage() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(garbagePercent)
	afterCollection(func() { debug.SetGCPercent(garbagePercentFor(liveBytes())) })
}

// garbagePercentFor returns the percentage of garbage that may accumulate, given how many
// bytes are in use.
func garbagePercentFor(live uint64) int {
	allowed := math.Ceil(100 * maxGarbage / float64(max(live, 1)))
	return int(min(max(allowed, minGarbagePercent), garbagePercent))
}

// liveBytes returns how many bytes the last collection left in use.
func liveBytes() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// afterCollection calls a function after each collection: a cleanup runs once its object
// has been collected, and creates the next.
func afterCollection(do func()) {
	runtime.AddCleanup(new([16]byte), func(again func()) {
		again()
		afterCollection(again)
	}, do)
}
