package graph_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// counter counts the calls to the snapshots of a store.
type counter struct {
	store.Store
	calls []string
}

func (c *counter) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	s, err := c.Store.Read(ctx, view)
	return &countedSnapshot{s, c}, err
}

type countedSnapshot struct {
	store.Snapshot
	counter *counter
}

func (s *countedSnapshot) count(call string) { s.counter.calls = append(s.counter.calls, call) }

func (s *countedSnapshot) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	s.count("Records")
	return s.Snapshot.Records(ctx, ids)
}

func (s *countedSnapshot) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	s.count("Find")
	return s.Snapshot.Find(ctx, keys)
}

func (s *countedSnapshot) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	s.count(fmt.Sprint("Links ", q.Along[0].Kind))
	return s.Snapshot.Links(ctx, q)
}

func (s *countedSnapshot) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	s.count("CountLinks")
	return s.Snapshot.CountLinks(ctx, q)
}

func (s *countedSnapshot) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	s.count("List")
	return s.Snapshot.List(ctx, q)
}

func (s *countedSnapshot) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	s.count("Versions")
	return s.Snapshot.Versions(ctx, ids, before, limit)
}

func (s *countedSnapshot) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	s.count("Transactions")
	return s.Snapshot.Transactions(ctx, numbers)
}

func (s *countedSnapshot) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	s.count("Same")
	return s.Snapshot.Same(ctx, ids)
}

func (s *countedSnapshot) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	s.count("Changes")
	return s.Snapshot.Changes(ctx, number, after, limit)
}

// deepQueries ask for several levels of rows, with every sort of field that
// needs the store.
var deepQueries = map[string]string{
	"minister, meeting, council, organization, evidence": `{ person(by: {slug: "minister"}) { name participations(first: 500) { totalCount edges {
		role capacity { name of { nodes { name } } } onBehalfOf { name }  titleAsserted
		statement { holds(at: "2020") transaction { number } evidence { doubts quoteState stale source { name publishers { nodes { name } } } attributedTo { name } about { id } } }
		node { name evidence { asserted } participants { totalCount nodes { name } } organizations { edges { node { name } via { predicate subject { name } } } }
		onMarginsOf { nodes { sessionOf { nodes { ... on Council { organization { name members { edges { kind node { name } } } } } } } } } } } } } }`,
	"a list and what hangs on it": `{ events(first: 500) { totalCount nodes { name transaction { number } topics { nodes { name } }
		people { nodes { name offices { edges { capacity office: node { holder { name } holders { edges { node { name } office { name } } } } } } } } } } }`,
	"offices of a state": `{ ministers(of: {slug: "state"}, first: 500) { totalCount nodes { person { name } office { name } evidence { source { name } } } } }`,
}

// TestNoLookUpInALoop asks the same queries of a small and of a large graph: the
// calls to the store must be the same.
func TestNoLookUpInALoop(t *testing.T) {
	for name, query := range deepQueries {
		t.Run(name, func(t *testing.T) {
			small, large := callsFor(t, query, 2), callsFor(t, query, 40)
			if strings.Join(small, ",") == "" {
				t.Fatal("the query called nothing")
			}
			if len(small) != len(large) {
				t.Errorf("%d calls for 2 rows a level, %d for 40:\n%v\n%v", len(small), len(large), small, large)
			}
		})
	}
}

// callsFor asks a query of a graph with rows elements at every level.
func callsFor(t *testing.T, query string, rows int) []string {
	t.Helper()
	s := openStore(t)
	writeWide(t, s, rows)
	counted := &counter{Store: s}
	answer := string(ask(t, newBoundless(counted), query, nil))
	if strings.Contains(answer, `"errors"`) {
		t.Fatalf("errors in %.600s", answer)
	}
	if n := strings.Count(answer, "event-"); n < rows && !strings.Contains(query, "ministers(") {
		t.Fatalf("%d events in the answer, want %d: %.600s", n, rows, answer)
	}
	return counted.calls
}

// writeWide writes one minister of a state with rows events, each with rows
// participants, on the margins of a council's session, with evidence.
func writeWide(t testing.TB, s store.Store, rows int) {
	t.Helper()
	_, err := s.Write(context.Background(), store.Commit{Author: "test"}, func(w store.Writer) error {
		return wide(context.Background(), w, rows)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func wide(ctx context.Context, w store.Writer, rows int) error {
	p := &putter{ctx: ctx, w: w}
	source := p.entity(&diplomacy.Source{Type: "COMMUNIQUE", Published: diplomacy.MustParseTime("2020")}, "source")
	state := p.entity(&diplomacy.State{}, "state")
	organization := p.entity(&diplomacy.Organization{Type: "INTERGOVERNMENTAL"}, "organization")
	council := p.entity(&diplomacy.Council{Type: "COUNCIL"}, "council")
	session := p.entity(&diplomacy.Event{Type: "SESSION", Date: diplomacy.MustParseTime("2020-02-06")}, "event-session")
	p.link(source, diplomacy.IssuedBy, source, organization)
	p.link(source, diplomacy.PartOf, council, organization)
	p.link(source, diplomacy.SessionOf, session, council)
	p.link(source, diplomacy.MemberOf, state, organization)
	var people []diplomacy.ID
	for i := range rows {
		slug := "minister"
		if i > 0 {
			slug = fmt.Sprint("person-", i)
		}
		person := p.entity(&diplomacy.Person{}, slug)
		office := p.entity(&diplomacy.Office{Type: "MINISTER"}, fmt.Sprint("office-", i))
		p.link(source, diplomacy.OfficeOf, office, state)
		p.link(source, diplomacy.HoldsOffice, person, office)
		people = append(people, person, office)
	}
	for i := range rows {
		event := p.entity(&diplomacy.Event{Type: "MEETING", Date: diplomacy.MustParseTime(fmt.Sprintf("2020-03-%02d", i%28+1))}, fmt.Sprint("event-", i))
		topic := p.entity(&diplomacy.Topic{}, fmt.Sprint("topic-", i))
		p.link(source, diplomacy.OnMarginsOf, event, session)
		p.link(source, diplomacy.Discussed, event, topic)
		for j := 0; j < len(people); j += 2 {
			p.put(&diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: people[j], Object: event, OnBehalfOf: state, InCapacityOf: people[j+1]}, source)
		}
	}
	return p.err
}

// putter puts records until one is refused.
type putter struct {
	ctx context.Context
	w   store.Writer
	err error
}

func (p *putter) entity(e diplomacy.Entity, slug string) diplomacy.ID {
	e.Base().Slug, e.Base().Names = slug, []diplomacy.Name{{Value: slug, Language: "en"}}
	e.Base().Identifiers = []diplomacy.Identifier{{Scheme: diplomacy.SchemeWikidata, Value: slug}}
	return p.record(e)
}

func (p *putter) link(source diplomacy.ID, predicate diplomacy.Kind, subject, object diplomacy.ID) {
	p.put(&diplomacy.Statement{Predicate: predicate, Subject: subject, Object: object}, source)
}

func (p *putter) put(s *diplomacy.Statement, source diplomacy.ID) {
	id := p.record(s)
	p.record(&diplomacy.Evidence{About: id, Source: source, Part: "TITLE", Asserted: "as written"})
}

func (p *putter) record(r diplomacy.Record) diplomacy.ID {
	if p.err == nil {
		p.err = p.w.Put(p.ctx, r)
	}
	return r.Header().ID
}
