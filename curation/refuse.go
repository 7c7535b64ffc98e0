package curation

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// refuse is the error of a request with one problem.
func refuse(code Code, message string, path ...string) error {
	return &Refused{[]Problem{{path, code, message}}}
}

// steps spells a field as a path: names[2].value is names, 2, value.
func pathOf(field string) []string {
	return strings.Split(strings.ReplaceAll(strings.ReplaceAll(field, "[", "."), "]", ""), ".")
}

// within reports whether one path begins with the other: they speak of the same.
func within(a, b []string) bool {
	n := min(len(a), len(b))
	return slices.Equal(a[:n], b[:n])
}

// nearest is what somebody who wrote a word may have meant; empty for no idea.
func nearest(word string, known []string) string {
	const longest = 40 // what is longer is no slip of the hand, but costs time
	best, distance := "", min(3, len(word)/2)+1
	if len(word) > longest {
		return ""
	}
	for _, k := range known {
		if n := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); n < distance {
			best, distance = k, n
		}
	}
	return best
}
