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

func mustEnter(t *testing.T, l *capacity.Limiter, width int64) (leave func()) {
	t.Helper()
	leave, err := l.Acquire(t.Context(), "a client", width)
	if err != nil {
		t.Fatal(err)
	}
	return leave
}

// queue returns a queue without shares of clients.
func queue(places int64) *capacity.Quota { return capacity.NewQuota(places, places) }

func TestLimiterLimitsTotalWeight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := capacity.NewLimiter(10, queue(1), time.Second)
		first, second := mustEnter(t, l, 6), mustEnter(t, l, 4)
		begun := time.Now()
		if _, err := l.Acquire(t.Context(), "a client", 1); !errors.Is(err, capacity.ErrFull) || time.Since(begun) != time.Second {
			t.Errorf("beyond the limit: %v after %v", err, time.Since(begun))
		}
		time.AfterFunc(500*time.Millisecond, first)
		mustEnter(t, l, 5)()
		second()
		mustEnter(t, l, 1_000)() // heavier than the limit, it runs alone
		mustEnter(t, l, 0)()
	})
}

func TestFullQueueRejectsAtOnceAndKeepsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := capacity.NewLimiter(1, queue(2), time.Hour)
		leave := mustEnter(t, l, 1)
		var order []int
		var waiting sync.WaitGroup
		for i := range 2 {
			waiting.Go(func() {
				leave, err := l.Acquire(context.Background(), "a client", 1)
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
		if _, err := l.Acquire(t.Context(), "a client", 1); !errors.Is(err, capacity.ErrFull) || time.Since(begun) != 0 {
			t.Errorf("with a full queue: %v after %v", err, time.Since(begun))
		}
		leave()
		waiting.Wait()
		if len(order) != 2 || order[0] != 0 {
			t.Errorf("the order of arrival was not kept: %v", order)
		}
		mustEnter(t, l, 1)()
	})
}

func TestQueueIsSharedAmongClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := capacity.NewLimiter(1, capacity.NewQuota(4, 2), time.Minute)
		leave := mustEnter(t, l, 1)
		var waiting sync.WaitGroup
		enter := func(client string) {
			waiting.Go(func() {
				leave, err := l.Acquire(context.Background(), client, 1)
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
		if _, err := l.Acquire(t.Context(), "a", 1); !errors.Is(err, capacity.ErrFull) {
			t.Errorf("a third time: %v", err)
		}
		enter("b")
		leave()
		waiting.Wait()
	})
}

// TestCancelledWaitersReleaseTheirSlots: neither cancelled nor rejected callers hold
// capacity.
func TestCancelledWaitersReleaseTheirSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := capacity.NewLimiter(1, queue(1), time.Minute)
		leave := mustEnter(t, l, 1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.Acquire(ctx, "a client", 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Acquire with an ended context: %v", err)
		}
		if _, err := l.Wait(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Wait with an ended context: %v", err)
		}
		time.AfterFunc(time.Hour, leave)
		patient, err := l.Wait(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		patient()
		mustEnter(t, l, 1)()
	})
}

// TestConcurrentWeightNeverExceedsTheLimit acquires random weights concurrently.
func TestConcurrentWeightNeverExceedsTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wide := rapid.Int64Range(1, 20).Draw(t, "wide")
		l := capacity.NewLimiter(wide, queue(50), time.Minute)
		var running, most atomic.Int64
		var all sync.WaitGroup
		for _, width := range rapid.SliceOfN(rapid.Int64Range(1, 20), 1, 30).Draw(t, "widths") {
			all.Go(func() {
				leave, err := l.Acquire(context.Background(), "a client", width)
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
			t.Fatalf("a weight of %d ran with a limit of %d", most.Load(), wide)
		}
	})
}

func TestLightOperationsDoNotWaitForHeavyOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := capacity.New(capacity.Options{LightOperations: 1, HeavyCost: 5_000, QueueLength: 1, QueueTimeout: time.Second})
		heavy, err := c.Acquire(t.Context(), "a client", 4_500)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Acquire(t.Context(), "a client", 1_001); !errors.Is(err, capacity.ErrFull) {
			t.Errorf("another heavy operation: %v", err)
		}
		light, err := c.Acquire(t.Context(), "a client", 1_000)
		if err != nil {
			t.Errorf("a light operation: %v", err)
		}
		light()
		heavy()
	})
}

func TestQuotaLimitsReservationsAndReaders(t *testing.T) {
	p := capacity.NewQuota(10, 10).For("a client")
	if !p.Reserve(10) || p.Reserve(1) {
		t.Error("the quota is not ten")
	}
	p.Release(4)
	r := p.Reader(io.NopCloser(bytes.NewReader(make([]byte, 100))))
	if n, err := r.Read(make([]byte, 3)); n != 3 || err != nil {
		t.Errorf("read %d, %v", n, err)
	}
	if n, err := r.Read(make([]byte, 2)); n != 0 || !errors.Is(err, capacity.ErrFull) {
		t.Errorf("read %d beyond the quota, %v", n, err)
	}
	r.Release()
	r.Release()
	if !p.Reserve(4) || p.Reserve(1) {
		t.Error("the reader did not release what it read, or twice")
	}
}

// TestQuotaMatchesAModel reserves and releases at random, and compares with plain sums.
func TestQuotaMatchesAModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Int64Range(1, 30).Draw(t, "most")
		share := rapid.Int64Range(1, most).Draw(t, "share")
		p := capacity.NewQuota(most, share)
		held, all := map[string]int64{}, int64(0)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			client := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "client")
			amount := rapid.Int64Range(0, 12).Draw(t, "amount")
			if rapid.Bool().Draw(t, "give") {
				amount = min(amount, held[client])
				p.For(client).Release(amount)
				amount = -amount
			} else if took, fits := p.For(client).Reserve(amount), all+amount <= most && held[client]+amount <= share; took != fits {
				t.Fatalf("client %s with %d of %d reserves %d: %v; want %v", client, held[client], all, amount, took, fits)
			} else if !took {
				continue
			}
			held[client] += amount
			all += amount
		}
	})
}
