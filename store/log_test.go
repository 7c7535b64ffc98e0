package store_test

import (
	"context"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/store"

	"pgregory.net/rapid"
)

// clockReader has transactions at given times, and counts the calls.
type clockReader struct {
	store.Reader
	times []time.Time
	calls int
}

func (r *clockReader) Revision() diplomacy.TxNumber { return diplomacy.TxNumber(len(r.times)) }

func (r *clockReader) Transactions(_ context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	r.calls++
	found := make([]*diplomacy.Transaction, len(numbers))
	for i, n := range numbers {
		found[i] = &diplomacy.Transaction{Number: n, Time: r.times[n-1]}
	}
	return found, nil
}

// TestLastUntilFindsTheTransaction compares it with a linear search.
func TestLastUntilFindsTheTransaction(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		r, at := &clockReader{}, start
		for _, step := range rapid.SliceOfN(rapid.IntRange(1, 3), 0, 300).Draw(t, "steps") {
			at = at.Add(time.Duration(step) * time.Microsecond)
			r.times = append(r.times, at)
		}
		until := start.Add(time.Duration(rapid.IntRange(-1, 1_000).Draw(t, "until")) * time.Microsecond)
		want := diplomacy.TxNumber(0)
		for i, at := range r.times {
			if !at.After(until) {
				want = diplomacy.TxNumber(i + 1)
			}
		}
		if got, err := store.LastUntil(t.Context(), r, until); err != nil || got != want {
			t.Fatalf("found %d (%v), want %d", got, err, want)
		}
		if r.calls > 3 {
			t.Errorf("%d calls for %d transactions", r.calls, len(r.times))
		}
	})
}
