package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldDecomposed folds letters, and drops the combining marks that do not make another
// letter of the one before, and the tatweel, which lengthens an Arabic letter.
func foldDecomposed(name string) string {
	var folded strings.Builder
	folded.Grow(len(name))
	base, marked := rune(0), false
	for _, r := range name {
		switch {
		case unicode.Is(unicode.M, r):
			if !makesLetter(base, r, marked) {
				continue
			}
			marked = true
		case r == tatweel && unicode.Is(unicode.Arabic, base):
			continue
		default:
			base, marked = r, false
		}
		foldLetter(&folded, r)
	}
	return folded.String()
}

// makesLetter reports whether a mark after a base makes another letter of it. Marked is
// whether an earlier mark did.
func makesLetter(base, mark rune, marked bool) bool {
	switch {
	case mark == combiningVoicing || mark == combiningSemivoicing:
		return unicode.In(base, unicode.Hiragana, unicode.Katakana)
	case unicode.In(mark, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew):
		return false
	case unicode.Is(unicode.Cyrillic, base):
		return !marked && makesCyrillic(base, mark)
	case unicode.Is(unicode.Arabic, mark), unicode.Is(unicode.Arabic, base):
		return base != alef && base != alefWasla && (mark == hamzaAbove || mark == hamzaBelow)
	case !unicode.Is(unicode.Inherited, mark):
		return true // of a script whose vowels are marks
	}
	return !unicode.In(base, markless...) && base != 0 && unicode.IsLetter(base)
}

const (
	combiningVoicing, combiningSemivoicing = '\u3099', '\u309a'
	alef, alefWasla, tatweel               = '\u0627', '\u0671', '\u0640'
	hamzaAbove, hamzaBelow                 = '\u0654', '\u0655'
	combiningGrave, combiningDiaeresis     = '\u0300', '\u0308'
)

// markless are the scripts of which general marks, as the acute, make no other letters.
var markless = []*unicode.RangeTable{
	unicode.Latin, unicode.Greek, unicode.Hebrew, unicode.Armenian, unicode.Georgian, unicode.Common,
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
}

// makesCyrillic reports whether a mark makes a letter of an alphabet: one that has a
// character of its own, except for the stress of ѐ and ѝ, and for ё.
func makesCyrillic(base, mark rune) bool {
	if mark == combiningGrave || mark == combiningDiaeresis && (base == 'е' || base == 'Е') {
		return false
	}
	composed := norm.NFC.AppendString(nil, string([]rune{base, mark}))
	return len(composed) == 2
}
