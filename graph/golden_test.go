package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the answers into the golden files")

// TestGolden asks each query of testdata on the sample. A file holds the query,
// perhaps variables, and the answer; `go test ./graph -update` writes answers.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	handler := newHandler(openSample(t))
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := indent(t, ask(t, handler, string(part(archive, "query.graphql")), variables(t, archive)))
			if *update {
				saveAnswer(t, file, archive, got)
				return
			}
			if diff := cmp.Diff(string(part(archive, "answer.json")), string(got)); diff != "" {
				t.Errorf("answer differs (-want +got):\n%s", diff)
			}
		})
	}
}

func part(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func variables(t *testing.T, a *txtar.Archive) map[string]any {
	t.Helper()
	text := part(a, "variables.json")
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
