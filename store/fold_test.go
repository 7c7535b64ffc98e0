package store_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode"

	"chancery/store"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
	"pgregory.net/rapid"
)

// foldRows reads the rows of a part of testdata/fold.txtar.
func foldRows(t *testing.T, part string) (rows [][]string) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/fold.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if f.Name != part {
			continue
		}
		for line := range strings.Lines(string(f.Data)) {
			if line = strings.TrimSpace(line); line != "" {
				rows = append(rows, strings.Split(line, " | "))
			}
		}
	}
	if len(rows) == 0 {
		t.Fatalf("there is no part %q", part)
	}
	return rows
}

func unescape(t *testing.T, text string) string {
	t.Helper()
	name, err := strconv.Unquote(`"` + strings.Trim(text, `"`) + `"`)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return name
}

func TestSpellingsOfOneNameFoldAlike(t *testing.T) {
	for _, row := range foldRows(t, "same") {
		want := store.FoldName(unescape(t, row[0]))
		for _, name := range row[1:] {
			if got := store.FoldName(unescape(t, name)); got != want {
				t.Errorf("%s folds to %q, %s to %q", row[0], want, name, got)
			}
		}
	}
}

func TestDifferentNamesFoldApart(t *testing.T) {
	for _, row := range foldRows(t, "different") {
		seen := map[string]string{}
		for _, name := range row {
			folded := store.FoldName(unescape(t, name))
			if other, found := seen[folded]; found {
				t.Errorf("%s and %s both fold to %q", other, name, folded)
			}
			seen[folded] = name
		}
	}
}

func TestFoldedForms(t *testing.T) {
	for _, row := range foldRows(t, "folds") {
		name, want := unescape(t, row[0]), unescape(t, row[1])
		if got := store.FoldName(name); got != want {
			t.Errorf("%+q folds to %q, want %q", name, got, want)
		}
	}
}

// letters draws texts of letters and marks that have width.
func letters() *rapid.Generator[string] {
	tables := []*unicode.RangeTable{
		unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Devanagari, unicode.Thai,
		unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Cherokee, unicode.Georgian, unicode.Mn, unicode.Cf, unicode.Lm, unicode.L,
	}
	return rapid.StringOf(rapid.OneOf(rapid.RuneFrom(nil, tables...), rapid.RuneFrom([]rune("aiIİıßиеךا゛ "))))
}

// TestFoldingIgnoresForms: normal forms, width and a second folding change nothing.
func TestFoldingIgnoresForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(letters(), rapid.String()).Draw(t, "name")
		folded := store.FoldName(name)
		for _, same := range []string{
			folded, norm.NFC.String(name), norm.NFD.String(name), width.Narrow.String(name), width.Widen.String(name), " " + name + " ", "\u200f" + name,
		} {
			if got := store.FoldName(same); got != folded {
				t.Fatalf("%+q folds to %+q, %+q to %+q", name, folded, same, got)
			}
		}
	})
}

// TestEveryLetterFoldsToSomething: except for fillers, which have no width, and forms
// that stand for a mark alone.
func TestEveryLetterFoldsToSomething(t *testing.T) {
	for r := range unicode.MaxRune {
		if !unicode.IsLetter(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
			continue
		}
		folded := store.FoldName(string(r))
		if alone, _ := strings.CutPrefix(norm.NFKD.String(string(r)), " "); folded == "" && !unicode.Is(unicode.M, []rune(alone)[0]) {
			t.Errorf("%U folds to nothing", r)
		}
		if again := store.FoldName(folded); again != folded {
			t.Errorf("%U folds to %+q, and that to %+q", r, folded, again)
		}
	}
}

func BenchmarkFoldName(b *testing.B) {
	for _, name := range []string{"Elmar Mammadyarov", "Elmar Məmmədyarov"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				store.FoldName(name)
			}
		})
	}
}
