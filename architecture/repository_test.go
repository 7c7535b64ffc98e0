package architecture

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestMain runs all tests in the root of the repository.
func TestMain(m *testing.M) {
	if err := os.Chdir(".."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// generated matches the mark of generated files; see `go help generate`.
var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// unit is a package as `go list` describes it.
type unit struct {
	ImportPath, Doc string
	Imports         []string
}

// folder returns the package's folder below the root, which itself is "".
func (u unit) folder() string {
	folder, _ := within(u.ImportPath)
	return folder
}

// within returns the folder of a package of this module, and false for others.
func within(importPath string) (folder string, ours bool) {
	const module = "chancery"
	if importPath == module {
		return "", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

// units lists the packages of the module without their tests, which may import
// what they like.
func units(t *testing.T) []unit {
	t.Helper()
	var all []unit
	decoder := json.NewDecoder(bytes.NewReader(output(t, "go", "list", "-json=ImportPath,Doc,Imports", "./...")))
	for decoder.More() {
		var u unit
		if err := decoder.Decode(&u); err != nil {
			t.Fatal(err)
		}
		all = append(all, u)
	}
	return all
}

// files lists the files that are committed, or not ignored, by patterns of git.
func files(t *testing.T, patterns ...string) []string {
	t.Helper()
	if exec.Command("git", "rev-parse").Run() != nil {
		t.Skip("not in a git checkout, so it is unknown which files belong to the project")
	}
	list := output(t, "git", append([]string{"ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--"}, patterns...)...)
	return strings.FieldsFunc(string(list), func(r rune) bool { return r == 0 })
}

// read returns a file's content; nothing of one that is deleted but still in git's
// index.
func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return text
}

// output runs a program and returns what it prints; its failure is the test's.
func output(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Stderr = t.Output()
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return out
}
