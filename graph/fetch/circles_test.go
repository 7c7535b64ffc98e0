package fetch

import (
	"encoding/json"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFilesFormNoLargeCircle keeps the engine apart from the steps: a file of a step
// refers to the engine, which knows steps by their interface only.
func TestFilesFormNoLargeCircle(t *testing.T) {
	const most = 4
	references := fileReferences(t)
	if len(references["walk.go"]) == 0 {
		t.Fatal("walk.go refers to no other file; the test sees no references")
	}
	for _, circle := range circles(references) {
		t.Logf("a circle of files: %v", circle)
		if len(circle) > most {
			t.Errorf("%d files refer to each other, want at most %d: %v", len(circle), most, circle)
		}
	}
}

// fileReferences returns for each file of the package the files that declare what it
// uses, methods included. Calls through an interface refer to the interface.
func fileReferences(t *testing.T) map[string]map[string]bool {
	t.Helper()
	files := token.NewFileSet()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var trees []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		trees = append(trees, tree)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.ForCompiler(files, "gc", exportData(t))}
	pkg, err := config.Check("chancery/graph/fetch", files, trees, info)
	if err != nil {
		t.Fatal(err)
	}
	references := map[string]map[string]bool{}
	for name, object := range info.Uses {
		if object.Pkg() != pkg {
			continue
		}
		from, to := files.Position(name.Pos()).Filename, files.Position(object.Pos()).Filename
		if references[from] == nil {
			references[from] = map[string]bool{}
		}
		references[from][to] = true
	}
	return references
}

// exportData returns a function that opens the compiled types of imported packages.
func exportData(t *testing.T) importer.Lookup {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=ImportPath,Export", ".")
	list.Stderr = t.Output()
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var listed struct{ ImportPath, Export string }
		if err := decoder.Decode(&listed); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		exports[listed.ImportPath] = listed.Export
	}
	return func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
}

// circles returns the sets of files that reach each other.
func circles(references map[string]map[string]bool) [][]string {
	reach := map[string]map[string]bool{}
	for from := range references {
		reach[from] = map[string]bool{}
		visit(references, from, reach[from])
	}
	var found [][]string
	for from := range reach {
		circle := []string{from}
		for to := range reach[from] {
			if to != from && reach[to][from] {
				circle = append(circle, to)
			}
		}
		slices.Sort(circle)
		if len(circle) > 1 && circle[0] == from {
			found = append(found, circle)
		}
	}
	return found
}

func visit(references map[string]map[string]bool, from string, seen map[string]bool) {
	for to := range references[from] {
		if !seen[to] {
			seen[to] = true
			visit(references, to, seen)
		}
	}
}
