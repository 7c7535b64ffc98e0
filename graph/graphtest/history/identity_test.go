package history_test

import (
	"context"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// openMerged opens a graph in which two persons with a meeting each and the same
// membership are merged. It returns ids by name, which stand for them in questions.
func openMerged(t *testing.T) (store.Store, map[string]diplomacy.ID) {
	t.Helper()
	s := graphtest.OpenStore(t)
	ids := map[string]diplomacy.ID{}
	ctx := t.Context()
	put := func(w store.Writer, name string, r diplomacy.Record) error {
		r.Header().ID = ids[name]
		err := w.Put(ctx, r)
		ids[name] = r.Header().ID
		return err
	}
	entity := func(w store.Writer, slug string, e diplomacy.Entity) error {
		*e.Base() = graphtest.Thing(slug, slug)
		e.Base().Identifiers = []diplomacy.Identifier{{Scheme: "test", Value: slug}, {Scheme: diplomacy.SchemeWikidata, Value: slug}}
		return put(w, slug, e)
	}
	member := func(subject, valid string) diplomacy.Record {
		return &diplomacy.Statement{Predicate: diplomacy.MemberOf, Subject: ids[subject], Object: ids["union"], Valid: diplomacy.MustParseTime(valid)}
	}
	graphtest.Commit(t, s, func(w store.Writer) error {
		return graphtest.FirstError(
			entity(w, "ann", &diplomacy.Person{}), entity(w, "anna", &diplomacy.Person{}), entity(w, "union", &diplomacy.Organization{Type: "NGO"}),
			entity(w, "paper", &diplomacy.Source{Type: "BOOK"}), entity(w, "diary", &diplomacy.Source{Type: "BOOK"}),
			entity(w, "lunch", &diplomacy.Event{Type: "MEETING", Date: diplomacy.MustParseTime("2001")}),
			entity(w, "dinner", &diplomacy.Event{Type: "MEETING", Date: diplomacy.MustParseTime("2002")}),
			put(w, "at lunch", &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: ids["ann"], Object: ids["lunch"]}),
			put(w, "at dinner", &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: ids["anna"], Object: ids["dinner"]}),
			put(w, "ann in union", member("ann", "1999")), put(w, "anna in union", member("anna", "2000")),
			put(w, "by paper", &diplomacy.Evidence{About: ids["ann in union"], Source: ids["paper"]}),
			put(w, "by diary", &diplomacy.Evidence{About: ids["anna in union"], Source: ids["diary"]}))
	})
	graphtest.Commit(t, s, func(w store.Writer) error { return put(w, "ann in union", member("ann", "2000")) })
	graphtest.Commit(t, s, func(w store.Writer) error {
		return put(w, "judgement", &diplomacy.Judgement{A: ids["ann"], B: ids["anna"], Verdict: "SAME"})
	})
	return s, ids
}

