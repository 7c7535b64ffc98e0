package machine

import (
	"strings"

	"chancery/diplomacy"
	"chancery/store/storetest/internal/testbed"

	"pgregory.net/rapid"
)

// The universe is small, so that keys collide and dates tie.
var (
	someSlugs       = []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "ann", "bob"}
	someNames       = []string{"Ann", "ÁNN", "ann b", "zebra", "\ufb01n", strings.Repeat("x", 64), strings.Repeat("x", 65), strings.Repeat("x", 128), strings.Repeat("x", 128) + "y"}
	someIdentifiers = []diplomacy.Identifier{{Scheme: "wikidata", Value: "Q1"}, {Scheme: "wikidata", Value: "Q2"}, {Scheme: "wikidata", Value: "q1"}, {Scheme: "iso", Value: "Q1"}, {Scheme: "iso", Value: "AV"}, {Scheme: "wikidata", Value: "Q11"}, {Scheme: "viaf", Value: "7"}}
	someDates       = []string{"", "", "", "2018", "2018-01-01", "2018?/2020", "2019-05", "-0044", "../2019", "2018-06/..", "1969-12-31T23:59:59Z"}
	someKinds       = []diplomacy.Kind{
		diplomacy.KindEvent, diplomacy.KindEvent, diplomacy.KindEvent, diplomacy.KindPerson, diplomacy.KindPerson,
		diplomacy.KindState, diplomacy.KindOrganization, diplomacy.KindOffice, diplomacy.KindSource, diplomacy.KindTopic,
		diplomacy.KindPlace,
	}
	somePredicates = []diplomacy.Kind{
		diplomacy.ParticipatedIn, diplomacy.ParticipatedIn, diplomacy.ParticipatedIn, diplomacy.HoldsOffice,
		diplomacy.HasRelationsWith, diplomacy.OnMarginsOf, diplomacy.MemberOf, diplomacy.Discussed, diplomacy.Succeeds,
		diplomacy.IssuedBy,
	}
)

// record draws a new one. Of what is picked from, the first are the likeliest.
func (d *drawer) record() diplomacy.Record {
	switch pick(d.T, "sort", "statement", "statement", "entity", "statement", "entity", "evidence", "judgement") {
	case "entity":
		e := diplomacy.NewEntity(pick(d.T, "kind", someKinds...))
		d.dress(e)
		return e
	case "evidence":
		e := &diplomacy.Evidence{About: d.idOf(diplomacy.KindPerson, diplomacy.ParticipatedIn, diplomacy.KindSource, diplomacy.HoldsOffice, diplomacy.IssuedBy, diplomacy.Discussed)}
		d.prove(e)
		return e
	case "judgement":
		kind := pick(d.T, "kind", diplomacy.KindPerson, diplomacy.KindEvent)
		j := &diplomacy.Judgement{A: d.idOf(kind), B: d.idOf(kind), Verdict: pick(d.T, "verdict", diplomacy.Verdicts...)}
		if j.A > j.B {
			j.A, j.B = j.B, j.A
		}
		return j
	}
	return d.statement()
}

// dress draws the fields of an entity.
func (d *drawer) dress(e diplomacy.Entity) {
	t := e.Base()
	if t.Slug == "" || rapid.Bool().Draw(d.T, "rename") {
		t.Slug, t.Names, t.Identifiers = pick(d.T, "slug", someSlugs...), nil, nil
		for range pick(d.T, "names", 1, 1, 2) {
			t.Names = append(t.Names, diplomacy.Name{Value: pick(d.T, "name", someNames...)})
		}
		for range pick(d.T, "identifiers", 0, 0, 1, 2) {
			t.Identifiers = append(t.Identifiers, pick(d.T, "identifier", someIdentifiers...))
		}
	}
	for ref := range diplomacy.References(e) {
		if *ref.ID = 0; rapid.Bool().Draw(d.T, ref.Name) {
			*ref.ID = d.idOf(ref.Kinds...)
		}
	}
	date := testbed.EDTF(pick(d.T, "date", someDates...))
	switch e := e.(type) {
	case *diplomacy.Event:
		e.Type, e.Date = pick[diplomacy.Term](d.T, "event", "MEETING", "VISIT"), date
		e.Medium = pick[diplomacy.Term](d.T, "medium", "", "TELEPHONE", "VIDEO")
	case *diplomacy.Person:
		e.Born = date
	case *diplomacy.State:
		e.Founded = date
	case *diplomacy.Organization:
		e.Type = pick[diplomacy.Term](d.T, "organization", "NGO", "MINISTRY")
	case *diplomacy.Office:
		e.Type = pick[diplomacy.Term](d.T, "office", "MINISTER", "CHAIR")
	case *diplomacy.Source:
		e.Type, e.Published = "BOOK", date
	}
}

func (d *drawer) statement() *diplomacy.Statement {
	rule := diplomacy.RuleOf(pick(d.T, "predicate", somePredicates...))
	s := &diplomacy.Statement{Predicate: rule.Predicate, Subject: d.idOf(rule.Subjects...)}
	objects := rule.Objects
	if rule.SameKind {
		objects = []diplomacy.Kind{s.Subject.Kind()}
	}
	s.Object = d.idOf(objects...)
	d.qualify(s)
	return s
}

// qualify draws what may change of a statement.
func (d *drawer) qualify(s *diplomacy.Statement) {
	rule := diplomacy.RuleOf(s.Predicate)
	s.Valid = testbed.EDTF(pick(d.T, "valid", append(someDates, "", "", "")...))
	s.Rank = pick[diplomacy.Term](d.T, "rank", "", "", "PREFERRED", "DEPRECATED")
	if d.seldom("wrong") {
		s.Rank = "WRONG"
	}
	s.Role, s.OnBehalfOf, s.InCapacityOf = "", 0, 0
	if rule.Role != "" {
		s.Role = pick(d.T, "role", "", rule.Roles[0], rule.Roles[1])
	}
	if rule.Fields&diplomacy.FieldOnBehalfOf != 0 && rapid.Bool().Draw(d.T, "behalf") {
		s.OnBehalfOf = d.idOf(diplomacy.KindState, diplomacy.KindPerson)
	}
	if rule.Fields&diplomacy.FieldInCapacityOf != 0 && rapid.Bool().Draw(d.T, "capacity") {
		s.InCapacityOf = d.idOf(diplomacy.KindOffice)
	}
	s.Normalize()
}

// prove draws what may change of evidence, and whether it is confirmed.
func (d *drawer) prove(e *diplomacy.Evidence) {
	e.Source, e.AttributedTo = d.idOf(diplomacy.KindSource), 0
	if rapid.Bool().Draw(d.T, "attributed") {
		e.AttributedTo = d.idOf(diplomacy.KindPerson, diplomacy.KindState)
	}
	e.Asserted = pick(d.T, "asserted", "", "2018")
	e.Confirmed = pick[diplomacy.TxNumber](d.T, "confirmed", 0, 0, 1)
	e.Normalize()
}
