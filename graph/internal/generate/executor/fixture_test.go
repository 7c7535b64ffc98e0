package executor

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stockFiles are what gqlgen generates, without any edits.
var stockFiles = []string{"prelude.generated.go", "stock.generated.go"}

// stock returns a stock file.
func stock(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../stock", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// editStock applies an edit to a copy of the stock executor, with `from` replaced
// by `to` in advance, and returns stock.generated.go.
func editStock(t *testing.T, edit func([]*source) error, from, to string) (string, error) {
	t.Helper()
	texts := map[string]string{}
	for _, name := range stockFiles {
		texts[name] = strings.ReplaceAll(stock(t, name), from, to)
	}
	if !strings.Contains(stock(t, "stock.generated.go"), from) {
		t.Fatalf("the stock executor has no %q to change", from)
	}
	edited, err := editTexts(t, edit, texts)
	return edited["stock.generated.go"], err
}

// editText applies an edit to one small file.
func editText(t *testing.T, edit func([]*source) error, text string) (string, error) {
	t.Helper()
	edited, err := editTexts(t, edit, map[string]string{"schema.generated.go": text})
	return edited["schema.generated.go"], err
}

// editTexts applies an edit to a folder with these files. What results must be Go.
func editTexts(t *testing.T, edit func([]*source) error, texts map[string]string) (map[string]string, error) {
	t.Helper()
	folder := t.TempDir()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	failure := apply(folder, edit)
	edited := map[string]string{}
	for name := range texts {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), name, text, 0); err != nil {
			t.Error(err)
		}
		edited[name] = string(text)
	}
	return edited, failure
}