func TestMergedRecordsResolveToTheCanonicalOne(t *testing.T) {
	s, ids := openMerged(t)
	var spell []string
	for name, id := range ids {
		spell = append(spell, "<"+name+">", id.String())
	}
	spelled := strings.NewReplacer(spell...)
	h := graphtest.NewHandler(s)
	for name, c := range map[string]struct{ question, want string }{
		"by its own id":        {`node(id: "<ann>") { id ... on Thing { slug redirectedFrom } }`, `{"id":"<ann>","slug":"ann","redirectedFrom":null}`},
		"by the other's id":    {`node(id: "<anna>") { id ... on Thing { slug redirectedFrom } }`, `{"id":"<ann>","slug":"ann","redirectedFrom":"<anna>"}`},
		"many by their ids":    {`nodes(ids: ["<anna>", "<union>", "<ann>", "<anna>"]) { id ... on Thing { redirectedFrom } }`, `[{"id":"<ann>","redirectedFrom":"<anna>"},{"id":"<union>","redirectedFrom":null},{"id":"<ann>","redirectedFrom":null},{"id":"<ann>","redirectedFrom":"<anna>"}]`},
		"by key, its id":       {`person(by: {id: "<anna>"}) { id redirectedFrom }`, `{"id":"<ann>","redirectedFrom":"<anna>"}`},
		"by its own slug":      {`person(by: {slug: "ann"}) { id redirectedFrom }`, `{"id":"<ann>","redirectedFrom":null}`},
		"by the other's slug":  {`person(by: {slug: "anna"}) { id redirectedFrom }`, `{"id":"<ann>","redirectedFrom":"<anna>"}`},
		"by an identifier":     {`person(by: {identifier: "test:anna"}) { id redirectedFrom }`, `{"id":"<ann>","redirectedFrom":"<anna>"}`},
		"by representations":   {`_entities(representations: [{__typename: "Person", wikidata: "anna"}, {__typename: "Person", wikidata: "ann"}, {__typename: "Organization", id: "<union>"}, {__typename: "Person", id: "<anna>"}]) { ... on Thing { id redirectedFrom } }`, `[{"id":"<ann>","redirectedFrom":"<anna>"},{"id":"<ann>","redirectedFrom":null},{"id":"<union>","redirectedFrom":null},{"id":"<ann>","redirectedFrom":"<anna>"}]`},
		"found otherwise":      {`event(by: {slug: "dinner"}) { people { nodes { id redirectedFrom mergedFrom { id } } } }`, `{"people":{"nodes":[{"id":"<ann>","redirectedFrom":null,"mergedFrom":[{"id":"<anna>"}]}]}}`},
		"a list":               {`people { totalCount nodes { id mergedFrom { id slug name redirectedFrom history { nodes { revision record { ... on Person { slug } } } } events { totalCount } mergedFrom { id } } } }`, `{"totalCount":1,"nodes":[{"id":"<ann>","mergedFrom":[{"id":"<anna>","slug":"anna","name":"anna","redirectedFrom":null,"history":{"nodes":[{"revision":1,"record":{"slug":"anna"}}]},"events":{"totalCount":2},"mergedFrom":[{"id":"<ann>"}]}]}]}`},
		"links of all":         {`person(by: {slug: "anna"}) { events(orderBy: OLDEST) { totalCount edges { node { slug participants { nodes { id } } } statement { id participant { id } subject { id } } } } }`, `{"events":{"totalCount":2,"edges":[{"node":{"slug":"lunch","participants":{"nodes":[{"id":"<ann>"}]}},"statement":{"id":"<at lunch>","participant":{"id":"<ann>"},"subject":{"id":"<ann>"}}},{"node":{"slug":"dinner","participants":{"nodes":[{"id":"<ann>"}]}},"statement":{"id":"<at dinner>","participant":{"id":"<ann>"},"subject":{"id":"<ann>"}}}]}}`},
		"a statement twice":    {`person(by: {slug: "ann"}) { memberships { totalCount edges { statement { id valid alsoRecordedAs { id evidence { source { slug } } } evidence { id source { slug } about { id } stale doubts } } } } }`, `{"memberships":{"totalCount":1,"edges":[{"statement":{"id":"<ann in union>","valid":"2000","alsoRecordedAs":[{"id":"<anna in union>","evidence":[{"source":{"slug":"paper"}},{"source":{"slug":"diary"}}]}],"evidence":[{"id":"<by paper>","source":{"slug":"paper"},"about":{"id":"<ann in union>"},"stale":true,"doubts":["STALE"]},{"id":"<by diary>","source":{"slug":"diary"},"about":{"id":"<ann in union>"},"stale":false,"doubts":[]}]}}]}}`},
		"a statement by id":    {`node(id: "<anna in union>") { id ... on Membership { member { slug } alsoRecordedAs { id } history { nodes { revision } } } }`, `{"id":"<ann in union>","member":{"slug":"ann"},"alsoRecordedAs":[{"id":"<anna in union>"}],"history":{"nodes":[{"revision":2},{"revision":1}]}}`},
		"members":              {`organization(by: {slug: "union"}) { members { totalCount nodes { id } } }`, `{"members":{"totalCount":1,"nodes":[{"id":"<ann>"}]}}`},
		"a filter by node":     {`organization(by: {slug: "union"}) { members(where: {node: ["<anna>"]}) { totalCount nodes { id } } }`, `{"members":{"totalCount":1,"nodes":[{"id":"<ann>"}]}}`},
		"judgements":           {`person(by: {slug: "ann"}) { judgements { id verdict a { slug } b { slug } } mergedFrom { judgements { id } } }`, `{"judgements":[{"id":"<judgement>","verdict":"SAME","a":{"slug":"ann"},"b":{"slug":"anna"}}],"mergedFrom":[{"judgements":[{"id":"<judgement>"}]}]}`},
		"not judged":           {`organization(by: {slug: "union"}) { judgements { id } }`, `{"judgements":[]}`},
		"before it was judged": {`person(by: {slug: "anna"}) { id redirectedFrom mergedFrom { id } judgements { id } events { totalCount } }`, `{"id":"<anna>","redirectedFrom":null,"mergedFrom":[],"judgements":[],"events":{"totalCount":1}}`},
	} {
		t.Run(name, func(t *testing.T) {
			known := 0
			if strings.HasPrefix(name, "before") {
				known = 2
			}
			got := asOf(t, h, spelled.Replace(c.question), "", known)
			if want := spelled.Replace(c.want); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// TestMergedRecordsAreReadInBatches counts calls for few and for many merged pairs.
func TestMergedRecordsAreReadInBatches(t *testing.T) {
	const query = `{ events(first: 500) { nodes { name participants(first: 500) { edges { node { ... on Person { name redirectedFrom judgements { reasons a { name evidence { source { name } } } b { name } transaction { author } } mergedFrom { name offices { nodes { name } } evidence { source { name } } history { nodes { revision } } } } }
		statement { alsoRecordedAs { id evidence { source { name } } } evidence { stale doubts about { id } source { name mergedFrom { name } } } } } } } } }`
	calls := func(rows int) []string {
		s := graphtest.OpenStore(t)
		graphtest.WriteWide(t, s, rows)
		graphtest.Commit(t, s, func(w store.Writer) error { return judgePeople(w, rows) })
		counted := &graphtest.CallCounter{Store: s}
		if answer := string(graphtest.Post(t, graphtest.NewUnlimitedHandler(counted), query, nil)); strings.Contains(answer, `"errors"`) || !strings.Contains(answer, `"mergedFrom":[{"name":"double`) {
			t.Fatalf("%.900s", answer)
		}
		return counted.Calls
	}
	if few, many := calls(2), calls(20); len(few) != len(many) {
		t.Errorf("%d calls for few, %d for many:\n%v\n%v", len(few), len(many), few, many)
	}
}

// judgePeople gives each person a duplicate with the same events, and merges them.
func judgePeople(w store.Writer, rows int) error {
	ctx := context.Background()
	list, err := w.List(ctx, store.ListQuery{Kind: diplomacy.KindPerson, Page: store.Page{Limit: store.MaxPage}})
	if err != nil {
		return err
	}
	p := graphtest.NewPutter(w)
	source := graphtest.MustFindID(w, "Source", "source")[0]
	for _, entry := range list.Entries[:rows] {
		double := p.Entity(&diplomacy.Person{}, "double-"+entry.ID.String()[8:])
		links, err := w.Links(ctx, store.LinkQuery{Of: []diplomacy.ID{entry.ID}, Along: []store.Arc{{Kind: diplomacy.ParticipatedIn, Direction: store.Out}}, Page: store.Page{Limit: store.MaxPage}})
		if err != nil {
			return err
		}
		for _, link := range links[0].Links {
			old, err := w.Records(ctx, []diplomacy.ID{link.Via})
			if err != nil {
				return err
			}
			same := *old[0].(*diplomacy.Statement)
			same.Head, same.Subject = diplomacy.Head{}, double
			p.Statement(&same, source)
		}
		p.Record(&diplomacy.Judgement{A: entry.ID, B: double, Verdict: "SAME"})
	}
	return p.Err
}
