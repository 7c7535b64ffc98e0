package store

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"chancery/diplomacy"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// FoldName makes names comparable by how they read: compatibility-decomposed
// (Unicode NFKD), without combining marks, case-folded, with single spaces. So
// "MƏMMƏDYAROV", "Məmmədyarov" and any of its normal forms are the same, and
// "Çavuşoğlu" is found by "cavusoglu".
func FoldName(name string) string {
	if isASCII(name) {
		return strings.Join(strings.Fields(strings.ToLower(name)), " ")
	}
	fold := folders.Get().(transform.Transformer)
	defer folders.Put(fold)
	folded, _, err := transform.String(fold, name)
	if err != nil {
		folded = strings.ToLower(name)
	}
	return strings.Join(strings.Fields(folded), " ")
}

// folders are kept, for a chain of transformers is costly to make.
var folders = sync.Pool{New: func() any {
	return transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), cases.Fold(), norm.NFC)
}}

// isASCII reports whether a name folds by lower case alone, as most do.
func isASCII(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf })
}

// Passes holds the names of an entity against the test.
func (t NameTest) Passes(names []diplomacy.Name) bool {
	if t == (NameTest{}) {
		return true
	}
	for i := range names {
		if t.passes(FoldName(names[i].Value)) {
			return true
		}
	}
	return false
}

func (t NameTest) passes(folded string) bool {
	return (t.Equals == "" || folded == FoldName(t.Equals)) &&
		strings.Contains(folded, FoldName(t.Contains)) &&
		strings.HasPrefix(folded, FoldName(t.StartsWith))
}
