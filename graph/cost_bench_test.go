package graph_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/graph"
)

// BenchmarkUnit tells how long a unit of cost takes, in questions of many sorts: the
// price of what is asked is to foretell its time within an order of magnitude.
func BenchmarkUnit(b *testing.B) {
	sample, wide := openSample(b), openStore(b)
	writeWide(b, wide, 40)
	for name, query := range priced(b) {
		s := sample
		if strings.HasPrefix(name, "wide") {
			s = wide
		}
		h := graph.NewHandler(s, graph.Options{Now: clock, Logger: faults, Limits: boundless, TellCost: true})
		var bill charged
		if err := json.Unmarshal(ask(b, h, query, nil), &bill); err != nil || len(bill.Errors) > 0 {
			b.Fatalf("%s: %v %v", name, err, bill.Errors)
		}
		b.Run(name, func(b *testing.B) {
			benchmark(b, h, query, nil)
			spent := float64(max(bill.Extensions.Cost.Spent, 1))
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/spent, "ns/unit")
			b.ReportMetric(spent, "units")
			b.ReportMetric(float64(bill.Extensions.Cost.Asked), "asked")
		})
	}
}

func priced(b *testing.B) map[string]string {
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
	for name, query := range deepQueries {
		all["wide/"+name] = query
	}
	for name, query := range sampleQueries(b) {
		all["sample/"+name] = query
	}
	return all
}

// sampleQueries are the playground's examples that need no variables.
func sampleQueries(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../web/examples/*.graphql")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	all := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if query := string(text); !strings.Contains(query, "$") && !strings.Contains(query, "mutation") && !strings.Contains(query, "subscription") {
			all[filepath.Base(file)] = query
		}
	}
	return all
}
