package graphtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// ReadFile returns a file of the repository by its path from the root.
func ReadFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Path returns the path of a file of the repository by its path from the root.
func Path(t testing.TB, name string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return filepath.Join(root, name)
		}
		if root == filepath.Dir(root) {
			t.Fatal("the test does not run inside the repository")
		}
		root = filepath.Dir(root)
	}
}

// LoadSchema returns the schema including the directives and types of federation.
func LoadSchema(t testing.TB) *ast.Schema {
	t.Helper()
	var sources []*ast.Source
	for _, file := range []string{"schema.graphqls", "federation.graphqls", "graph/router.graphqls"} {
		sources = append(sources, &ast.Source{Name: file, Input: ReadFile(t, file)})
	}
	return gqlparser.MustLoadSchema(sources...)
}

// IsPaged reports whether a field is a connection.
func IsPaged(f *ast.FieldDefinition) bool { return strings.HasSuffix(f.Type.Name(), "Connection") }

// NodeType returns the type that a field leads to, through a connection or directly.
func NodeType(schema *ast.Schema, field *ast.FieldDefinition) string {
	if !IsPaged(field) {
		return field.Type.Name()
	}
	return schema.Types[field.Type.Name()].Fields.ForName("nodes").Type.Name()
}
