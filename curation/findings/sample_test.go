package findings_test

import (
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/sample"
	"chancery/store"
	"chancery/store/bolt"
)

// TestSampleHasDoubtsButNoErrors: what the rules say about the sample can be explained.
// Doubts that its report is known for are found; what is impossible is not in it.
func TestSampleHasDoubtsButNoErrors(t *testing.T) {
	s, err := bolt.Open(filepath.Join(t.TempDir(), "sample.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := sample.Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	found := map[diplomacy.Term]int{}
	for _, f := range all(t, s, store.View{}) {
		found[f.Rule.Code]++
		switch f.Rule.Severity {
		case "ERROR":
			t.Error(f.text)
		case "WARNING":
			t.Log(f.text)
		}
	}
	for _, code := range []diplomacy.Term{"TITLE_DIFFERS", "LATER_THAN_SOURCE", "SOURCES_CONTRADICT"} {
		if found[code] == 0 {
			t.Errorf("%s is not found", code)
		}
	}
	const most = 40
	if n := found["LATER_THAN_SOURCE"] + found["SOURCES_CONTRADICT"] + found["NAMESAKE"] + found["TWO_HOLDERS"]; n > most {
		t.Errorf("%d warnings; a person would not read them: %v", n, found)
	}
}
