package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"chancery/diplomacy"
)

// MostFaults is the maximum number of faults that an import reports.
const MostFaults = 100

// Fault is one reason why an import was rejected.
type Fault struct {
	File  string
	Line  int    // from 1
	Field string // as in the file: names[2].value; empty for the whole line
	// Reason says what is wrong and what would be valid.
	Reason string
}

// String returns "file:line: field: reason".
func (f Fault) String() string {
	if f.Field == "" {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Reason)
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Field, f.Reason)
}

// Refused is the error of an import that was rejected and changed nothing.
type Refused struct {
	// Faults are sorted by file name and line; there are at most MostFaults.
	Faults []Fault
	// More is the number of further faults.
	More int
}

// Error lists the faults, one a line.
func (r *Refused) Error() string {
	lines := make([]string, len(r.Faults))
	for i, f := range r.Faults {
		lines[i] = f.String()
	}
	if r.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", r.More))
	}
	return strings.Join(lines, "\n")
}

// add records a fault at a line.
func (r *Refused) add(l *line, field, format string, args ...any) {
	if len(r.Faults) == MostFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, Fault{l.file, l.number, l.within + field, fmt.Sprintf(format, args...)})
}

// addAll records the problems of a line's record.
func (r *Refused) addAll(l *line, problems diplomacy.Problems) {
	for _, p := range problems {
		r.add(l, p.Field, "%s", p.Reason)
	}
}

// orNil returns the error, with its faults sorted, or nil if there are none.
func (r *Refused) orNil() error {
	if len(r.Faults) == 0 {
		return nil
	}
	slices.SortStableFunc(r.Faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return r
}
