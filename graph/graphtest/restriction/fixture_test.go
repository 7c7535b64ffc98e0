package restriction_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/graph/graphtest"
	"chancery/store"
)

// canary is part of every text of restricted records.
const canary = "canary"

// graphWithSecrets is a graph that may hold restricted records of every kind among public
// ones. The ids of public records are the same with and without them.
type graphWithSecrets struct {
	store   store.Store
	handler http.Handler
	clock   time.Time
	last    diplomacy.TxNumber // zero: as many as there are constants
	// public and hidden hold all records; hidden are those that are restricted, or that
	// depend on restricted ones.
	public, hidden map[string]diplomacy.ID
}

// The transactions of a graph with restricted records.
const (
	publicEntities = 1 + iota
	hiddenRecords
	publicLinks
	restrictions
	retraction
	_ // evidence with a public source
	evidenceMovedToSecret
	evidenceMovedBack
)

// openGraph writes public entities, secrets if requested (so that some of them have
// smaller ids), and public statements, and then restricts the secrets.
func openGraph(t *testing.T, withSecrets bool) *graphWithSecrets {
	t.Helper()
	g := &graphWithSecrets{clock: graphtest.Noon, public: map[string]diplomacy.ID{}, hidden: map[string]diplomacy.ID{}}
	s := graphtest.OpenStoreAt(t, func() time.Time { return g.clock })
	g.store, g.handler = s, graph.NewHandler(s, graph.Options{Now: graphtest.Clock, Limits: graphtest.Unlimited})
	g.write(t, g.putEntities)
	if withSecrets {
		g.write(t, g.putSecrets)
	}
	g.clock = g.clock.Add(time.Hour)
	g.write(t, g.putStatements)
	if withSecrets {
		g.write(t, g.restrict)
		g.write(t, func(p *graphtest.Putter) { p.Err = p.Writer.Retract(p.Ctx, g.hidden["source3"]) })
	}
	return g
}

