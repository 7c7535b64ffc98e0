package store

import (
	"strings"
	"unicode"
)

// foldLetter appends a rune of a decomposed text in lower case, or what replaces it. That
// is all that is left of Unicode's case folding after the decomposition.
func foldLetter(to *strings.Builder, r rune) {
	r = unicode.ToLower(unicode.ToUpper(r))
	if instead, found := letters[r]; found {
		to.WriteString(instead)
		return
	}
	to.WriteRune(r)
}

// letters are those that no normalization takes apart, and forms of punctuation: for
// Latin those of living alphabets, replaced as in Lucene's ASCIIFoldingFilter.
var letters = map[rune]string{
	'ß': "ss", 'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ŧ': "t", 'ı': "i", 'ŋ': "n", 'ĸ': "q",
	'ə': "a", 'ǝ': "e", 'ɛ': "e", 'ɔ': "o", 'æ': "ae", 'œ': "oe", 'þ': "th",
	'ɓ': "b", 'ɗ': "d", 'ɖ': "d", 'ƒ': "f", 'ɣ': "g", 'ǥ': "g", 'ɨ': "i", 'ɩ': "i", 'ƙ': "k", 'ɲ': "n", 'ɵ': "o",
	'ʉ': "u", 'ʋ': "v", 'ƴ': "y", 'ƶ': "z",
	'\u06cc': "\u064a", '\u06a9': "\u0643", '\u0671': "\u0627", // Persian yeh and kaf, alef wasla
	'’': "'", '‘': "'", 'ʻ': "'", 'ʼ': "'", 'ʹ': "'", 'ʾ': "'", 'ʿ': "'", '′': "'",
	'‐': "-", '‒': "-", '–': "-", '—': "-", '−': "-",
}
