package arguments

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// Limits of the filters that are nested in one: how deep, and how many in all.
const (
	maxFilterDepth = 5
	maxFilters     = 50
)

// Events returns for a ParticipantsFilter, whose problems begin with path, sets of events:
// those that are in all of them pass.
type Events func(path string, given map[string]any) ([][]diplomacy.ID, error)

// listFilters decodes the filter of a list with those nested in it, and counts them.
type listFilters struct {
	count   int
	negated bool // an odd number of times
	events  Events
}

// filter decodes a filter and those nested in it. The path of its problems begins with path.
func (l *listFilters) filter(path string, where map[string]any, depth int) (store.ListFilter, error) {
	if l.count++; l.count > maxFilters {
		return store.ListFilter{}, model.BadInput("where has more than %d nested filters; ask for less at once", maxFilters)
	}
	if depth > maxFilterDepth {
		return store.ListFilter{}, model.BadInput("%s is nested deeper than %d filters; join some of them", path, maxFilterDepth)
	}
	f := store.ListFilter{Facets: facetTests(where, ""), Schemes: schemes(where["identifier"])}
	var err error
	if f.Times, err = timeTests(where, l.negated); err == nil {
		err = l.existence(where, &f)
	}
	if err == nil {
		f.Name, err = nameTest(where["name"])
	}
	if err != nil {
		return f, at(path, err)
	}
	if participants, ok := where["participants"].(map[string]any); ok {
		if f.Among, err = l.events(path+".participants", participants); err != nil {
			return f, err
		}
	}
	if f.Not, err = l.not(path+".not", where["not"], depth); err != nil {
		return f, err
	}
	f.Or, err = l.or(path+".or", where["or"], depth)
	return f, err
}

// not decodes a filter to negate. Without conditions it would exclude everything, which
// nobody means.
func (l *listFilters) not(path string, v any, depth int) ([]store.ListFilter, error) {
	given, _ := v.(map[string]any)
	if given == nil {
		return nil, nil
	}
	l.negated = !l.negated
	f, err := l.filter(path, given, depth+1)
	l.negated = !l.negated
	if err == nil && f.IsZero() {
		err = model.BadInput("%s has no condition, so it would exclude everything; give one or leave it out", path)
	}
	return []store.ListFilter{f}, err
}

// or decodes alternatives. None, like an empty list, test nothing.
func (l *listFilters) or(path string, v any, depth int) ([]store.ListFilter, error) {
	var alternatives []store.ListFilter
	for i, element := range model.Elements(v) {
		given, _ := element.(map[string]any)
		f, err := l.filter(fmt.Sprintf("%s[%d]", path, i), given, depth+1)
		if err != nil {
			return nil, err
		}
		alternatives = append(alternatives, f)
	}
	return alternatives, nil
}

// at gives a problem of a nested filter its path, in place of that of the outermost.
func at(path string, err error) error {
	text, found := strings.CutPrefix(err.Error(), "where.")
	if !found || path == "where" {
		return err
	}
	return model.BadInput("%s.%s", path, text)
}

// schemes decodes an IdentifierFilter.
func schemes(v any) []string {
	given, _ := v.(map[string]any)
	var all []string
	for _, element := range model.Elements(given["scheme"]) {
		text, _ := element.(string)
		all = append(all, text)
	}
	return all
}

// existence decodes the conditions on the time for which an entity existed or was in force.
// What has no such time is no answer to existedOn and inForceOn, nor is an agreement that was
// signed later.
func (l *listFilters) existence(where map[string]any, f *store.ListFilter) error {
	tests, err := timeTestsOf(where, l.negated, "existed", "inForce")
	if err != nil {
		return err
	}
	f.Existed = tests
	for _, field := range []string{"existedOn", "inForceOn"} {
		t, err := timeOf(where, field)
		if err != nil {
			return model.BadInput("where.%v", err)
		}
		if t.IsZero() {
			continue
		}
		f.Existed = append(f.Existed, timeTest("at", t, diplomacy.Possible, l.negated))
		f.Times = append(f.Times, store.TimeTest{Relation: store.Begun, Window: t.Window(), Match: diplomacy.Possible, Undated: true})
	}
	return nil
}

// nullTests decodes isNull of a filter on a time.
func nullTests(given map[string]any) []store.TimeTest {
	switch given["isNull"] {
	case true:
		return []store.TimeTest{{Relation: store.Undated}}
	case false:
		return []store.TimeTest{{Relation: store.Dated}}
	}
	return nil
}