func (g *graphWithSecrets) write(t *testing.T, put func(*graphtest.Putter)) {
	t.Helper()
	_, err := g.store.Write(t.Context(), store.Commit{Author: "author", Message: "message"}, func(w store.Writer) error {
		w.MarkUnsourced()
		p := graphtest.NewPutter(w)
		put(p)
		return p.Err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// putEntities writes two entities of each kind.
func (g *graphWithSecrets) putEntities(p *graphtest.Putter) {
	for _, kind := range diplomacy.EntityKinds {
		for _, n := range []string{"1", "2"} {
			g.public[kind.String()+n] = p.Record(newEntity(kind, "public-"+n))
		}
	}
	third := newEntity(diplomacy.KindObservation, "public-3").(*diplomacy.Observation)
	third.Indicator = "IMPORTS"
	g.public["Observation3"] = p.Record(third)
	g.public["twin"] = p.Record(newEntity(diplomacy.KindPerson, "twin"))
	p.Record(&diplomacy.Judgement{A: g.public["Person1"], B: g.public["twin"], Verdict: "SAME", Reasons: []string{"public"}})
}

// newEntity returns an entity of a kind with all required fields.
func newEntity(kind diplomacy.Kind, slug string) diplomacy.Entity {
	entity := diplomacy.NewEntity(kind)
	*entity.Base() = graphtest.Thing(slug, slug)
	entity.Base().Identifiers = []diplomacy.Identifier{{Scheme: "test", Value: kind.String() + slug}, {Scheme: "url", Value: "https://example.org/" + kind.String() + "/" + slug}, {Scheme: diplomacy.SchemeWikidata, Value: kind.String() + slug}}
	entity.Base().Description = "description of " + slug
	switch entity := entity.(type) {
	case *diplomacy.Organization:
		entity.Type = "INTERGOVERNMENTAL"
	case *diplomacy.Council:
		entity.Type = "COUNCIL"
	case *diplomacy.Office:
		entity.Type = "MINISTER"
	case *diplomacy.Event:
		entity.Type, entity.Date = "MEETING", diplomacy.MustParseTime("2020-02-06")
	case *diplomacy.Agreement:
		entity.Type, entity.Date = "TREATY", diplomacy.MustParseTime("2020-02-06")
	case *diplomacy.Observation:
		entity.Indicator, entity.Period, entity.Unit = "EXPORTS", diplomacy.MustParseTime("2018"), "USD"
		if slug == "public-1" {
			entity.Indicator = "TRADE_TURNOVER"
		}
	case *diplomacy.Place:
		entity.Type = "CITY"
	case *diplomacy.Source:
		entity.Type, entity.Published = "BOOK", diplomacy.MustParseTime("2020-03")
		entity.URL, entity.Snapshot = "https://example.org/"+slug, "text of "+slug
	}
	return entity
}

// statement returns a statement of a predicate between entities with the given numbers.
func (g *graphWithSecrets) statement(rule diplomacy.Rule, subject, object string) *diplomacy.Statement {
	s := &diplomacy.Statement{Predicate: rule.Predicate, Subject: g.public[rule.Subjects[0].String()+subject], Object: g.public[rule.Objects[0].String()+object]}
	if rule.Fields&diplomacy.FieldOnBehalfOf != 0 {
		s.OnBehalfOf, s.InCapacityOf = g.public["State"+subject], g.public["Office"+subject]
	}
	return s
}

// putSecrets writes sources and statements of every predicate that are or will be
// restricted, and records that depend on them.
func (g *graphWithSecrets) putSecrets(p *graphtest.Putter) {
	for i, restricted := range []bool{true, false, false, false} {
		source := newEntity(diplomacy.KindSource, fmt.Sprint(canary, "-", i)).(*diplomacy.Source)
		source.Restricted = restricted
		source.Identifiers = append(source.Identifiers, diplomacy.Identifier{Scheme: "test", Value: fmt.Sprint("SOURCEPUBLIC-", i+1)})
		g.hidden[fmt.Sprint("source", i)] = p.Record(source)
	}
	for i, rule := range diplomacy.Vocabulary {
		s := g.statement(rule, "1", "2")
		s.Restricted = i%2 == 0
		g.hidden[rule.Name] = p.Record(s)
		g.hidden["evidence for "+rule.Name] = p.Record(g.evidence(s.ID, g.public["Source1"], canary))
	}
	g.hidden["unsourced"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: g.public["Person2"], Object: g.public["Office2"], Restricted: true})
	g.hidden["topic"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.Discussed, Subject: g.public["Event1"], Object: g.public["Topic2"], Restricted: true})
	twins := g.statement(*diplomacy.RuleOf(diplomacy.MemberOf), "1", "1")
	twins.Subject, twins.Restricted = g.public["Person1"], true
	g.hidden["the twin's membership"] = p.Record(twins)
	g.hidden["office"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.OfficeOf, Subject: g.public["Office2"], Object: g.public["Organization2"], Restricted: true})
	g.hidden["issued"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.IssuedBy, Subject: g.hidden["source1"], Object: g.public["Person1"]})
	g.hidden["discussed"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.Discussed, Subject: g.public["Event1"], Object: g.hidden["source1"]})
	g.hidden["succeeds"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.Succeeds, Subject: g.public["Source1"], Object: g.hidden["source1"]})
	g.hidden["same"] = p.Record(&diplomacy.Judgement{A: g.public["Source2"], B: g.hidden["source2"], Verdict: "SAME", Reasons: []string{canary}})
	g.hidden["same too"] = p.Record(&diplomacy.Judgement{A: g.hidden["source0"], B: g.hidden["source1"], Verdict: "SAME", Reasons: []string{canary}})
}

