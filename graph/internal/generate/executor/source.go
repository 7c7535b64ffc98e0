package executor

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
)

// source is a generated file and the replacements to make in it. The tree is
// only read: replacing ranges of the text keeps comments where they are.
type source struct {
	path         string
	text         []byte
	files        *token.FileSet
	tree         *ast.File
	replacements []replacement
	rewritten    bool // the text is not that of the file
}

// replacement is new text for a range of the old.
type replacement struct {
	from, to int
	with     string
}

// load parses the generated files of a folder.
func load(folder string) ([]*source, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.generated.go"))
	if err != nil {
		return nil, err
	}
	var sources []*source
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		s, err := parse(path, text)
		if err != nil {
			return nil, err
		}
		sources = append(sources, s)
	}
	return sources, nil
}

func parse(path string, text []byte) (*source, error) {
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, path, text, parser.ParseComments|parser.SkipObjectResolution)
	return &source{path: path, text: text, files: files, tree: tree}, err
}

// executes reports whether the file executes fields. The other files keep the
// schema and the models.
func (s *source) executes() bool {
	name := filepath.Base(s.path)
	return name != "root_.generated.go" && name != "models.generated.go"
}

// of returns the text of a node.
func (s *source) of(n ast.Node) string {
	return string(s.text[s.offset(n.Pos()):s.offset(n.End())])
}

func (s *source) offset(pos token.Pos) int { return s.files.Position(pos).Offset }

// replace sets new text for the range between two positions.
func (s *source) replace(from, to token.Pos, with string) {
	s.replacements = append(s.replacements, replacement{s.offset(from), s.offset(to), with})
}

// remove takes a node out, with the line break before it.
func (s *source) remove(n ast.Node) {
	before := bytes.TrimRight(s.text[:s.offset(n.Pos())], " \t")
	from := len(bytes.TrimSuffix(before, []byte("\n")))
	s.replacements = append(s.replacements, replacement{from, s.offset(n.End()), ""})
}

// errorf returns an error that begins with the position of a node.
func (s *source) errorf(n ast.Node, pattern string, args ...any) error {
	position := s.files.Position(n.Pos())
	return fmt.Errorf("%s:%d: %s", filepath.Base(s.path), position.Line, fmt.Sprintf(pattern, args...))
}

// edited returns the text with all replacements made.
func (s *source) edited() []byte {
	slices.SortFunc(s.replacements, func(a, b replacement) int { return cmp.Compare(a.from, b.from) })
	var text bytes.Buffer
	last := 0
	for _, r := range s.replacements {
		text.Write(s.text[last:r.from])
		text.WriteString(r.with)
		last = r.to
	}
	text.Write(s.text[last:])
	return text.Bytes()
}

// save writes the file if its text has changed.
func (s *source) save() error {
	if len(s.replacements) == 0 && !s.rewritten {
		return nil
	}
	text, err := format.Source(s.edited())
	if err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	return os.WriteFile(s.path, text, 0o644)
}

// called returns what a call is made on, and the name of the function: "out" and
// "Dispatch" for out.Dispatch(ctx).
func (s *source) called(call *ast.CallExpr) (receiver, name string) {
	switch fun := call.Fun.(type) {
	case *ast.SelectorExpr:
		return s.of(fun.X), fun.Sel.Name
	case *ast.Ident:
		return "", fun.Name
	}
	return "", ""
}
