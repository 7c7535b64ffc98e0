package curation

import (
	"slices"
	"strings"
)

// refuse returns the error of a request with one problem.
func refuse(code Code, message string, path ...string) error {
	return &Refused{[]Problem{{path, code, message}}}
}

// pathOf spells a field as a path: names[2].value is names, 2, value.
func pathOf(field string) []string {
	return strings.Split(strings.ReplaceAll(strings.ReplaceAll(field, "[", "."), "]", ""), ".")
}

// overlap reports whether one path begins with the other: the problems of one are
// problems of the other.
func overlap(a, b []string) bool {
	n := min(len(a), len(b))
	return slices.Equal(a[:n], b[:n])
}

// codeOf returns the code for a reference that names nothing.
func codeOf(ref Ref) Code {
	if _, err := ref.Address(); err != nil {
		return Invalid
	}
	return Unknown
}
