package curation_test

import (
	"context"
	"testing"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest"
)

// TestWarningsDoNotGrowWithTheRequest counts the calls that warnings add to a commit, and
// to its dry run: beyond the entities that are examined they are the same at any size,
// and the warnings say that they are incomplete.
func TestWarningsDoNotGrowWithTheRequest(t *testing.T) {
	const most = 150
	for _, dry := range []bool{false, true} {
		var counts []int
		for _, size := range []int{10, 400, 1000} {
			s := &countingStore{Store: storetest.NewModel(start)}
			p := &preparation{t, s}
			p.commit(numberedTopics(1))
			s.calls = 0
			result, err := curation.Commit(t.Context(), s, curation.Request{Unsourced: true, Warn: true, DryRun: dry, Changes: attended(size)})
			if err != nil {
				t.Fatal(err)
			}
			if result.Warnings == nil || result.Warnings.Complete != (size == 10) {
				t.Errorf("%d changes: %+v", size, result.Warnings)
			}
			counts = append(counts, s.calls)
		}
		t.Log("calls: ", counts)
		if counts[2] > counts[1]+5 || counts[2] > most {
			t.Errorf("dry run %v: %v calls of the store; they must not grow, and be at most %d", dry, counts, most)
		}
	}
}

// TestWarningsAreNoPartOfTheKey: a retry that does not ask for warnings is the same
// request.
func TestWarningsAreNoPartOfTheKey(t *testing.T) {
	s := storetest.NewModel(start)
	request := curation.Request{Key: "a", Warn: true, Changes: numberedTopics(1)}
	if _, err := curation.Commit(t.Context(), s, request); err != nil {
		t.Fatal(err)
	}
	request.Warn = false
	if again, err := curation.Commit(t.Context(), s, request); err != nil || !again.Replayed || again.Warnings != nil {
		t.Error(again, err)
	}
}

// Read implements store.Store.
func (s *countingStore) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	snapshot, err := s.Store.Read(ctx, view)
	return &countingSnapshot{snapshot, &s.calls}, err
}

// countingSnapshot counts the calls of a Snapshot.
type countingSnapshot struct {
	store.Snapshot
	calls *int
}

func (s *countingSnapshot) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	*s.calls++
	return s.Snapshot.Records(ctx, ids)
}

func (s *countingSnapshot) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	*s.calls++
	return s.Snapshot.Links(ctx, q)
}

func (s *countingSnapshot) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	*s.calls++
	return s.Snapshot.Find(ctx, keys)
}
