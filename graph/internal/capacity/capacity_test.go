package capacity_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"chancery/graph/internal/capacity"

	"pgregory.net/rapid"
)

func mustEnter(t *testing.T, l *capacity.Lane, width int64) (leave func()) {
	t.Helper()
	leave, err := l.Enter(t.Context(), "somebody", width)
	if err != nil {
		t.Fatal(err)
	}
	return leave
}

// queue has so many places, for whomever.
func queue(places int64) *capacity.Pool { return capacity.NewPool(places, places) }

func TestALaneIsAsWideAsItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := capacity.NewLane(10, queue(1), time.Second)
		first, second := mustEnter(t, l, 6), mustEnter(t, l, 4)
		begun := time.Now()
		if _, err := l.Enter(t.Context(), "somebody", 1); !errors.Is(err, capacity.ErrFull) || time.Since(begun) != time.Second {
			t.Errorf("beyond it: %v after %v", err, time.Since(begun))
		}
		time.AfterFunc(500*time.Millisecond, first)
		mustEnter(t, l, 5)()
		second()
		mustEnter(t, l, 1_000)() // wider than the lane, it goes alone
		mustEnter(t, l, 0)()
	})
}

// TestTheQueueIsShort: who finds it full is turned away at once, in whatever order the
// others came they go.
func TestTheQueueIsShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := capacity.NewLane(1, queue(2), time.Hour)
		leave := mustEnter(t, l, 1)
		var order []int
		var waiting sync.WaitGroup
		for i := range 2 {
			waiting.Go(func() {
				leave, err := l.Enter(context.Background(), "somebody", 1)
				if err != nil {
					t.Error(err)
					return
				}
				order = append(order, i) // one at a time
				leave()
			})
			synctest.Wait()
		}
		begun := time.Now()
		if _, err := l.Enter(t.Context(), "somebody", 1); !errors.Is(err, capacity.ErrFull) || time.Since(begun) != 0 {
			t.Errorf("with a full queue: %v after %v", err, time.Since(begun))
		}
		leave()
		waiting.Wait()
		if len(order) != 2 || order[0] != 0 {
			t.Errorf("the order was %v", order)
		}
		mustEnter(t, l, 1)()
	})
}

// TestOneClientCannotFillTheQueue: of its places he has his share.
func TestOneClientCannotFillTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := capacity.NewLane(1, capacity.NewPool(4, 2), time.Minute)
		leave := mustEnter(t, l, 1)
		var waiting sync.WaitGroup
		enter := func(client string) {
			waiting.Go(func() {
				leave, err := l.Enter(context.Background(), client, 1)
				if err != nil {
					t.Errorf("%s: %v", client, err)
					return
				}
				leave()
			})
			synctest.Wait()
		}
		enter("a")
		enter("a")
		if _, err := l.Enter(t.Context(), "a", 1); !errors.Is(err, capacity.ErrFull) {
			t.Errorf("a third time: %v", err)
		}
		enter("b")
		leave()
		waiting.Wait()
	})
}

// TestWhoGoesLeavesNoTrace: neither who stopped waiting nor who was turned away.
func TestWhoGoesLeavesNoTrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := capacity.NewLane(1, queue(1), time.Minute)
		leave := mustEnter(t, l, 1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.Enter(ctx, "somebody", 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("whose context ended: %v", err)
		}
		if _, err := l.Await(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("who waited for it: %v", err)
		}
		time.AfterFunc(time.Hour, leave)
		patient, err := l.Await(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		patient()
		mustEnter(t, l, 1)()
	})
}

// TestNeverMoreThanFits runs whatever comes, and looks at how much runs.
func TestNeverMoreThanFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wide := rapid.Int64Range(1, 20).Draw(t, "wide")
		l := capacity.NewLane(wide, queue(50), time.Minute)
		var running, most atomic.Int64
		var all sync.WaitGroup
		for _, width := range rapid.SliceOfN(rapid.Int64Range(1, 20), 1, 30).Draw(t, "widths") {
			all.Go(func() {
				leave, err := l.Enter(context.Background(), "somebody", width)
				if err != nil {
					return
				}
				now := running.Add(min(width, wide))
				for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
				}
				running.Add(-min(width, wide))
				leave()
			})
		}
		all.Wait()
		if most.Load() > wide {
			t.Fatalf("%d ran in a lane of %d", most.Load(), wide)
		}
	})
}

// TestHeavyAndLightHaveLanesOfTheirOwn, so that neither waits for the other.
func TestHeavyAndLightHaveLanesOfTheirOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := capacity.New(capacity.Options{Operations: 1, Cost: 5_000, Queue: 1, Wait: time.Second})
		heavy, err := c.Enter(t.Context(), "somebody", 4_500)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Enter(t.Context(), "somebody", 1_001); !errors.Is(err, capacity.ErrFull) {
			t.Errorf("another heavy one: %v", err)
		}
		light, err := c.Enter(t.Context(), "somebody", 1_000)
		if err != nil {
			t.Errorf("a light one: %v", err)
		}
		light()
		heavy()
	})
}

func TestAPoolHoldsSoMuch(t *testing.T) {
	p := capacity.NewPool(10, 10).Of("anybody")
	if !p.Take(10) || p.Take(1) {
		t.Error("it does not hold ten")
	}
	p.Give(4)
	r := p.Reader(io.NopCloser(bytes.NewReader(make([]byte, 100))))
	if n, err := r.Read(make([]byte, 3)); n != 3 || err != nil {
		t.Errorf("read %d, %v", n, err)
	}
	if n, err := r.Read(make([]byte, 2)); n != 0 || !errors.Is(err, capacity.ErrFull) {
		t.Errorf("read %d beyond it, %v", n, err)
	}
	r.Release()
	r.Release()
	if !p.Take(4) || p.Take(1) {
		t.Error("what was read was not given back, or twice")
	}
}

// TestAPoolIsShared takes and gives at random, and holds every answer against plain sums.
func TestAPoolIsShared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Int64Range(1, 30).Draw(t, "most")
		share := rapid.Int64Range(1, most).Draw(t, "share")
		p := capacity.NewPool(most, share)
		held, all := map[string]int64{}, int64(0)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			client := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "client")
			amount := rapid.Int64Range(0, 12).Draw(t, "amount")
			if rapid.Bool().Draw(t, "give") {
				amount = min(amount, held[client])
				p.Of(client).Give(amount)
				amount = -amount
			} else if took, fits := p.Of(client).Take(amount), all+amount <= most && held[client]+amount <= share; took != fits {
				t.Fatalf("%s, who has %d of %d, took %d: %v; want %v", client, held[client], all, amount, took, fits)
			} else if !took {
				continue
			}
			held[client] += amount
			all += amount
		}
	})
}
