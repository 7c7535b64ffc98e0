package mutation

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chancery/curation"
)

// refused separates what the asker got wrong from faults.
func refused(err error) ([]curation.Problem, error) {
	if r, ok := errors.AsType[*curation.Refused](err); ok {
		return r.Problems, nil
	}
	return nil, err
}

// told gives all problems of a commit where its input has what they are about,
// each once: evidence that backs many statements is wrong only once.
func (r *reading) told(problems []curation.Problem) []curation.Problem {
	all := slices.Clone(r.problems)
	steps := make(map[string]*step, len(r.steps))
	for _, s := range slices.Backward(r.steps) { // the first of those at one place counts
		steps[joined(s.Path)] = s
	}
	for _, p := range problems {
		p.Path = place(steps, p.Path)
		all = append(all, p)
	}
	distinct := all[:0]
	seen := make(map[string]bool, len(all))
	for _, p := range all {
		if key := strings.Join(p.Path, "\x00") + "\x00" + p.Message; !seen[key] {
			seen[key] = true
			distinct = append(distinct, p)
		}
	}
	slices.SortStableFunc(distinct, func(a, b curation.Problem) int { return position(a.Path) - position(b.Path) })
	if more := len(distinct) - maxTold; more > 0 {
		distinct = append(distinct[:maxTold], curation.Problem{
			Path: []string{"input", "changes"}, Code: curation.TooLarge,
			Message: fmt.Sprintf("%d more things are wrong; put these right first", more),
		})
	}
	return distinct
}

// maxTold is how many problems of one commit are told: more than anybody reads.
const maxTold = 1_000

func tooMany(changes int) curation.Problem {
	return curation.Problem{
		Path: []string{"input", "changes"}, Code: curation.TooLarge,
		Message: fmt.Sprintf("has %d changes; one commit holds at most %d", changes, curation.MaxChanges),
	}
}

// position is which of the changes a path lies in; what is about all of them comes
// first.
func position(path []string) int {
	if len(path) < 3 {
		return -1
	}
	n, _ := strconv.Atoi(path[2])
	return n
}

// place is where in the input a problem is, in the names of the input, given the steps
// by where they are.
func place(steps map[string]*step, path []string) []string {
	s := stepAt(steps, path)
	if s == nil {
		return within(path, requestNames)
	}
	rest := slices.Clone(path[len(s.Path):])
	if len(rest) > 0 && s.named[rest[0]] != "" {
		rest[0] = s.named[rest[0]]
	}
	return below(s.Path, rest...)
}

// requestNames are the fields of requests that their inputs name otherwise.
var requestNames = map[string]string{"key": "idempotencyKey", "number": "transaction"}

// stepAt is the innermost step in whose part of the input a path lies.
func stepAt(steps map[string]*step, path []string) *step {
	for n := len(path); n >= 0; n-- {
		if s := steps[joined(path[:n])]; s != nil {
			return s
		}
	}
	return nil
}

func joined(path []string) string { return strings.Join(path, "\x00") }

// within puts a field of a request into the argument of the mutation.
func within(path []string, names map[string]string) []string {
	path = slices.Clone(path)
	if len(path) > 0 && names[path[0]] != "" {
		path[0] = names[path[0]]
	}
	return below([]string{"input"}, path...)
}
