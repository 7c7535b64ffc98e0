package mutation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

func TestMutationsNeedTheRoleOfAnEditor(t *testing.T) {
	s := graphtest.OpenSample(t)
	before, _ := s.Committed()
	for field, mutation := range map[string]string{
		"commit":        `commit(input: {changes: {putTopic: {name: "Water"}}}) { userErrors { code } }`,
		"judge":         `judge(input: {a: "State/kyrgyzstan", b: "State/azerbaijan", verdict: DIFFERENT, reasons: ["two"]}) { userErrors { code } }`,
		"undoJudgement": `undoJudgement(input: {judgement: "judgement_000000000000"}) { userErrors { code } }`,
		"revert":        `revert(input: {transaction: 1}) { userErrors { code } }`,
	} {
		for _, p := range []access.Principal{access.Anonymous, {Name: "a.reader", Role: access.Reader}, {}} {
			_, shown := graphtest.PostForErrors(t, graphtest.As(p)(graphtest.NewHandler(s)), `mutation { `+mutation+` }`, nil)
			if len(shown) != 1 || shown[0].Extensions.Code != "FORBIDDEN" || shown[0].Path[0] != field {
				t.Errorf("%s of %+v: %+v", field, p, shown)
			}
		}
	}
	if after, _ := s.Committed(); after != before {
		t.Errorf("transaction %d was written", after)
	}
}

// exclusiveStore is a store that must not be written while a snapshot is open.
type exclusiveStore struct {
	store.Store
	t    *testing.T
	open int
}

type watchedSnapshot struct {
	store.Snapshot
	of *exclusiveStore
}

func (w *exclusiveStore) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	s, err := w.Store.Read(ctx, view)
	w.open++
	return &watchedSnapshot{s, w}, err
}

func (s *watchedSnapshot) Release() {
	s.of.open--
	s.Snapshot.Release()
}

func (w *exclusiveStore) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	if w.open != 0 {
		w.t.Errorf("%d snapshots are open at a write", w.open)
	}
	return w.Store.Write(ctx, by, fn)
}

// TestMutationPayloadShowsTheGraphAfterItsField has several fields that write: each
// payload shows the writes of earlier fields and not those of later ones.
func TestMutationPayloadShowsTheGraphAfterItsField(t *testing.T) {
	w := &exclusiveStore{Store: graphtest.OpenSample(t), t: t}
	answer := string(graphtest.Post(t, graphtest.As(graphtest.Curator)(graphtest.NewHandler(w)), `mutation {
		one: commit(input: {changes: {patchTopic: {id: "Topic/bilateral-relations", name: "One"}}}) { ...shown }
		two: commit(input: {changes: {patchTopic: {id: "Topic/bilateral-relations", name: "Two"}}}) { ...shown }
		three: revert(input: {transaction: 3}) { transaction { number } outcomes { node { ... on Topic { name revision } } } }
	} fragment shown on CommitPayload { transaction { number } outcomes { node { ... on Topic { name revision } } } }`, nil))
	want := []string{}
	for i, name := range []string{"One", "Two", "One"} {
		want = append(want, fmt.Sprintf(`{"transaction":{"number":%d},"outcomes":[{"node":{"name":%q,"revision":%d}}]}`, i+2, name, i+2))
	}
	if got := `{"data":{"one":` + want[0] + `,"two":` + want[1] + `,"three":` + want[2] + `}}`; answer != got {
		t.Errorf("got  %s\nwant %s", answer, got)
	}
	if w.open != 0 {
		t.Errorf("%d snapshots were not released", w.open)
	}
}

// failingStore is a store whose writes fail from the second on.
type failingStore struct {
	store.Store
	writes int
}

func (f *failingStore) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	if f.writes++; f.writes > 1 {
		return diplomacy.Transaction{}, errors.New("the disk is gone")
	}
	return f.Store.Write(ctx, by, fn)
}

func TestFailedMutationKeepsEarlierPayloads(t *testing.T) {
	answer := string(graphtest.Post(t, graphtest.As(graphtest.Curator)(graphtest.NewHandler(&failingStore{Store: graphtest.OpenSample(t)})), `mutation {
		one: commit(input: {changes: {putTopic: {name: "One"}}}) { transaction { number } outcomes { node { ... on Topic { name } } } }
		two: commit(input: {changes: {putTopic: {name: "Two"}}}) { transaction { number } }
		three: revert(input: {transaction: 2}) { transaction { number } }
		four: judge(input: {a: "State/kyrgyzstan", b: "State/azerbaijan", verdict: DIFFERENT, reasons: ["two"]}) { transaction { number } }
	}`, nil))
	const want = `"data":{"one":{"transaction":{"number":2},"outcomes":[{"node":{"name":"One"}}]},"two":null,"three":null,"four":null}`
	if !strings.Contains(answer, want) || strings.Count(answer, `"path":`) != 3 || strings.Contains(answer, "disk") {
		t.Errorf("got %s\nwant %s", answer, want)
	}
}

// TestMutationPayloadsAreReadInBatches counts calls for the payload of a small and of a
// large commit.
func TestMutationPayloadsAreReadInBatches(t *testing.T) {
	calls := func(events int) []string {
		c := &graphtest.CallCounter{Store: graphtest.OpenSample(t)}
		changes := strings.Repeat(`{recordEvent: {name: "Session", kind: SESSION, date: "2020", evidence: {source: "Source/trend-2020-04-27-call"}
			participants: {participant: "State/kyrgyzstan"}}}`, events)
		answer := string(graphtest.Post(t, graphtest.As(graphtest.Curator)(graphtest.NewHandler(c)), `mutation { commit(input: {changes: [`+changes+`]}) { outcomes { node { __typename
			... on Event { name transaction { author } evidence { source { name } doubts } states { nodes { name } } }
			... on Statement { subject { name } object { name } history { nodes { revision } } }
			... on Evidence { about { id } stale } } } userErrors { message } } }`, nil))
		if !strings.Contains(answer, `"userErrors":[]`) || strings.Count(answer, `"Event"`) != events {
			t.Fatalf("%.600s", answer)
		}
		slices.Sort(c.Calls)
		return c.Calls
	}
	few, many := calls(1), calls(30)
	if !slices.Equal(few, many) || len(few) == 0 {
		t.Errorf("one event: %v\nthirty: %v", few, many)
	}
}
