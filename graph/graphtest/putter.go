package graphtest

import (
	"context"
	"fmt"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// Thing returns a base of an entity with a slug and an English name.
func Thing(slug, name string) diplomacy.Thing {
	return diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: name, Language: "en"}}}
}

// Putter writes records until one fails.
type Putter struct {
	Ctx    context.Context
	Writer store.Writer
	Err    error // the first failure
}

// NewPutter returns a putter without a failure.
func NewPutter(w store.Writer) *Putter { return &Putter{Ctx: context.Background(), Writer: w} }

// Entity writes an entity whose slug is also its name and its Wikidata item.
func (p *Putter) Entity(e diplomacy.Entity, slug string) diplomacy.ID {
	e.Base().Slug, e.Base().Names = slug, []diplomacy.Name{{Value: slug, Language: "en"}}
	e.Base().Identifiers = []diplomacy.Identifier{{Scheme: diplomacy.SchemeWikidata, Value: slug}}
	return p.Record(e)
}

// Link writes a statement with evidence.
func (p *Putter) Link(source diplomacy.ID, predicate diplomacy.Kind, subject, object diplomacy.ID) {
	p.Statement(&diplomacy.Statement{Predicate: predicate, Subject: subject, Object: object}, source)
}

// Statement writes a statement with evidence.
func (p *Putter) Statement(s *diplomacy.Statement, source diplomacy.ID) {
	id := p.Record(s)
	p.Record(&diplomacy.Evidence{About: id, Source: source, Part: "TITLE", Asserted: "as written"})
}

// Record writes a record and returns its ID. After the first failure, which Err keeps,
// it writes nothing.
func (p *Putter) Record(r diplomacy.Record) diplomacy.ID {
	if p.Err == nil {
		p.Err = p.Writer.Put(p.Ctx, r)
	}
	return r.Header().ID
}

// WriteWide writes a graph with a number of rows at each level: people with offices in a
// state, and events in which all of them took part, on the margins of a council's
// session, with evidence. The first person is called minister.
func WriteWide(t testing.TB, s store.Store, rows int) {
	t.Helper()
	Commit(t, s, func(w store.Writer) error {
		p := NewPutter(w)
		p.wide(rows)
		return p.Err
	})
}

func (p *Putter) wide(rows int) {
	source := p.Entity(&diplomacy.Source{Type: "COMMUNIQUE", Published: diplomacy.MustParseTime("2020")}, "source")
	state := p.Entity(&diplomacy.State{}, "state")
	organization := p.Entity(&diplomacy.Organization{Type: "INTERGOVERNMENTAL"}, "organization")
	council := p.Entity(&diplomacy.Council{Type: "COUNCIL"}, "council")
	session := p.Entity(&diplomacy.Event{Type: "SESSION", Date: diplomacy.MustParseTime("2020-02-06")}, "event-session")
	p.Link(source, diplomacy.IssuedBy, source, organization)
	p.Link(source, diplomacy.PartOf, council, organization)
	p.Link(source, diplomacy.SessionOf, session, council)
	p.Link(source, diplomacy.MemberOf, state, organization)
	var people, offices []diplomacy.ID
	for i := range rows {
		slug := "minister"
		if i > 0 {
			slug = fmt.Sprint("person-", i)
		}
		person := p.Entity(&diplomacy.Person{}, slug)
		office := p.Entity(&diplomacy.Office{Type: "MINISTER"}, fmt.Sprint("office-", i))
		p.Link(source, diplomacy.OfficeOf, office, state)
		p.Link(source, diplomacy.HoldsOffice, person, office)
		people, offices = append(people, person), append(offices, office)
	}
	for i := range rows {
		event := p.Entity(&diplomacy.Event{Type: "MEETING", Date: diplomacy.MustParseTime(fmt.Sprintf("2020-03-%02d", i%28+1))}, fmt.Sprint("event-", i))
		topic := p.Entity(&diplomacy.Topic{}, fmt.Sprint("topic-", i))
		p.Link(source, diplomacy.OnMarginsOf, event, session)
		p.Link(source, diplomacy.Discussed, event, topic)
		for j, person := range people {
			p.Statement(&diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: person, Object: event, OnBehalfOf: state, InCapacityOf: offices[j]}, source)
		}
	}
}
