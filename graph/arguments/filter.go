package arguments

import (
	"strings"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// facetFields are the fields of filters that test a facet of the node.
var facetFields = []struct {
	name  string
	facet diplomacy.Facet
}{
	{"kind", diplomacy.FacetKind},
	{"indicator", diplomacy.FacetKind},
	{"medium", diplomacy.FacetMedium},
	{"format", diplomacy.FacetFormat},
	{"level", diplomacy.FacetLevel},
	{"visitRank", diplomacy.FacetVisitRank},
	{"sessionType", diplomacy.FacetSessionType},
	{"status", diplomacy.FacetStatus},
}

func facetTests(where map[string]any, except string) []store.FacetTest {
	var tests []store.FacetTest
	for _, field := range facetFields {
		if where[field.name] != nil && field.name != except {
			tests = append(tests, store.FacetTest{Facet: field.facet, Terms: Terms(where[field.name])})
		}
	}
	return tests
}

// Terms decodes a list of terms. An empty one, like none, tests nothing.
func Terms(v any) []diplomacy.Term {
	var list []diplomacy.Term
	for _, e := range model.Elements(v) {
		text, _ := e.(string)
		list = append(list, diplomacy.Term(text))
	}
	return list
}

// kindsByType are the kinds by the values of the ThingType enum: their names in
// capitals.
var kindsByType = func() map[diplomacy.Term]diplomacy.Kind {
	kinds := map[diplomacy.Term]diplomacy.Kind{}
	for _, kind := range diplomacy.EntityKinds {
		kinds[diplomacy.Term(strings.ToUpper(kind.String()))] = kind
	}
	return kinds
}()

// Kinds returns the kinds of values of the ThingType enum.
func Kinds(types []diplomacy.Term) []diplomacy.Kind {
	var list []diplomacy.Kind
	for _, t := range types {
		list = append(list, kindsByType[t])
	}
	return list
}
