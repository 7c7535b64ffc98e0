package findings_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/store"
	"chancery/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into testdata")

// noon is when the graphs of the cases are recorded.
var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// TestEachRuleHasACaseThatItFinds plays testdata/rules/CODE.txtar for each rule: graph
// is imported, and later too if it is there; want is what the rule finds.
func TestEachRuleHasACaseThatItFinds(t *testing.T) {
	for _, rule := range findings.Rules {
		t.Run(string(rule.Code), func(t *testing.T) {
			found := play(t, filepath.Join("testdata/rules", string(rule.Code)+".txtar"), func(f findings.Finding) bool { return f.Rule.Code == rule.Code })
			if found == 0 {
				t.Error("the case has nothing that the rule finds")
			}
		})
	}
}

func TestEachCaseIsOfARule(t *testing.T) {
	cases, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(cases) != len(findings.Rules) {
		t.Errorf("%d cases for %d rules, %v", len(cases), len(findings.Rules), err)
	}
}

// TestWhatAPersonWouldSeeIsFound plays whole graphs with many mistakes.
func TestWhatAPersonWouldSeeIsFound(t *testing.T) {
	graphs, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(graphs) == 0 {
		t.Fatal("no graphs", err)
	}
	for _, name := range graphs {
		play(t, name, func(f findings.Finding) bool { return f.Rule.Severity != "INFO" })
	}
}

// play compares the findings in the graph of an archive that pass with its file want.
func play(t *testing.T, name string, passes func(findings.Finding) bool) (found int) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s := storetest.NewModel(func() time.Time { return noon })
	var got strings.Builder
	var want *txtar.File
	for i, f := range archive.Files {
		if f.Name == "want" {
			want = &archive.Files[i]
			continue
		}
		imported(t, s, f.Data)
	}
	for _, f := range all(t, s, store.View{}) {
		if passes(f.Finding) {
			fmt.Fprintln(&got, f.text)
			found++
		}
	}
	if *update {
		want.Data = []byte(got.String())
		if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(want.Data), got.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	return found
}

func imported(t testing.TB, s store.Store, text []byte) {
	t.Helper()
	files := []exchange.File{{Name: "graph", Reader: bytes.NewReader(text)}}
	if _, err := exchange.Import(t.Context(), s, store.Commit{Author: "test"}, files, exchange.Options{}); err != nil {
		t.Fatal(err)
	}
}

// shown is a finding and how it is written.
type shown struct {
	findings.Finding
	text string
}

// all returns all findings in a view of a graph, page by page.
func all(t testing.TB, s store.Store, view store.View) (found []shown) {
	t.Helper()
	snapshot, err := s.Read(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	for f, err := range findings.All(t.Context(), snapshot) {
		if err != nil {
			t.Fatal(err)
		}
		owner, err := snapshot.Records(t.Context(), []diplomacy.ID{f.Owner})
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, shown{f, fmt.Sprintf("%s %s %s: %s", f.Rule.Severity, f.Rule.Code, owner[0].(diplomacy.Entity).Base().Slug, f.Message)})
	}
	return found
}
