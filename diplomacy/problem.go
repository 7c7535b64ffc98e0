package diplomacy

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on what a record may hold; a text is measured in bytes of UTF-8.
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

// Problem is one thing that is wrong with one field of a record.
type Problem struct {
	Field  string // as in files, with the position in a list: names[2].value
	Reason string // why it is refused, and what would do
}

// Problems is all that is wrong with a record; the error of Validate.
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

// text checks a string's length, encoding and characters. Only a text of many
// lines may hold line breaks and tabs.
func (p *Problems) text(field, value string, most int, lines bool) {
	switch {
	case len(value) > most:
		p.add(field, "has %d bytes; at most %d are kept", len(value), most)
	case !utf8.ValidString(value):
		p.add(field, "%s is not valid UTF-8", Shorten(value))
	case strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && !(lines && (r == '\n' || r == '\r' || r == '\t')) }):
		p.add(field, "%s holds a control character", Shorten(value))
	}
}

// term checks that a value is of its list; required forbids the empty one.
func (p *Problems) term(field string, value Term, list Terms, required bool) {
	switch {
	case value == "" && required:
		p.add(field, "is missing; one of %s", list)
	case value != "" && !list.Has(value):
		p.add(field, "%s is none of %s", Shorten(string(value)), list)
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

// Shorten quotes a text for an error message: at most 40 characters of it, with
// what cannot be printed escaped.
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
