package charging_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chancery/graph"
	"chancery/graph/graphtest"
)

// BenchmarkUnit reports the time of a cost unit in queries of many kinds: the cost
// should predict the time within an order of magnitude.
func BenchmarkUnit(b *testing.B) {
	sample, wide := graphtest.OpenSample(b), graphtest.OpenStore(b)
	graphtest.WriteWide(b, wide, 40)
	for name, query := range benchmarkQueries(b) {
		s := sample
		if strings.HasPrefix(name, "wide") {
			s = wide
		}
		h := graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Logger: graphtest.Warnings, Limits: graphtest.Unlimited, ReportCost: true})
		var bill graphtest.CostResponse
		if err := json.Unmarshal(graphtest.PostRaw(b, h, query, nil), &bill); err != nil || len(bill.Errors) > 0 {
			b.Fatalf("%s: %v %v", name, err, bill.Errors)
		}
		b.Run(name, func(b *testing.B) {
			graphtest.Benchmark(b, h, query, nil)
			spent := float64(max(bill.Extensions.Cost.Spent, 1))
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/spent, "ns/unit")
			b.ReportMetric(spent, "units")
			b.ReportMetric(float64(bill.Extensions.Cost.Asked), "asked")
		})
	}
}

func benchmarkQueries(b *testing.B) map[string]string {
	all := map[string]string{
		"wide/page":            `{ events(first: 500) { nodes { id name participants(first: 100) { nodes { id name } } } } }`,
		"wide/edges":           `{ events(first: 500) { edges { node { id name participants(first: 100) { edges { role node { id name } } } } } } }`,
		"wide/counts":          `{ events(first: 500) { totalCount nodes { participants(first: 0) { totalCount } } } }`,
		"wide/filtered counts": `{ events(first: 500) { nodes { participants(first: 0, validAt: "2020") { totalCount } } } }`,
		"wide/history":         `{ events(first: 500) { nodes { history { nodes { revision differences { field } } } } } }`,
		"wide/organizations":   `{ events(first: 500) { nodes { organizations { nodes { id } } } } }`,
		"introspection":        `{ __schema { types { name kind fields(includeDeprecated: true) { name args { name type { name } } type { name kind ofType { name kind } } } } } }`,
		"type":                 `{ __type(name: "Event") { name fields { name type { name ofType { name } } } } }`,
		"findings":             `{ findings { nodes { kind } } }`,
		"duplicates":           `{ duplicates { nodes { score: reasons { kind } } } }`,
		"transactions":         `{ transactions { nodes { number changes(first: 100) { nodes { kind record { id } differences { field } } } } } }`,
	}
	for name, query := range graphtest.DeepQueries {
		all["wide/"+name] = query
	}
	for name, query := range graphtest.ExampleQueries(b) {
		all["sample/"+name] = query
	}
	return all
}
