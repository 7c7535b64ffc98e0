package documents

import (
	"fmt"
	"strings"
)

// MostFaults is how many faults are told of; the rest is counted.
const MostFaults = 20

// Fault is what is wrong with a manifest, or with a document of it.
type Fault struct {
	File string
	Line int    // from 1
	What string // is wrong; one line
}

// String is a line as compilers write it.
func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.What) }

// Refused is the error of manifests that cannot be trusted: all that is wrong with
// them, as far as it could be read.
type Refused struct {
	Faults []Fault // MostFaults at most
	More   int     // counts those beyond
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

// Add notes faults.
func (r *Refused) Add(faults ...Fault) {
	for _, f := range faults {
		if len(r.Faults) == MostFaults {
			r.More++
			continue
		}
		f.What = strings.Join(strings.Fields(f.What), " ")
		r.Faults = append(r.Faults, f)
	}
}

// orNil is the error, if there is one.
func (r *Refused) orNil() error {
	if len(r.Faults) == 0 {
		return nil
	}
	return r
}
