package diplomacy

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a record's fields; lengths of texts are in bytes of UTF-8.
const (
	MaxName        = 1_000
	MaxText        = 20_000
	MaxSnapshot    = 4 << 20
	MaxSlug        = 120
	MaxIdentifier  = 500
	MaxNames       = 500
	MaxIdentifiers = 100
	MaxReasons     = 20
)

// Problem says why one field of a record is invalid.
type Problem struct {
	Field  string // as in files, with the position in a list: names[2].value
	Reason string // why it is invalid, and which values are valid
}

// Problems lists everything that is wrong with a record; it is the error of
// Validate.
type Problems []Problem

// Error lists the problems, each as "field: reason".
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Field + ": " + problem.Reason
	}
	return strings.Join(lines, "; ")
}

// orNil keeps an empty list from becoming an error.
func (p Problems) orNil() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

func (p *Problems) add(field, format string, args ...any) {
	*p = append(*p, Problem{field, fmt.Sprintf(format, args...)})
}

// text checks a string's length, encoding and characters. Only a text of several
// lines may contain line breaks and tabs.
func (p *Problems) text(field, value string, most int, lines bool) {
	switch {
	case len(value) > most:
		p.add(field, "has %d bytes; at most %d are allowed", len(value), most)
	case !utf8.ValidString(value):
		p.add(field, "%s is not valid UTF-8", Shorten(value))
	case strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && !(lines && (r == '\n' || r == '\r' || r == '\t')) }):
		p.add(field, "%s contains a control character", Shorten(value))
	}
}

// term checks that a value is in its list; required forbids the empty one.
func (p *Problems) term(field string, value Term, list Terms, required bool) {
	switch {
	case value == "" && required:
		p.add(field, "is missing; one of %s", list)
	case value != "" && !list.Has(value):
		p.add(field, "%s is not one of %s", Shorten(string(value)), list)
	}
}

// String lists the terms with commas.
func (l Terms) String() string {
	words := make([]string, len(l))
	for i, t := range l {
		words[i] = string(t)
	}
	return strings.Join(words, ", ")
}

// Shorten quotes at most 40 characters of a text for an error message, with
// unprintable characters escaped.
func Shorten(text string) string {
	const most = 40
	runes := 0
	for i := range text {
		if runes == most {
			return fmt.Sprintf("%q…", text[:i])
		}
		runes++
	}
	return fmt.Sprintf("%q", text)
}
