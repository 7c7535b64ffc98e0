package command

import (
	"log/slog"
	"math"
	"os"
	"runtime/debug"
	"testing"

	"chancery/graph"
)

// TestMemoryLimitsAreSet and leaves the test's own as they were.
func TestMemoryLimitsAreSet(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) })
	for _, name := range []string{"GOGC", "GOMEMLIMIT", "AUTOMEMLIMIT"} {
		t.Setenv(name, "") // restores it
		os.Unsetenv(name)
	}
	for asked, want := range map[int]int64{1_000: 900 << 20, 0: math.MaxInt64} {
		var options graph.Options
		memoryOptions{MemoryLimit: asked, OperationMemory: 7}.limitMemory(&options, slog.New(slog.DiscardHandler))
		got := debug.SetMemoryLimit(-1)
		if asked > 0 && got != want || asked == 0 && (got <= 0 || got == want) {
			t.Errorf("--memory-limit=%d: a limit of %d bytes", asked, got)
		}
		if gc := debug.SetGCPercent(100); gc != garbagePercent {
			t.Errorf("garbage is collected at %d %%", gc)
		}
		if options.Limits.Memory != 7<<20 || options.Capacity.OperationBytes != operationBytes(got) {
			t.Errorf("%+v %+v", options.Limits, options.Capacity)
		}
	}
}

func TestSmallMemoryLimitsAreRejected(t *testing.T) {
	for _, o := range []memoryOptions{{63, 32}, {-1, 32}, {64, 0}} {
		if o.check() == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
	if err := (memoryOptions{OperationMemory: 32}).check(); err != nil {
		t.Error(err)
	}
}
