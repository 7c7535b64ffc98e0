package model

import (
	"reflect"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// facetFields are the fields of filters that test a facet of the node.
var facetFields = map[string]diplomacy.Facet{
	"kind":        diplomacy.FacetKind,
	"indicator":   diplomacy.FacetKind,
	"medium":      diplomacy.FacetMedium,
	"format":      diplomacy.FacetFormat,
	"level":       diplomacy.FacetLevel,
	"visitRank":   diplomacy.FacetVisitRank,
	"sessionType": diplomacy.FacetSessionType,
	"status":      diplomacy.FacetStatus,
}

// dateFields are the fields of filters that test when something happened.
var dateFields = []string{"date", "born", "founded", "period", "published"}

// linkFilter reads the filter of a relation. A field named as the predicate's
// role tests the role; rule is nil for evidence.
func linkFilter(rule *diplomacy.Rule, where map[string]any) (store.LinkFilter, error) {
	filter := store.LinkFilter{Ranks: terms(where["rank"]), Nodes: ids(where["node"]), Kinds: thingTypes(where["type"])}
	role := "part"
	if rule != nil {
		role = rule.Role
	}
	filter.Roles = terms(where[role])
	filter.Facets = facetTests(where, role)
	times, err := timeTests(where)
	filter.Times = times
	return filter, err
}

// listFilter reads the filter of a list.
func listFilter(where map[string]any) (store.ListFilter, error) {
	times, err := timeTests(where)
	return store.ListFilter{Facets: facetTests(where, ""), Times: times, Name: nameTest(where["name"])}, err
}

func facetTests(where map[string]any, except string) []store.FacetTest {
	var tests []store.FacetTest
	for field, facet := range facetFields {
		if where[field] != nil && field != except {
			tests = append(tests, store.FacetTest{Facet: facet, Terms: terms(where[field])})
		}
	}
	return tests
}

func nameTest(v any) store.NameTest {
	given, _ := v.(map[string]any)
	text := func(field string) string {
		s, _ := given[field].(string)
		return s
	}
	return store.NameTest{Equals: text("equals"), Contains: text("contains"), StartsWith: text("startsWith")}
}

// timeTests reads the DateFilters and the SpanFilter of a filter.
func timeTests(where map[string]any) ([]store.TimeTest, error) {
	var tests []store.TimeTest
	for _, field := range append(slices.Clone(dateFields), "valid") {
		given, _ := where[field].(map[string]any)
		for _, name := range []string{"within", "after", "before", "at", "starts", "ends"} {
			t, err := timeArg(given, name)
			if err != nil {
				return nil, badInput("where.%s.%v", field, err)
			}
			if !t.IsZero() {
				tests = append(tests, timeTest(name, t, match(given)))
			}
		}
	}
	return tests, nil
}

func timeTest(name string, t diplomacy.Time, m diplomacy.Match) store.TimeTest {
	test := store.TimeTest{Window: t.Window(), Match: m}
	switch name {
	case "within":
		test.Relation = store.Within
	case "after":
		test.Relation = store.Within
		test.Window = diplomacy.Window{From: t.Window().To, To: diplomacy.Future}
	case "before":
		test.Relation = store.Within
		test.Window = diplomacy.Window{From: diplomacy.Past, To: t.Window().From}
	case "at":
		test.Relation = store.Holds
	case "starts":
		test.Relation = store.Starts
	case "ends":
		test.Relation = store.Ends
	}
	return test
}

// Elements gives the elements of a list, for which GraphQL allows a single one to
// stand. Where that stood in a variable, validation has made a list of the type
// of that one.
func Elements(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice {
		return []any{v}
	}
	all := make([]any, list.Len())
	for i := range all {
		all[i] = list.Index(i).Interface()
	}
	return all
}

// terms reads a list of terms; an empty one, like one not given, tests nothing.
func terms(v any) []diplomacy.Term {
	var list []diplomacy.Term
	for _, e := range Elements(v) {
		text, _ := e.(string)
		list = append(list, diplomacy.Term(text))
	}
	return list
}

func ids(v any) []diplomacy.ID {
	var list []diplomacy.ID
	for _, e := range Elements(v) {
		id, _ := UnmarshalID(e)
		list = append(list, id)
	}
	return list
}

// thingTypes reads the ThingType enum: the kinds' names in capitals.
func thingTypes(v any) []diplomacy.Kind { return kindsOf(terms(v)) }

func kindsOf(types []diplomacy.Term) []diplomacy.Kind {
	var list []diplomacy.Kind
	for _, t := range types {
		list = append(list, kindOfType[t])
	}
	return list
}
