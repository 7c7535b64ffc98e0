package architecture

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
)

// Limits on hand-written code, in lines without blank lines and comments. Tests
// count for functions only: a table of cases may be long.
const (
	medianFile      = 70
	ninetiethFile   = 135 // nine of ten files are no longer
	longestFunction = 60
	packageFiles    = 40
	packageLines    = 2500
)

func TestFilesAreShort(t *testing.T) {
	var sizes []int
	for _, file := range sources(t) {
		if !file.test {
			sizes = append(sizes, len(file.lines))
		}
	}
	slices.Sort(sizes)
	if got := sizes[len(sizes)/2]; got > medianFile {
		t.Errorf("the median file has %d lines of code, want at most %d", got, medianFile)
	}
	if got := sizes[len(sizes)*9/10]; got > ninetiethFile {
		t.Errorf("a tenth of the files has %d lines of code or more, want at most %d", got, ninetiethFile)
	}
}

func TestFunctionsAreShort(t *testing.T) {
	for _, file := range sources(t) {
		for _, decl := range file.syntax.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if lines := file.between(function.Pos(), function.End()); lines > longestFunction {
				t.Errorf("%s: %s has %d lines of code, want at most %d", file.name, function.Name.Name, lines, longestFunction)
			}
		}
	}
}

func TestPackagesAreSplitBySubject(t *testing.T) {
	files, lines := map[string]int{}, map[string]int{}
	for _, file := range sources(t) {
		if folder := path.Dir(file.name); !file.test {
			files[folder]++
			lines[folder] += len(file.lines)
		}
	}
	for folder := range files {
		if files[folder] > packageFiles || lines[folder] > packageLines {
			t.Errorf("%s has %d files and %d lines of code, want at most %d and %d: split it by subject",
				folder, files[folder], lines[folder], packageFiles, packageLines)
		}
	}
}

// source is a hand-written Go file.
type source struct {
	name   string
	test   bool
	set    *token.FileSet
	syntax *ast.File
	lines  map[int]bool // the numbers of the lines that hold code
}

// between counts the lines of code from one position to another.
func (s source) between(from, to token.Pos) int {
	n := 0
	for line := s.set.Position(from).Line; line <= s.set.Position(to).Line; line++ {
		if s.lines[line] {
			n++
		}
	}
	return n
}

// sources parses all hand-written Go files.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, name := range files(t, "*.go") {
		text := read(t, name)
		if len(text) == 0 || generated.Match(text) {
			continue
		}
		set := token.NewFileSet()
		syntax, err := parser.ParseFile(set, name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, source{name, strings.HasSuffix(name, "_test.go"), set, syntax, codeLines(text)})
	}
	return all
}

// codeLines returns the numbers of the lines that hold a token.
func codeLines(text []byte) map[int]bool {
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(text))
	var tokens scanner.Scanner
	tokens.Init(file, text, nil, 0)
	lines := map[int]bool{}
	for {
		pos, tok, literal := tokens.Scan()
		if tok == token.EOF {
			return lines
		}
		if tok == token.SEMICOLON && literal == "\n" {
			continue // the scanner's own, at the end of a line
		}
		first := set.Position(pos).Line
		for i := range strings.Count(literal, "\n") + 1 {
			lines[first+i] = true
		}
	}
}
