package budget_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph/internal/budget"

	"pgregory.net/rapid"
)

// manualClock is a clock that a test advances.
type manualClock struct{ time.Time }

func (c *manualClock) now() time.Time { return c.Time }

func newBuckets(burst, refill int64, clients int) (*budget.Buckets, *manualClock) {
	c := &manualClock{time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)}
	return budget.New(budget.Options{Burst: burst, Refill: refill, Clients: clients}, c.now), c
}

func TestBucketIsRefilledUpToBurst(t *testing.T) {
	b, clock := newBuckets(100, 10, 0)
	take := func(amount, wantRemaining int64, wantWait time.Duration) {
		t.Helper()
		if remaining, wait := b.Take("a", amount); remaining != wantRemaining || wait != wantWait {
			t.Errorf("Take(%d) = %d, %v; want %d, %v", amount, remaining, wait, wantRemaining, wantWait)
		}
	}
	take(70, 30, 0)
	take(31, 30, 100*time.Millisecond)
	take(30, 0, 0)
	clock.Time = clock.Add(2500 * time.Millisecond)
	take(0, 25, 0)
	if remaining := b.Refund("a", 10); remaining != 35 {
		t.Errorf("%d remain after a refund; want 35", remaining)
	}
	clock.Time = clock.Add(time.Hour)
	take(0, 100, 0)
	if remaining := b.Refund("a", 10); remaining != 100 {
		t.Errorf("%d remain after a refund to a full bucket; want 100", remaining)
	}
}

func TestRefillPaysDebtFirst(t *testing.T) {
	b, clock := newBuckets(100, 10, 0)
	if remaining := b.Refund("a", -150); remaining != 0 {
		t.Errorf("%d remain of a negative bucket; want 0", remaining)
	}
	if _, wait := b.Take("a", 0); wait != 5*time.Second {
		t.Errorf("wait is %v; want 5 s", wait)
	}
	clock.Time = clock.Add(6 * time.Second)
	if remaining, wait := b.Take("a", 4); remaining != 6 || wait != 0 {
		t.Errorf("%d remain after %v; want 6 at once", remaining, wait)
	}
}

// TestClientCannotSpendMoreThanBurstAndRefill takes and refunds at random.
func TestClientCannotSpendMoreThanBurstAndRefill(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		burst, refill := rapid.Int64Range(1, 1000).Draw(t, "burst"), rapid.Int64Range(1, 1000).Draw(t, "refill")
		b, clock := newBuckets(burst, refill, 0)
		start, spent := clock.Time, int64(0)
		for range rapid.IntRange(1, 50).Draw(t, "steps") {
			clock.Time = clock.Add(time.Duration(rapid.Int64Range(0, int64(2*time.Second)).Draw(t, "pause")))
			estimate := rapid.Int64Range(0, burst).Draw(t, "estimate")
			_, wait := b.Take("a", estimate)
			if wait > 0 {
				clock.Time = clock.Add(wait)
				if _, again := b.Take("a", estimate); again > time.Microsecond {
					t.Fatalf("%d were not available after the returned wait of %v, but after %v more", estimate, wait, again)
				} else if again > 0 {
					continue
				}
			}
			actual := rapid.Int64Range(0, estimate).Draw(t, "actual")
			b.Refund("a", estimate-actual)
			spent += actual
		}
		if limit := float64(burst) + clock.Sub(start).Seconds()*float64(refill); float64(spent) > limit+1 {
			t.Fatalf("%d was spent of %v", spent, limit)
		}
	})
}

// TestForgottenClientsHaveFullBuckets has more clients spend than are kept.
func TestForgottenClientsHaveFullBuckets(t *testing.T) {
	b, _ := newBuckets(100, 10, 3)
	for i := range 1_000 {
		if remaining, wait := b.Take(fmt.Sprint(i), 100); remaining != 0 || wait != 0 {
			t.Fatalf("client %d has %d, wait %v", i, remaining, wait)
		}
	}
	if remaining, _ := b.Take("999", 0); remaining != 0 {
		t.Errorf("the last client was forgotten")
	}
	if remaining, _ := b.Take("0", 0); remaining != 100 {
		t.Errorf("the first client has %d; want a full bucket", remaining)
	}
}

func TestAnonymousClientsAreToldApartByAddress(t *testing.T) {
	for _, same := range [][2]string{
		{"203.0.113.7:1000", "203.0.113.7:2000"},
		{"[2001:db8::1]:1", "[2001:db8::ffff:2]:2"},
		{"[::ffff:203.0.113.7]:1", "203.0.113.7:2"},
		{"[fe80::1%eth0]:1", "[fe80::1%eth1]:1"},
		{"203.0.113.7", "203.0.113.7:80"},
	} {
		if a, b := clientKey(access.Anonymous, same[0]), clientKey(access.Anonymous, same[1]); a != b {
			t.Errorf("keys of %s and %s differ: %s, %s", same[0], same[1], a, b)
		}
	}
	for _, other := range [][2]string{
		{"203.0.113.7:1", "203.0.113.8:1"},
		{"[2001:db8:0:1::1]:1", "[2001:db8:0:2::1]:1"},
		{"pipe", "203.0.113.7:1"},
	} {
		if a, b := clientKey(access.Anonymous, other[0]), clientKey(access.Anonymous, other[1]); a == b {
			t.Errorf("key of %s and %s is %s", other[0], other[1], a)
		}
	}
}

func TestPrincipalIsOneClientFromAllAddresses(t *testing.T) {
	aigul := access.Principal{Name: "Aigul", ID: "5f1d", Role: access.Reader}
	a, b, anonymous := clientKey(aigul, "203.0.113.7:1"), clientKey(aigul, "203.0.113.8:1"), clientKey(access.Anonymous, "203.0.113.7:1")
	if a != b || a == anonymous {
		t.Errorf("keys are %s and %s, anonymous %s", a, b, anonymous)
	}
}

func clientKey(p access.Principal, remote string) string {
	return budget.ClientKey(access.WithPrincipal(access.WithCaller(context.Background(), access.Caller{Remote: remote}), p))
}
