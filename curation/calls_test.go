package curation_test

import (
	"context"
	"errors"
	"testing"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest"
)

// mostCalls is how many calls of the store a request may make, however large it is.
const mostCalls = 30

// TestCallsDoNotGrowWithTheRequest counts the calls of the store for requests of
// several sizes.
func TestCallsDoNotGrowWithTheRequest(t *testing.T) {
	for name, prepare := range requestShapes {
		t.Run(name, func(t *testing.T) {
			var counts []int
			for _, size := range []int{5, 50, 500} {
				s := &countingStore{Store: storetest.NewModel(start)}
				request := prepare(&preparation{t, s}, size)
				s.calls = 0
				if err := request(); err != nil {
					t.Fatal(err)
				}
				counts = append(counts, s.calls)
			}
			t.Log("calls: ", counts)
			const pages = 1 // of the 1,503 changes of a transaction to revert
			if counts[2] > counts[1]+pages || counts[2] > mostCalls {
				t.Errorf("%v calls of the store for sizes of 5, 50 and 500; they must not grow, and be at most %d", counts, mostCalls)
			}
		})
	}
}

// preparation prepares a store for a request.
type preparation struct {
	*testing.T
	store store.Store
}

// commit makes changes that must succeed.
func (p *preparation) commit(changes []curation.Change) curation.Result {
	p.Helper()
	result, err := curation.Commit(p.Context(), p.store, curation.Request{Unsourced: true, Changes: changes})
	if err != nil {
		p.Fatal(err)
	}
	return result
}

// committing returns a request that commits changes.
func (p *preparation) committing(changes []curation.Change) func() error {
	return func() error {
		_, err := curation.Commit(p.Context(), p.store, curation.Request{Unsourced: true, Changes: changes})
		return err
	}
}

// reverting returns a request that reverts a commit.
func (p *preparation) reverting(result curation.Result) func() error {
	return func() error {
		_, err := curation.Revert(p.Context(), p.store, curation.RevertRequest{Number: result.Transaction.Number})
		return err
	}
}

// refused returns a request that must be refused.
func refused(request func() error) func() error {
	return func() error {
		err := request()
		if _, is := errors.AsType[*curation.Refused](err); is {
			return nil
		}
		return errors.Join(errors.New("the request is not refused"), err)
	}
}

// countingStore counts the calls of its writers.
type countingStore struct {
	store.Store
	calls int
}

// Write implements store.Store.
func (s *countingStore) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	s.calls++
	return s.Store.Write(ctx, by, func(w store.Writer) error { return fn(&countingWriter{w, &s.calls}) })
}
