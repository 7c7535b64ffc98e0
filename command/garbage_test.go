package command

import (
	"runtime"
	"testing"
	"time"
)

func TestGarbageIsBounded(t *testing.T) {
	for live, want := range map[uint64]int{0: garbagePercent, 10 << 20: garbagePercent, maxGarbage / 4: garbagePercent, maxGarbage: 100, 10 * maxGarbage: minGarbagePercent} {
		if got := garbagePercentFor(live); got != want {
			t.Errorf("with %d bytes in use: %d %%, want %d", live, got, want)
		}
	}
}

func TestEachCollectionIsFollowed(t *testing.T) {
	called := make(chan struct{}, 100)
	afterCollection(func() {
		select {
		case called <- struct{}{}:
		default:
		}
	})
	for range 3 {
		runtime.GC()
		select {
		case <-called:
		case <-time.After(10 * time.Second):
			t.Fatal("not called after a collection")
		}
	}
}
