package main

import (
	"os"
	"path/filepath"
	"testing"
)

// write creates files below a folder.
func write(t *testing.T, folder string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// read returns the text of a file; empty if it does not exist.
func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(text)
}

func newTestWorkspace(t *testing.T, texts map[string]string) *workspace {
	t.Helper()
	module := t.TempDir()
	write(t, module, texts)
	w, err := newWorkspace(module)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	return w
}

func TestSwapReplacesAllGeneratedFiles(t *testing.T) {
	w := newTestWorkspace(t, map[string]string{"go.mod": "module m\n", "a/kept.go": "package a", "a/old.generated.go": "stale", "a/x.generated.go": "before", ".git/config": ""})
	if read(t, w.path("a/kept.go")) != "package a" || read(t, w.path("a/x.generated.go")) != "before" {
		t.Error("the copy lacks files of the module")
	}
	if _, err := os.Stat(w.path(".git")); err == nil {
		t.Error("the copy has the folder .git")
	}
	if err := w.remove("a/*.generated.go"); err != nil {
		t.Fatal(err)
	}
	write(t, w.root, map[string]string{"a/x.generated.go": "after", "a/new.generated.go": "new", "a/kept.go": "changed"})
	if err := w.swap([]string{"a/*.generated.go"}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a/kept.go": "package a", "a/old.generated.go": "", "a/x.generated.go": "after", "a/new.generated.go": "new", "a/x.generated.go.new": ""} {
		if got := read(t, filepath.Join(w.module, name)); got != want {
			t.Errorf("%s is %q after the swap, want %q", name, got, want)
		}
	}
}

// TestFailedGenerationChangesNothing generates in a module where gqlgen cannot run.
func TestFailedGenerationChangesNothing(t *testing.T) {
	module := t.TempDir()
	const name = executorFolder + "/schema.generated.go"
	write(t, module, map[string]string{"go.mod": "module m\n", name: "before"})
	if err := generate(module); err == nil {
		t.Error("generated code without gqlgen")
	}
	if got := read(t, filepath.Join(module, name)); got != "before" {
		t.Errorf("%s is %q after a failure", name, got)
	}
}
