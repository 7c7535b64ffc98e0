package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// arrows says which packages of ours a package may import. A new package gets
// its line here and in ARCHITECTURE.md.
var arrows = map[string][]string{
	"chancery":                 {"graph", "exchange", "sample", "web", "access", "telemetry", "store/bolt", "store", "diplomacy"},
	"chancery/access":          {"store", "diplomacy"},
	"chancery/graph":           {"graph/internal/", "graph/model", "graph/mutation", "feed", "access", "telemetry", "store", "diplomacy"},
	"chancery/graph/model":     {"curation", "feed", "store", "diplomacy"},
	"chancery/graph/mutation":  {"graph/model", "curation", "store", "diplomacy"},
	"chancery/graph/internal/": {"graph/internal/", "graph/model", "graph/mutation", "curation", "access", "store", "diplomacy"},
	"chancery/telemetry":       {"access", "store", "diplomacy"},
	"chancery/feed":            {"store", "diplomacy"},
	"chancery/exchange":        {"store", "diplomacy"},
	"chancery/curation":        {"store", "diplomacy"},
	"chancery/sample":          {"exchange", "store", "diplomacy"},
	"chancery/web":             {},
	"chancery/examples":        {}, // clients, which know the API alone
	"chancery/store":           {"diplomacy"},
	"chancery/store/bolt":      {"store", "diplomacy"},
	"chancery/store/storetest": {"store", "diplomacy"}, // itself only for tests
	"chancery/diplomacy":       {},
}

// unit is a package as `go list` tells of it.
type unit struct {
	ImportPath, Doc string
	Imports         []string
}

func TestArrowsPointToTheCentre(t *testing.T) {
	for _, u := range units(t) {
		allowed, known := arrows[family(u.ImportPath)]
		if !known {
			t.Errorf("%s is in no arrow; draw it here and in ARCHITECTURE.md", u.ImportPath)
		}
		for _, other := range u.Imports {
			if ours(other) && !slices.Contains(allowed, strings.TrimPrefix(family(other), "chancery/")) {
				t.Errorf("%s must not import %s", u.ImportPath, other)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for _, u := range units(t) {
		if u.Doc == "" {
			t.Errorf("%s has no package comment", u.ImportPath)
		}
	}
}

func TestEveryDependencyHasItsReason(t *testing.T) {
	reasons, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range dependencies(t) {
		if !bytes.Contains(reasons, []byte(path)) {
			t.Errorf("ARCHITECTURE.md does not say why %s is needed", path)
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	const most = 350
	for _, name := range files(t, "*.go") {
		text := read(t, name)
		if strings.HasSuffix(name, "_test.go") || generated.Match(text) {
			continue
		}
		if lines := bytes.Count(text, []byte("\n")); lines > most {
			t.Errorf("%s has %d lines; split it by what its parts are about (at most %d)", name, lines, most)
		}
	}
}

// generated is the mark of generated files; see `go help generate`.
var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

func TestNoFileNamesAMachine(t *testing.T) {
	machine := regexp.MustCompile(`/(?:home|root|Users|work)/[\w.-]+`)
	for _, name := range files(t) {
		if found := machine.Find(read(t, name)); found != nil {
			t.Errorf("%s mentions %s, which is not everywhere", name, found)
		}
	}
}

func ours(path string) bool { return path == "chancery" || strings.HasPrefix(path, "chancery/") }

// family is the line of arrows that a package falls under.
func family(path string) string {
	const internal = "chancery/graph/internal/"
	if strings.HasPrefix(path, internal) {
		return internal
	}
	return path
}

// units lists our packages, without their tests: these may import what they
// like, storetest above all.
func units(t *testing.T) []unit {
	t.Helper()
	var all []unit
	decoder := json.NewDecoder(bytes.NewReader(output(t, "go", "list", "-json=ImportPath,Doc,Imports", "./...")))
	for {
		var u unit
		switch err := decoder.Decode(&u); {
		case errors.Is(err, io.EOF):
			return all
		case err != nil:
			t.Fatal(err)
		}
		all = append(all, u)
	}
}

// dependencies are the modules that go.mod requires for our own sake.
func dependencies(t *testing.T) []string {
	t.Helper()
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(output(t, "go", "mod", "edit", "-json"), &mod); err != nil {
		t.Fatal(err)
	}
	var direct []string
	for _, module := range mod.Require {
		if !module.Indirect {
			direct = append(direct, module.Path)
		}
	}
	return direct
}

// files are those that are committed or would be, of the patterns.
func files(t *testing.T, patterns ...string) []string {
	t.Helper()
	if exec.Command("git", "rev-parse").Run() != nil {
		t.Skip("this is no git checkout, so it is not known which files are the project's")
	}
	list := output(t, "git", append([]string{"ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--"}, patterns...)...)
	return strings.FieldsFunc(string(list), func(r rune) bool { return r == 0 })
}

// read gives nothing for a file that is deleted but still in git's index.
func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return text
}

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
