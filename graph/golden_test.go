package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"chancery/exchange"
	"chancery/graph/graphtest"
	"chancery/store"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the answers into the golden files")

// TestGolden posts each query of testdata to the sample, or to the graph that the file has
// in the format of import. A file has the query, perhaps variables, and the response;
// `go test ./graph -run Golden -update` writes responses.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	sample := graphtest.NewHandler(graphtest.OpenSample(t))
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			handler := sample
			if lines := graphtest.Part(archive, "graph.ndjson"); lines != nil {
				handler = graphtest.NewHandler(openImported(t, lines))
			}
			got := indent(t, graphtest.Post(t, handler, string(graphtest.Part(archive, "query.graphql")), variables(t, archive)))
			if *update {
				saveAnswer(t, file, archive, got)
				return
			}
			if diff := cmp.Diff(string(graphtest.Part(archive, "answer.json")), string(got)); diff != "" {
				t.Errorf("answer differs (-want +got):\n%s", diff)
			}
		})
	}
}

// openImported opens a graph with what lines in the format of import have.
func openImported(t testing.TB, lines []byte) store.Store {
	t.Helper()
	s := graphtest.OpenStore(t)
	file := exchange.File{Name: "graph.ndjson", Reader: bytes.NewReader(lines)}
	if _, err := exchange.Import(t.Context(), s, store.Commit{Author: "test"}, []exchange.File{file}, exchange.Options{}); err != nil {
		t.Fatal(err)
	}
	return s
}

func variables(t *testing.T, a *txtar.Archive) map[string]any {
	t.Helper()
	text := graphtest.Part(a, "variables.json")
	if text == nil {
		return nil
	}
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func indent(t *testing.T, answer []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, answer, "", "  "); err != nil {
		t.Fatalf("%v in %s", err, answer)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

func saveAnswer(t *testing.T, file string, a *txtar.Archive, answer []byte) {
	t.Helper()
	files := a.Files[:0]
	for _, f := range a.Files {
		if f.Name != "answer.json" {
			files = append(files, f)
		}
	}
	a.Files = append(files, txtar.File{Name: "answer.json", Data: answer})
	write(t, file, a)
}

func write(t *testing.T, file string, a *txtar.Archive) {
	t.Helper()
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
