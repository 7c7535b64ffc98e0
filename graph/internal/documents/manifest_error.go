package documents

import (
	"fmt"
	"strings"
)

// MaxProblems is how many problems a ManifestError lists; further ones are counted.
const MaxProblems = 20

// Problem describes an error in a manifest or in one of its documents.
type Problem struct {
	File    string
	Line    int    // from 1
	Message string // one line
}

// String returns the problem in the format of compilers, file:line: message.
func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message) }

// ManifestError lists the problems of invalid manifests, as far as they could be read.
type ManifestError struct {
	Problems []Problem // at most MaxProblems
	More     int       // the number of further problems
}

// Error returns the problems, one a line.
func (e *ManifestError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	if e.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", e.More))
	}
	return strings.Join(lines, "\n")
}

// Add appends problems, up to MaxProblems, and counts the others in More.
func (e *ManifestError) Add(problems ...Problem) {
	for _, p := range problems {
		if len(e.Problems) == MaxProblems {
			e.More++
			continue
		}
		p.Message = strings.Join(strings.Fields(p.Message), " ")
		e.Problems = append(e.Problems, p)
	}
}

// orNil returns nil if there is no problem.
func (e *ManifestError) orNil() error {
	if len(e.Problems) == 0 {
		return nil
	}
	return e
}