func (g *graphWithSecrets) evidence(about, source diplomacy.ID, text string) *diplomacy.Evidence {
	return &diplomacy.Evidence{About: about, Source: source, Part: "TITLE", Asserted: text, Quote: diplomacy.Quote{Exact: text}, Locator: diplomacy.Locator{Page: 1}, AttributedTo: g.public["Person1"]}
}

// putStatements writes public statements of every predicate, with public evidence.
func (g *graphWithSecrets) putStatements(p *graphtest.Putter) {
	for _, rule := range diplomacy.Vocabulary {
		for _, ends := range [][2]string{{"1", "2"}, {"2", "1"}, {"2", "2"}} {
			s := g.statement(rule, ends[0], ends[1])
			if s.Subject == s.Object {
				continue
			}
			if ends[0] == "1" && rule.DatedBy == diplomacy.ByValid {
				s.Valid = diplomacy.MustParseTime("2019") // else it would equal the restricted one
			}
			name := rule.Name + ends[0] + ends[1]
			g.public[name] = p.Record(s)
			g.public["evidence for "+name] = p.Record(g.evidence(s.ID, g.public["Source2"], "public"))
		}
	}
	g.public["ministry"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.OfficeOf, Subject: g.public["Office1"], Object: g.public["Organization1"]})
	twins := g.statement(*diplomacy.RuleOf(diplomacy.MemberOf), "1", "1")
	twins.Subject = g.public["twin"]
	g.public["the twin's membership"] = p.Record(twins)
	for _, name := range []string{"namesake", "other"} {
		namesake := newEntity(diplomacy.KindPerson, name)
		namesake.Base().Names[0].Value = "Namesake"
		g.public[name] = p.Record(namesake)
		g.public[name+" in office"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: g.public[name], Object: g.public["Office1"]})
	}
	g.public["topic"] = p.Record(&diplomacy.Statement{Predicate: diplomacy.Discussed, Subject: g.public["Event1"], Object: g.public["Topic1"]})
	for _, predicate := range []diplomacy.Kind{diplomacy.ReportedBy, diplomacy.Partner} {
		g.public[predicate.String()+"3"] = p.Record(&diplomacy.Statement{Predicate: predicate, Subject: g.public["Observation3"], Object: g.public["State2"]})
	}
	g.public["evidence for Person1"] = p.Record(g.evidence(g.public["Person1"], g.public["Source1"], "public"))
}

// moveEvidence writes evidence whose second version has a restricted source, between two
// with a public one.
func (g *graphWithSecrets) moveEvidence(t *testing.T) {
	moving := g.evidence(g.public["Person2"], g.public["Source2"], "public")
	for _, version := range []struct{ source, text string }{{"public", "public"}, {"hidden", canary}, {"public", "public"}} {
		moving.Source, moving.Asserted, moving.Quote.Exact = g.public["Source2"], version.text, version.text
		if version.source == "hidden" {
			moving.Source = g.hidden["source1"]
		}
		next := *moving
		g.write(t, func(p *graphtest.Putter) { g.public["moved evidence"] = p.Record(&next) })
		moving.ID = next.ID
	}
}

// restrict restricts the secrets that are not restricted yet, and adds evidence with a
// restricted source to everything public.
func (g *graphWithSecrets) restrict(p *graphtest.Putter) {
	for i, rule := range diplomacy.Vocabulary {
		if i%2 == 1 {
			s := g.statement(rule, "1", "2")
			s.ID, s.Restricted, s.EndCause = g.hidden[rule.Name], true, ""
			p.Record(s)
		}
	}
	for i := 1; i < 4; i++ {
		source := newEntity(diplomacy.KindSource, fmt.Sprint(canary, "-", i)).(*diplomacy.Source)
		source.ID, source.Restricted = g.hidden[fmt.Sprint("source", i)], true
		p.Record(source)
	}
	for name, about := range g.public {
		if about.Kind().IsEntity() || about.Kind().IsStatement() {
			g.hidden["evidence against "+name] = p.Record(g.evidence(about, g.hidden["source1"], canary))
		}
	}
}
