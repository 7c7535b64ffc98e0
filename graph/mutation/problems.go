package mutation

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chancery/curation"
)

// problemsOf returns the problems of a rejected request; other errors are returned.
func problemsOf(err error) ([]curation.Problem, error) {
	if r, ok := errors.AsType[*curation.Refused](err); ok {
		return r.Problems, nil
	}
	return nil, err
}

// allProblems returns all problems of a commit, each once, at their paths in the input:
// evidence shared by many statements is reported once.
func (r *decoder) allProblems(problems []curation.Problem) []curation.Problem {
	all := slices.Clone(r.problems)
	steps := make(map[string]*step, len(r.steps))
	for _, s := range slices.Backward(r.steps) { // of several with one path, the first counts
		steps[pathKey(s.Path)] = s
	}
	for _, p := range problems {
		p.Path = inputPath(steps, p.Path)
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
	slices.SortStableFunc(distinct, func(a, b curation.Problem) int { return changeIndex(a.Path) - changeIndex(b.Path) })
	if more := len(distinct) - maxProblems; more > 0 {
		distinct = append(distinct[:maxProblems], curation.Problem{
			Path: []string{"input", "changes"}, Code: curation.TooLarge,
			Message: fmt.Sprintf("%d more problems; correct these first", more),
		})
	}
	return distinct
}

// maxProblems is the number of problems that are reported for one commit.
const maxProblems = 1_000

func tooManyChanges(changes int) curation.Problem {
	return curation.Problem{
		Path: []string{"input", "changes"}, Code: curation.TooLarge,
		Message: fmt.Sprintf("has %d changes; one commit holds at most %d", changes, curation.MaxChanges),
	}
}

// changeIndex returns the index of the change that a path lies in; -1 for paths outside
// of the changes.
func changeIndex(path []string) int {
	if len(path) < 3 {
		return -1
	}
	n, _ := strconv.Atoi(path[2])
	return n
}

// inputPath returns the path of a problem in the input, with the input's names. Steps are
// given by their paths.
func inputPath(steps map[string]*step, path []string) []string {
	s := innermostStep(steps, path)
	if s == nil {
		return inArgument(path, requestNames)
	}
	rest := slices.Clone(path[len(s.Path):])
	if len(rest) > 0 && s.inputNames[rest[0]] != "" {
		rest[0] = s.inputNames[rest[0]]
	}
	return subpath(s.Path, rest...)
}

// requestNames are fields of requests with the names that their inputs have for them.
var requestNames = map[string]string{"key": "idempotencyKey", "number": "transaction"}

// innermostStep returns the innermost step whose part of the input contains a path.
func innermostStep(steps map[string]*step, path []string) *step {
	for n := len(path); n >= 0; n-- {
		if s := steps[pathKey(path[:n])]; s != nil {
			return s
		}
	}
	return nil
}

func pathKey(path []string) string { return strings.Join(path, "\x00") }

// inArgument returns the path of a request's field in the argument of the mutation.
func inArgument(path []string, names map[string]string) []string {
	path = slices.Clone(path)
	if len(path) > 0 && names[path[0]] != "" {
		path[0] = names[path[0]]
	}
	return subpath([]string{"input"}, path...)
}
