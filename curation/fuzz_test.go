package curation_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"chancery/curation"
	"chancery/store"
	"chancery/store/storetest"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzCommit requests any changes of a small graph. Either they are made, or they are
// refused and nothing is written; any other error is a fault. What is made leaves a
// sound graph, and a retry of it writes nothing.
func FuzzCommit(f *testing.F) {
	addRequests(f)
	graph, err := os.ReadFile("testdata/fuzz.ndjson")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var a asked
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		if decoder.Decode(&a) != nil || !a.change() {
			return
		}
		s := storetest.NewModel(start)
		imported(t, s, graph)
		commitAny(t, s, a.Request)
	})
}

// addRequests seeds the corpus with the requests of the stories.
func addRequests(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal("no archives", err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			var a asked
			if json.Unmarshal(file.Data, &a) == nil && len(a.Do) > 0 {
				f.Add(file.Data)
			}
		}
	}
}

// commitAny commits a request that may be refused.
func commitAny(t *testing.T, s store.Store, request curation.Request) {
	was := revision(t, s)
	result, err := curation.Commit(t.Context(), s, request)
	if refused, is := errors.AsType[*curation.Refused](err); is {
		if len(refused.Problems) == 0 || revision(t, s) != was {
			t.Fatalf("refused with %d problems, at transaction %d of %d", len(refused.Problems), revision(t, s), was)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	own := slices.DeleteFunc(slices.Clone(result.Outcomes), func(o curation.Outcome) bool { return o.Along > 0 })
	if len(own) != len(request.Changes) {
		t.Fatalf("%d outcomes of %d changes", len(own), len(request.Changes))
	}
	if request.Key != "" && !request.DryRun {
		if again, err := curation.Commit(t.Context(), s, request); err != nil || !again.Replayed {
			t.Fatalf("the retry was answered with %+v, %v", again, err)
		}
	}
}

func sound(t *testing.T, s store.Store) {
	for fault, err := range s.Check(t.Context()) {
		t.Fatal(fault, err)
	}
}
