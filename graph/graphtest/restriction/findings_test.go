package restriction_test

import (
	"fmt"
	"strings"
	"testing"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// TestSearchesNameRestrictedRecordsInVain: findings and impacts of a restricted source are
// rejected like those of a source that never was, and an editor gets them.
func TestSearchesNameRestrictedRecordsInVain(t *testing.T) {
	g := openGraph(t, true)
	never := diplomacy.MakeID(diplomacy.KindSource, 1).String()
	for _, search := range []string{"findings(entity: %q) { nodes { rule } }", "findings(source: %q) { nodes { rule } }", "impactOf(source: %q) { nodes { evidence { id } } }"} {
		for _, name := range []string{"source0", "source1", "source2"} {
			hidden := g.hidden[name].String()
			for _, known := range []any{nil, hiddenRecords, publicLinks} {
				ask := func(as access.Principal, id string) string {
					text := fmt.Sprintf("query($known: Int) @asOf(knownAt: $known) { "+search+" }", id)
					return strings.ReplaceAll(string(g.post(t, as, text, known)), id, "ID")
				}
				want := ask(access.Anonymous, never)
				if got := ask(access.Anonymous, hidden); got != want || !strings.Contains(want, "NOT_FOUND") {
					t.Errorf("%s of %s, known at %v: %s, of no source: %s", search, name, known, got, want)
				}
				if got := ask(graphtest.Editor, hidden); strings.Contains(got, "errors") {
					t.Errorf("%s of %s, known at %v, to an editor: %s", search, name, known, got)
				}
			}
		}
	}
}

// doubtsInSecret is a graph with an office that has one public holder and a secret one at
// the same time, and a tenure whose only evidence is secret. Its last transaction ends the
// secret tenure.
func doubtsInSecret(t *testing.T) store.Store {
	t.Helper()
	s := graphtest.OpenStore(t)
	secret := &diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Valid: diplomacy.MustParseTime("2010/2012"), Restricted: true}
	graphtest.Commit(t, s, func(w store.Writer) error {
		w.MarkUnsourced()
		p := graphtest.NewPutter(w)
		office := p.Entity(&diplomacy.Office{Type: "MINISTER"}, "office")
		public := p.Entity(&diplomacy.Source{Type: "BOOK"}, "book")
		hidden := p.Entity(&diplomacy.Source{Type: "BOOK", Restricted: true}, "canary-book")
		seen := &diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: p.Entity(&diplomacy.Person{}, "ann"), Object: office, Valid: diplomacy.MustParseTime("2010/2012")}
		p.Statement(seen, public)
		p.Record(&diplomacy.Evidence{About: seen.ID, Source: hidden, Stance: "CONTRADICTS"})
		bare := &diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: p.Entity(&diplomacy.Person{}, "bob"), Object: office, Valid: diplomacy.MustParseTime("1990/1991")}
		p.Statement(bare, hidden)
		secret.Subject, secret.Object = p.Entity(&diplomacy.Person{}, "eve"), office
		p.Statement(secret, public)
		return p.Err
	})
	graphtest.Commit(t, s, func(w store.Writer) error {
		ended := *secret
		ended.Valid = diplomacy.MustParseTime("2005/2009")
		return w.Put(t.Context(), &ended)
	})
	return s
}

// TestRestrictedRecordsMakeAndMendDoubtsForEditorsOnly: a reader sees the findings and
// impacts of a graph without restricted records, of each state; an editor those of all.
func TestRestrictedRecordsMakeAndMendDoubtsForEditorsOnly(t *testing.T) {
	h := graphtest.NewHandler(doubtsInSecret(t))
	text := `query($known: Int) @asOf(knownAt: $known) {
		findings(severity: [ERROR, WARNING], rule: [UNSOURCED, TWO_HOLDERS, SOURCES_CONTRADICT]) { nodes { rule message } pageInfo { hasNextPage } }
		impactOf(source: "Source/book") { nodes { record { ... on Tenure { subject { name } } } } } }`
	const (
		bare         = `{"rule":"UNSOURCED","message":"\"bob\" HOLDS_OFFICE \"office\" has no evidence."}`
		two          = `{"rule":"TWO_HOLDERS","message":"\"office\" is held by \"ann\" (2010/2012) and by \"eve\" (2010/2012) at the same time."}`
		contradicted = `{"rule":"SOURCES_CONTRADICT","message":"\"book\" supports \"ann\" HOLDS_OFFICE \"office\", and \"canary-book\" contradicts it."}`
	)
	answer := func(findings, impacts string) string {
		return `{"data":{"findings":{"nodes":[` + findings + `],"pageInfo":{"hasNextPage":false}},"impactOf":{"nodes":[` + impacts + `]}}}`
	}
	ann, eve := `{"record":{"subject":{"name":"ann"}}}`, `{"record":{"subject":{"name":"eve"}}}`
	for _, c := range []struct {
		as    access.Principal
		known any
		want  string
	}{
		{graphtest.Reader, nil, answer(bare, ann)},
		{graphtest.Reader, 1, answer(bare, ann)},
		{graphtest.Editor, nil, answer(contradicted, ann+","+eve)},
		{graphtest.Editor, 1, answer(contradicted+","+two, ann+","+eve)},
	} {
		got := string(graphtest.Post(t, graphtest.As(c.as)(h), text, map[string]any{"known": c.known}))
		if got != c.want {
			t.Errorf("%s, known at %v:\n%s\nwant\n%s", c.as.Name, c.known, got, c.want)
		}
	}
}
