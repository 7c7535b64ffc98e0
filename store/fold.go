package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldName makes names comparable by how they read. Names that differ in these points
// only fold to the same text:
//
//   - case, Turkish dotted and dotless i (İ, ı), and spaces;
//   - composed or decomposed form, width, ligatures (Unicode NFKD);
//   - format characters and others without width: joiners, direction marks, soft hyphens;
//   - accents of Latin and Greek, stress of Cyrillic, vowel points of Hebrew and Arabic;
//   - letters of Latin that have a stroke or are a ligature, and what replaces them where
//     they cannot be written: ł and l, ø and o, æ and ae, ß and ss, ə and a;
//   - Cyrillic ё and е, since ё is usually printed as е; alef with and without hamza; the
//     Persian and Arabic forms of kaf and yeh;
//   - forms of apostrophe and hyphen.
//
// Marks that make another letter count: й is not и, ї not і, パ not ハ, and the vowel signs
// of Devanagari or Thai are letters. A second folding changes nothing. Keys of the engine
// hold folded names, so a change of the result is a change of its format.
func FoldName(name string) string {
	if isASCII(name) {
		return joinWords(strings.ToLower(name))
	}
	decomposed := norm.NFKD.String(strings.Map(visible, name))
	return joinWords(norm.NFC.String(foldDecomposed(decomposed)))
}

// isASCII reports whether a name folds by lower case alone, as most do.
func isASCII(name string) bool {
	for i := range len(name) {
		if c := name[i]; c < ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

func joinWords(name string) string { return strings.Join(strings.Fields(name), " ") }

// visible replaces runes before normalization: it drops those without width (Unicode's
// Default_Ignorable_Code_Point and format characters) and controls, and makes the voicing
// marks of kana that stand for themselves combine.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case r == brailleBlank:
		return ' '
	case r == voicing, r == semivoicing:
		return r - 2
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return -1
	}
	return r
}

const (
	brailleBlank = '\u2800'
	// The combining ones, U+3099 and U+309A, precede these by two.
	voicing, semivoicing = '\u309b', '\u309c'
)
