package graphtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Queries on the sample: MeetingsQuery is read ahead in few calls, ChangesQuery reads each
// row by itself.
const (
	MeetingsQuery = `{ person(by: {slug: "elmar-mammadyarov"}) { name meetings { nodes { name organizations { nodes { name } } } } } }`
	ChangesQuery  = `{ transaction(number: 1) { changes(first: 500) { nodes { record { id } } } } again: transaction(number: 1) { changes(first: 5) { nodes { record { id } } } } }`
)

// DeepQueries ask for several levels of rows of the graph that WriteWide writes, with
// every kind of field that reads the store.
var DeepQueries = map[string]string{
	"minister, meeting, council, organization, evidence": `{ person(by: {slug: "minister"}) { name participations(first: 500) { totalCount edges {
		role capacity { name of { nodes { name } } } onBehalfOf { name }  titleAsserted
		statement { holds(at: "2020") transaction { number } evidence { doubts quoteState stale source { name publishers { nodes { name } } } attributedTo { name } about { id } } }
		node { name evidence { asserted } participants { totalCount nodes { name } } organizations { edges { node { name } via { predicate subject { name } } } }
		onMarginsOf { nodes { sessionOf { nodes { ... on Council { organization { name members { edges { kind node { name } } } } } } } } } } } } } }`,
	"events and their participants' offices": `{ events(first: 500) { totalCount nodes { name transaction { number } topics { nodes { name } }
		people { nodes { name offices { edges { capacity office: node { holder { name } holders { edges { node { name } office { name } } } } } } } } } } }`,
	"offices of a state": `{ ministers(of: {slug: "state"}, first: 500) { totalCount nodes { person { name } office { name } evidence { source { name } } } } }`,
}

// FirstQuery returns the first query of the README.
func FirstQuery(t testing.TB) string {
	t.Helper()
	archive, err := txtar.ParseFile(Path(t, "graph/testdata/first_query.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	return string(Part(archive, "query.graphql"))
}

// Part returns a file of an archive, or nil.
func Part(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// ExampleQueries returns the playground's examples without variables, by file.
func ExampleQueries(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob(Path(t, "web/examples/*.graphql"))
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

// Repeat returns a text n times, with the number of the repetition for %d.
func Repeat(text string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "%d", fmt.Sprint(i)))
	}
	return b.String()
}

// NullIfEmpty returns nil for an empty cursor, since "" is an invalid one.
func NullIfEmpty(cursor string) any {
	if cursor == "" {
		return nil
	}
	return cursor
}
