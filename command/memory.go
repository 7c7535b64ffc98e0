package command

import (
	"fmt"
	"log/slog"
	"math"

	"chancery/graph"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// garbagePercent is how much garbage, relative to what is in use, accumulates before it is
// collected, unless memory is short. Go's default of 100 collects four times as often.
const garbagePercent = 400

// memoryOptions are the flags for memory.
type memoryOptions struct {
	MemoryLimit     int `placeholder:"MIB" help:"Memory that the process should stay within, in MiB; near it, garbage is collected more often (default: that of the container, else of the machine)."`
	OperationMemory int `default:"32" placeholder:"MIB" help:"Most memory that one operation may hold, in MiB; it is stopped beyond it (default: ${default})."`
}

// check rejects limits with which nothing could run.
func (o memoryOptions) check() error {
	switch {
	case o.MemoryLimit != 0 && o.MemoryLimit < 64:
		return fmt.Errorf("--memory-limit=%d is too little; give it at least 64 MiB, or omit it", o.MemoryLimit)
	case o.OperationMemory < 1:
		return fmt.Errorf("--operation-memory=%d would stop most operations; give it at least 1 MiB", o.OperationMemory)
	default:
		return nil
	}
}

// limitMemory sets the garbage collector's limits and what all operations together may
// hold: a quarter of the memory, if that is less than its default. GOGC and GOMEMLIMIT, if
// set, take precedence, and AUTOMEMLIMIT is the part of the limit that Go's heap may take.
func (o memoryOptions) limitMemory(options *graph.Options, log *slog.Logger) {
	limitGarbage()
	provider := memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)
	if o.MemoryLimit > 0 {
		provider = memlimit.Limit(uint64(o.MemoryLimit) << 20)
	}
	limit, err := memlimit.Set(memlimit.WithProvider(provider), memlimit.WithRatio(0.9))
	if err != nil {
		log.Warn("the memory limit is unknown; set --memory-limit", "error", err)
	}
	options.Limits.Memory = int64(o.OperationMemory) << 20
	options.Capacity.OperationBytes = operationBytes(limit)
	if limit < math.MaxInt64 {
		log.Info("memory is limited", "heapMiB", limit>>20, "operationsMiB", options.Capacity.OperationBytes>>20)
	}
}

// operationBytes returns what all operations together may hold within a limit of the heap.
func operationBytes(limit int64) int64 { return min(limit/4, 512<<20) }
