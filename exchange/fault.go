package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"chancery/diplomacy"
)

// MostFaults is how many faults are told of one import.
const MostFaults = 100

// Fault is one reason why an import is refused.
type Fault struct {
	File  string
	Line  int    // from 1
	Field string // as in the file: names[2].value; empty for the whole line
	// Reason says what is wrong and what would do.
	Reason string
}

// String is "file:line: field: reason".
func (f Fault) String() string {
	if f.Field == "" {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Reason)
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Field, f.Reason)
}

// Refused is the error of an import that was refused and changed nothing.
type Refused struct {
	// Faults are in the order of their files' names and lines, MostFaults at
	// most.
	Faults []Fault
	// More counts those beyond.
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

// add notes a fault at a line.
func (r *Refused) add(l *line, field, format string, args ...any) {
	if len(r.Faults) == MostFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, Fault{l.file, l.number, l.within + field, fmt.Sprintf(format, args...)})
}

// addAll notes what the model finds wrong with a line's record.
func (r *Refused) addAll(l *line, problems diplomacy.Problems) {
	for _, p := range problems {
		r.add(l, p.Field, "%s", p.Reason)
	}
}

// orNil is the error, if there are faults.
func (r *Refused) orNil() error {
	if len(r.Faults) == 0 {
		return nil
	}
	slices.SortStableFunc(r.Faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return r
}
