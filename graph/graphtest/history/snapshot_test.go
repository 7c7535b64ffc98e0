package history_test

import (
	"context"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// TestKnownAtReadsThePast changes a graph and reads it as it was known before.
func TestKnownAtReadsThePast(t *testing.T) {
	s := graphtest.OpenStore(t)
	graphtest.WriteWide(t, s, 2)
	change(t, s, func(ctx context.Context, w store.Writer, minister *diplomacy.Person) error {
		renamed := *minister
		renamed.Names = []diplomacy.Name{{Value: "renamed", Language: "en"}}
		event := &diplomacy.Event{Type: "MEETING"}
		event.Slug, event.Names = "event-later", []diplomacy.Name{{Value: "event-later", Language: "en"}}
		if err := w.Put(ctx, &renamed, event); err != nil {
			return err
		}
		return w.Put(ctx, &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: minister.ID, Object: event.ID})
	})
	const query = `query($n: Int) @asOf(knownAt: $n) { person(by: {slug: "minister"}) { name revision transaction { number }
		participations(orderBy: NEWEST) { totalCount nodes { name } } history { nodes { revision closedBy { number } record { ... on Person { name } } } } }
		transactions { nodes { number } } }`
	h := graphtest.NewHandler(s)
	for known, wants := range map[int][]string{
		1: {`"name":"minister"`, `"revision":1`, `"transaction":{"number":1}`, `"totalCount":2`, `"history":{"nodes":[{"revision":1,"closedBy":null`, `"transactions":{"nodes":[{"number":1}]}`},
		2: {`"name":"renamed"`, `"revision":2`, `"transaction":{"number":2}`, `"totalCount":3`, `"history":{"nodes":[{"revision":2`, `{"revision":1,"closedBy":{"number":2}`, `"transactions":{"nodes":[{"number":2},{"number":1}]}`},
		3: {`"NOT_FOUND"`},
	} {
		answer := string(graphtest.Post(t, h, query, map[string]any{"n": known}))
		for _, want := range wants {
			if !strings.Contains(answer, want) {
				t.Errorf("known at %d: no %s in %s", known, want, answer)
			}
		}
	}
}

// change writes a transaction about the person called minister.
func change(t *testing.T, s store.Store, fn func(context.Context, store.Writer, *diplomacy.Person) error) {
	t.Helper()
	_, err := s.Write(context.Background(), store.Commit{Author: "test"}, func(w store.Writer) error {
		ctx := context.Background()
		ids, err := w.Find(ctx, []store.Key{{Kind: diplomacy.KindPerson, Scheme: store.SchemeSlug, Value: "minister"}})
		if err != nil {
			return err
		}
		found, err := w.Records(ctx, ids)
		if err != nil {
			return err
		}
		return fn(ctx, w, found[0].(*diplomacy.Person))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOperationReadsOneSnapshot commits while an operation runs, which must not see it.
func TestOperationReadsOneSnapshot(t *testing.T) {
	s := graphtest.OpenStore(t)
	graphtest.WriteWide(t, s, 2)
	once := false
	interrupted := &interruptedStore{Store: s, between: func() {
		if !once {
			once = true
			writeRename(t, s)
		}
	}}
	answer := string(graphtest.Post(t, graphtest.NewHandler(interrupted), `{ a: person(by: {slug: "minister"}) { name } b: people { nodes { name } } }`, nil))
	if !once || strings.Contains(answer, "renamed") {
		t.Errorf("once=%v, answer %s", once, answer)
	}
}

func writeRename(t *testing.T, s store.Store) {
	t.Helper()
	change(t, s, func(ctx context.Context, w store.Writer, minister *diplomacy.Person) error {
		renamed := *minister
		renamed.Names = []diplomacy.Name{{Value: "renamed"}}
		return w.Put(ctx, &renamed)
	})
}

// interruptedStore calls a function after each lookup by key.
type interruptedStore struct {
	store.Store
	between func()
}

func (i *interruptedStore) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	s, err := i.Store.Read(ctx, view)
	return &interruptedSnapshot{s, i}, err
}

type interruptedSnapshot struct {
	store.Snapshot
	interrupting *interruptedStore
}

func (s *interruptedSnapshot) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	found, err := s.Snapshot.Find(ctx, keys)
	s.interrupting.between()
	return found, err
}
