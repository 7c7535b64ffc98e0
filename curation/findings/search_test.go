package findings_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// doubtfulGraph is a graph that has all cases of testdata, in a transaction each.
func doubtfulGraph(t testing.TB) store.Store {
	t.Helper()
	s := storetest.NewModel(func() time.Time { return noon })
	cases, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range cases {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(text).Files {
			if f.Name != "want" {
				imported(t, s, f.Data)
			}
		}
	}
	return s
}

func snapshotOf(t testing.TB, s store.Store) store.Snapshot {
	t.Helper()
	snapshot, err := s.Read(t.Context(), store.View{Restricted: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(snapshot.Release)
	return snapshot
}

// searched returns the findings of all pages of a query.
func searched(t testing.TB, r store.Reader, q findings.Query) (found []string) {
	t.Helper()
	for more := true; more; {
		page, err := findings.Search(t.Context(), r, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Found) > q.Limit || page.More && page.Next == q.After {
			t.Fatalf("%d found of %d, next %+v", len(page.Found), q.Limit, page.Next)
		}
		for _, f := range page.Found {
			found = append(found, textOf(f.Finding))
		}
		if n := len(page.Found); n > 0 && q.Limit < 5 {
			q.After = page.Found[n-1].Behind // also a position
		}
		if n := len(page.Found); n == 0 || q.Limit >= 5 || !page.More {
			q.After = page.Next
		}
		more = page.More
	}
	return found
}

func textOf(f findings.Finding) string { return fmt.Sprint(f.Rule.Code, f.Records, f.Message) }

func allFindings(t testing.TB, r store.Reader) (all []findings.Finding) {
	t.Helper()
	for f, err := range findings.All(t.Context(), r) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// sourceOf returns a source on which some finding rests.
func sourceOf(all []findings.Finding) diplomacy.ID {
	at := slices.IndexFunc(all, func(f findings.Finding) bool { return len(f.Sources) > 0 })
	return all[at].Sources[0]
}

// TestSearchFindsWhatAllFinds pages with several filters and lengths of pages, and
// compares what is found with the same filter over All.
func TestSearchFindsWhatAllFinds(t *testing.T) {
	s := doubtfulGraph(t)
	r := snapshotOf(t, s)
	all := allFindings(t, r)
	source, entity := sourceOf(all), all[len(all)/2].Owner
	for name, c := range map[string]struct {
		query  findings.Query
		passes func(findings.Finding) bool
	}{
		"everything": {findings.Query{}, func(findings.Finding) bool { return true }},
		"two rules": {findings.Query{Rules: []diplomacy.Term{"DEAD_HOLDER", "CIRCLE"}}, func(f findings.Finding) bool {
			return f.Rule.Code == "DEAD_HOLDER" || f.Rule.Code == "CIRCLE"
		}},
		"severity": {findings.Query{Severities: []diplomacy.Term{"ERROR"}}, func(f findings.Finding) bool { return f.Rule.Severity == "ERROR" }},
		"source":   {findings.Query{Source: source}, func(f findings.Finding) bool { return f.RestsOn(source) }},
		"entity":   {findings.Query{Entity: entity}, func(f findings.Finding) bool { return f.Owner == entity }},
	} {
		want := []string{}
		for _, f := range all {
			if c.passes(f) {
				want = append(want, textOf(f))
			}
		}
		if len(want) < 1 {
			t.Errorf("%s: nothing to find", name)
		}
		for _, limit := range []int{1, 3, 1000} {
			c.query.Limit = limit
			got := searched(t, r, c.query)
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s by %d (-want +got):\n%s", name, limit, diff)
			}
		}
	}
}

// TestSearchSinceFindsWhatATransactionWrote searches since each transaction: what is
// found are the findings of records that were written later.
func TestSearchSinceFindsWhatATransactionWrote(t *testing.T) {
	s := doubtfulGraph(t)
	r := snapshotOf(t, s)
	all := allFindings(t, r)
	for since := diplomacy.TxNumber(1); since <= r.Revision(); since++ {
		want := []string{}
		for _, f := range all {
			if f.Transaction > since {
				want = append(want, textOf(f))
			}
		}
		got := append([]string{}, searched(t, r, findings.Query{Since: since, Limit: 7})...)
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("since %d (-want +got):\n%s", since, diff)
		}
	}
}

func TestPositionsOfOtherQueriesAreRejected(t *testing.T) {
	r := snapshotOf(t, doubtfulGraph(t))
	page, err := findings.Search(t.Context(), r, findings.Query{Limit: 1})
	if err != nil || !page.More {
		t.Fatal(page, err)
	}
	if _, err := findings.Search(t.Context(), r, findings.Query{Since: r.Revision(), After: page.Next, Limit: 1}); !errors.Is(err, store.ErrCursor) {
		t.Error(err)
	}
	if _, err := findings.Search(t.Context(), r, findings.Query{After: findings.Position{Owner: page.Found[0].Owner}, Limit: 1}); !errors.Is(err, store.ErrCursor) {
		t.Error(err)
	}
}

// listCounter counts the entities that are listed.
type listCounter struct {
	store.Reader
	listed int
}

// List implements store.Reader.
func (c *listCounter) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	page, err := c.Reader.List(ctx, q)
	c.listed += len(page.Entries)
	return page, err
}

// TestAPageExaminesLimitedEntities asks a graph of many sound entities for what is not
// there: each page is empty, and examines no more than it may.
func TestAPageExaminesLimitedEntities(t *testing.T) {
	s := storetest.NewModel(func() time.Time { return noon })
	const topics = 2*findings.MaxSearched + 10
	_, err := s.Write(t.Context(), store.Commit{}, func(w store.Writer) error {
		for i := range topics {
			topic := &diplomacy.Topic{Thing: diplomacy.Thing{Slug: fmt.Sprint("t", i), Names: []diplomacy.Name{{Value: "T"}}}}
			if err := w.Put(t.Context(), topic); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	counter := &listCounter{Reader: snapshotOf(t, s)}
	q, pages := findings.Query{Limit: 10}, 0
	for more := true; more; pages++ {
		counter.listed = 0
		page, err := findings.Search(t.Context(), counter, q)
		if err != nil || len(page.Found) > 0 || counter.listed > findings.MaxSearched {
			t.Fatal(page, counter.listed, err)
		}
		q.After, more = page.Next, page.More
	}
	if pages != 3 {
		t.Errorf("%d pages", pages)
	}
}
