package documents

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// lineEndings writes all line endings of a document as line feeds, which changes nothing
// of its meaning. The parser counts both characters of CR LF where it counts columns.
var lineEndings = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func withLineFeeds(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return lineEndings.Replace(text)
}

// checkEscapes rejects escapes of surrogates that are not pairs, as the specification
// requires (section 2.9.4). The parser replaces each by U+FFFD.
func checkEscapes(text string) *gqlerror.Error {
	if !strings.Contains(text, `\u`) {
		return nil
	}
	at := loneSurrogate(text)
	if at < 0 {
		return nil
	}
	before := text[:at]
	line := strings.Count(before, "\n") + 1
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return &gqlerror.Error{
		Message:    fmt.Sprintf("Invalid Unicode escape sequence: %q.", text[at:min(at+len(`\uD800`), len(text))]),
		Locations:  []gqlerror.Location{{Line: line, Column: column}},
		Extensions: map[string]any{"code": errcode.ParseFailed},
	}
}

// loneSurrogate returns the position of the first escape of a surrogate in a string that
// is not one of a pair; -1 if there is none.
func loneSurrogate(text string) int {
	for i := 0; i < len(text); i++ {
		switch rest := text[i:]; {
		case text[i] == '#':
			i += endOf(rest, "\n")
		case strings.HasPrefix(rest, `"""`):
			i += len(`"""`) - 1 + endOfBlock(rest[len(`"""`):])
		case text[i] == '"':
			length, at := scanString(rest)
			if at >= 0 {
				return i + at
			}
			i += length - 1
		}
	}
	return -1
}

// endOf returns the length of a text through the first occurrence of end, or of all of it.
func endOf(text, end string) int {
	if at := strings.Index(text, end); at >= 0 {
		return at + len(end)
	}
	return len(text)
}

// endOfBlock returns the length of the rest of a block string with its quotes.
func endOfBlock(text string) int {
	const quotes, escaped = `"""`, `\"""`
	length := 0
	for {
		n := endOf(text[length:], quotes)
		length += n
		if n < len(escaped) || !strings.HasSuffix(text[:length], escaped) || length == len(text) {
			return length
		}
	}
}

// scanString returns the length of a string literal, and where the first lone surrogate
// is in it; -1 for none.
func scanString(text string) (length, lone int) {
	for i := 1; i < len(text); {
		switch {
		case text[i] == '"' || text[i] == '\n':
			return i + 1, -1
		case text[i] != '\\':
			i++
		default:
			code, n := escape(text[i:])
			if utf16.IsSurrogate(code) {
				next, more := escape(text[i+n:])
				if n == len(`\u{D800}`) || utf16.DecodeRune(code, next) == utf8.RuneError {
					return 0, i
				}
				n += more
			}
			i += n
		}
	}
	return len(text), -1
}

// escape reads an escape sequence: its code point, if it is given as a number, and its
// length.
func escape(text string) (code rune, length int) {
	digits, length := "", 2
	switch {
	case strings.HasPrefix(text, `\u{`):
		length = endOf(text, "}")
		digits = strings.TrimSuffix(text[len(`\u{`):length], "}")
	case strings.HasPrefix(text, `\u`) && len(text) >= len(`\uD800`):
		length = len(`\uD800`)
		digits = text[len(`\u`):length]
	}
	value, err := strconv.ParseInt(digits, 16, 32)
	if err != nil {
		return 0, min(length, len(text))
	}
	return rune(value), length
}
