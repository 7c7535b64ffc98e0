package budget_test

import (
	"fmt"
	"testing"
	"time"

	"chancery/access"
	"chancery/graph/internal/budget"

	"pgregory.net/rapid"
)

// watch is a clock that stands still unless it is moved.
type watch struct{ time.Time }

func (w *watch) now() time.Time { return w.Time }

func newBuckets(size, refill int64, clients int) (*budget.Buckets, *watch) {
	w := &watch{time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)}
	return budget.New(budget.Options{Size: size, Refill: refill, Clients: clients, Now: w.now}), w
}

func TestABucketEmptiesAndRefills(t *testing.T) {
	b, clock := newBuckets(100, 10, 0)
	take := func(amount, wantLeft int64, wantWait time.Duration) {
		t.Helper()
		if left, wait := b.Take("a", amount); left != wantLeft || wait != wantWait {
			t.Errorf("took %d: %d left, wait %v; want %d, %v", amount, left, wait, wantLeft, wantWait)
		}
	}
	take(70, 30, 0)
	take(31, 30, 100*time.Millisecond)
	take(30, 0, 0)
	clock.Time = clock.Add(2500 * time.Millisecond)
	take(0, 25, 0)
	if left := b.Give("a", 10); left != 35 {
		t.Errorf("%d left after giving back; want 35", left)
	}
	clock.Time = clock.Add(time.Hour)
	take(0, 100, 0)
	if left := b.Give("a", 10); left != 100 {
		t.Errorf("a full bucket holds %d", left)
	}
}

func TestADebtIsPaidFirst(t *testing.T) {
	b, clock := newBuckets(100, 10, 0)
	if left := b.Give("a", -150); left != 0 {
		t.Errorf("%d left in debt", left)
	}
	if _, wait := b.Take("a", 0); wait != 5*time.Second {
		t.Errorf("nothing may be taken for %v; want 5 s", wait)
	}
	clock.Time = clock.Add(6 * time.Second)
	if left, wait := b.Take("a", 4); left != 6 || wait != 0 {
		t.Errorf("%d left, wait %v", left, wait)
	}
}

// TestNobodySpendsMoreThanComesBack takes and gives at random: what is spent in a
// time is at most what was there and what came back.
func TestNobodySpendsMoreThanComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size, refill := rapid.Int64Range(1, 1000).Draw(t, "size"), rapid.Int64Range(1, 1000).Draw(t, "refill")
		b, clock := newBuckets(size, refill, 0)
		begun, spent := clock.Time, int64(0)
		for range rapid.IntRange(1, 50).Draw(t, "steps") {
			clock.Time = clock.Add(time.Duration(rapid.Int64Range(0, int64(2*time.Second)).Draw(t, "later")))
			asked := rapid.Int64Range(0, size).Draw(t, "asked")
			_, wait := b.Take("a", asked)
			if wait > 0 {
				clock.Time = clock.Add(wait) // after which there is enough, and not before
				if _, again := b.Take("a", asked); again > time.Microsecond {
					t.Fatalf("%d were to be had after %v, and then after %v more", asked, wait, again)
				} else if again > 0 {
					continue
				}
			}
			used := rapid.Int64Range(0, asked).Draw(t, "used")
			b.Give("a", asked-used)
			spent += used
		}
		if most := float64(size) + clock.Sub(begun).Seconds()*float64(refill); float64(spent) > most+1 {
			t.Fatalf("%d was spent where %v was to be had", spent, most)
		}
	})
}

// TestFewClientsAreRemembered, however many come, and those that are forgotten have a
// full bucket.
func TestFewClientsAreRemembered(t *testing.T) {
	b, _ := newBuckets(100, 10, 3)
	for i := range 1_000 {
		if left, wait := b.Take(fmt.Sprint(i), 100); left != 0 || wait != 0 {
			t.Fatalf("client %d has %d, wait %v", i, left, wait)
		}
	}
	if left, _ := b.Take("999", 0); left != 0 {
		t.Errorf("the last client was forgotten")
	}
	if left, _ := b.Take("0", 0); left != 100 {
		t.Errorf("the first client has %d", left)
	}
}

func TestWhoAClientIs(t *testing.T) {
	known := access.Principal{Name: "Aigul", ID: "5f1d", Role: access.Reader}
	for _, same := range [][2]string{
		{"203.0.113.7:1000", "203.0.113.7:2000"},
		{"[2001:db8::1]:1", "[2001:db8::ffff:2]:2"},
		{"[::ffff:203.0.113.7]:1", "203.0.113.7:2"},
		{"[fe80::1%eth0]:1", "[fe80::1%eth1]:1"},
		{"203.0.113.7", "203.0.113.7:80"},
	} {
		if a, b := client(access.Anonymous, same[0]), client(access.Anonymous, same[1]); a != b {
			t.Errorf("%s is %s and %s is %s", same[0], a, same[1], b)
		}
	}
	for _, other := range [][2]string{
		{"203.0.113.7:1", "203.0.113.8:1"},
		{"[2001:db8:0:1::1]:1", "[2001:db8:0:2::1]:1"},
		{"pipe", "203.0.113.7:1"},
	} {
		if a, b := client(access.Anonymous, other[0]), client(access.Anonymous, other[1]); a == b {
			t.Errorf("%s and %s are both %s", other[0], other[1], a)
		}
	}
	if a, b := client(known, "203.0.113.7:1"), client(known, "203.0.113.8:1"); a != b || a == client(access.Anonymous, "203.0.113.7:1") {
		t.Errorf("who is known is %s here and %s there", a, b)
	}
}

func client(p access.Principal, remote string) string {
	return budget.Client(p, access.Caller{Remote: remote})
}
