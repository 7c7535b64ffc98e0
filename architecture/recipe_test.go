package architecture

import (
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var long = flag.Bool("long", false, "also follow the recipes of CONTRIBUTING.md, which takes minutes")

// TestRecipesWork follows the recipes of CONTRIBUTING.md: it makes the changes of
// each in a copy of the repository and runs the recipe's commands there.
//
// A recipe is a txtar file. Lines of its comment that begin with "$ " are commands;
// each file is one that the recipe adds or, in parts, changes. A part begins with
// a line "## before TEXT" or "## after TEXT", and goes beside the only line that
// contains TEXT.
func TestRecipesWork(t *testing.T) {
	if !*long {
		t.Skip("takes minutes; runs with -long")
	}
	names, err := filepath.Glob("architecture/testdata/recipes/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no recipes: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { follow(t, name) })
	}
}

func follow(t *testing.T, recipe string) {
	archive := txtar.Parse(read(t, recipe))
	folder := copyOfRepository(t)
	for _, file := range archive.Files {
		apply(t, filepath.Join(folder, file.Name), string(file.Data))
	}
	for line := range strings.Lines(string(archive.Comment)) {
		command, is := strings.CutPrefix(strings.TrimSpace(line), "$ ")
		if !is {
			continue
		}
		shell := exec.CommandContext(t.Context(), "sh", "-ec", command)
		shell.Dir, shell.Env = folder, append(os.Environ(), "GOFLAGS=-trimpath")
		if out, err := shell.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
}

// copyOfRepository copies the project's files to a folder of the test.
func copyOfRepository(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range files(t) {
		text, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			continue // deleted, but still in git's index
		}
		if err == nil {
			err = write(filepath.Join(folder, name), text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// apply adds a file, or inserts the parts of change into one that exists.
func apply(t *testing.T, name, change string) {
	t.Helper()
	text, err := os.ReadFile(name)
	switch {
	case os.IsNotExist(err):
		text = []byte(change)
	case err == nil:
		text = []byte(insert(t, name, string(text), change))
	}
	if err == nil || os.IsNotExist(err) {
		err = write(name, text)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func insert(t *testing.T, name, text, change string) string {
	t.Helper()
	for _, part := range strings.Split("\n"+change, "\n## ")[1:] {
		head, lines, _ := strings.Cut(part, "\n")
		side, anchor, _ := strings.Cut(head, " ")
		if n := strings.Count(text, anchor); n != 1 || (side != "before" && side != "after") {
			t.Fatalf("%s: %q names %d places, want \"before\" or \"after\" one", name, head, n)
		}
		at := strings.Index(text, anchor)
		at = strings.LastIndex(text[:at], "\n") + 1
		if side == "after" {
			at += strings.Index(text[at:], "\n") + 1
		}
		text = text[:at] + strings.TrimSuffix(lines, "\n") + "\n" + text[at:]
	}
	return text
}

func write(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if strings.HasPrefix(string(text), "#!") {
		mode = 0o755
	}
	return os.WriteFile(name, text, mode)
}
