package graph_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/store"
	"chancery/store/bolt"
)

// canary stands in every text of what is restricted.
const canary = "canary"

// embargo is a graph that may hold restricted records of every kind among public
// ones: ids of public records are the same whether it does or not.
type embargo struct {
	store   store.Store
	handler http.Handler
	clock   time.Time
	// public and hidden are all records; those that are restricted, or rest on
	// what is, are hidden.
	public, hidden map[string]diplomacy.ID
}

// The transactions of an embargo that holds something.
const (
	publicThings = 1 + iota
	hiddenRecords
	publicLinks
	restrictions
	retraction
	_ // an open source
	strayed
	returned
)

// openEmbargo writes public things; then, if asked to, what will be restricted,
// so that some of it has the smaller ids; then public links; then it restricts.
func openEmbargo(t *testing.T, holds bool) *embargo {
	t.Helper()
	e := &embargo{clock: noon, public: map[string]diplomacy.ID{}, hidden: map[string]diplomacy.ID{}}
	s, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{Clock: func() time.Time { return e.clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	e.store, e.handler = s, graph.NewHandler(s, graph.Options{Now: clock, Limits: boundless})
	e.write(t, e.things)
	if holds {
		e.write(t, e.secrets)
	}
	e.clock = e.clock.Add(time.Hour)
	e.write(t, e.links)
	if holds {
		e.write(t, e.restrict)
		e.write(t, func(p *putter) { p.err = p.w.Retract(p.ctx, e.hidden["source3"]) })
	}
	return e
}

func (e *embargo) write(t *testing.T, put func(*putter)) {
	t.Helper()
	_, err := e.store.Write(t.Context(), store.Commit{Author: "author", Message: "message", Unsourced: true}, func(w store.Writer) error {
		p := &putter{ctx: t.Context(), w: w}
		put(p)
		return p.err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// things are two of each kind.
func (e *embargo) things(p *putter) {
	for _, kind := range diplomacy.EntityKinds {
		for _, n := range []string{"1", "2"} {
			e.public[kind.String()+n] = p.record(named1(kind, "public-"+n))
		}
	}
	third := named1(diplomacy.KindObservation, "public-3").(*diplomacy.Observation)
	third.Indicator = "IMPORTS"
	e.public["Observation3"] = p.record(third)
	e.public["twin"] = p.record(named1(diplomacy.KindPerson, "twin"))
	p.record(&diplomacy.Judgement{A: e.public["Person1"], B: e.public["twin"], Verdict: "SAME", Reasons: []string{"public"}})
}

// named1 is a thing of a kind with all that its kind must have.
func named1(kind diplomacy.Kind, slug string) diplomacy.Entity {
	entity := diplomacy.NewEntity(kind)
	*entity.Base() = thing(slug, slug)
	entity.Base().Identifiers = []diplomacy.Identifier{{Scheme: "test", Value: kind.String() + slug}, {Scheme: "url", Value: "https://example.org/" + kind.String() + "/" + slug}, {Scheme: diplomacy.SchemeWikidata, Value: kind.String() + slug}}
	entity.Base().Description = "what " + slug + " is"
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
		entity.URL, entity.Snapshot = "https://example.org/"+slug, "what "+slug+" says"
	}
	return entity
}

// statement is one of a rule, between the first things or between the second.
func (e *embargo) statement(rule diplomacy.Rule, subject, object string) *diplomacy.Statement {
	s := &diplomacy.Statement{Predicate: rule.Predicate, Subject: e.public[rule.Subjects[0].String()+subject], Object: e.public[rule.Objects[0].String()+object]}
	if rule.Fields&diplomacy.FieldOnBehalfOf != 0 {
		s.OnBehalfOf, s.InCapacityOf = e.public["State"+subject], e.public["Office"+subject]
	}
	return s
}

// secrets are sources that are or will be restricted, statements of every
// predicate that are or will be, and all that hangs on them.
func (e *embargo) secrets(p *putter) {
	for i, restricted := range []bool{true, false, false, false} {
		source := named1(diplomacy.KindSource, fmt.Sprint(canary, "-", i)).(*diplomacy.Source)
		source.Restricted = restricted
		source.Identifiers = append(source.Identifiers, diplomacy.Identifier{Scheme: "test", Value: fmt.Sprint("SOURCEPUBLIC-", i+1)})
		e.hidden[fmt.Sprint("source", i)] = p.record(source)
	}
	for i, rule := range diplomacy.Vocabulary {
		s := e.statement(rule, "1", "2")
		s.Restricted = i%2 == 0
		e.hidden[rule.Name] = p.record(s)
		e.hidden["evidence for "+rule.Name] = p.record(e.evidence(s.ID, e.public["Source1"], canary))
	}
	e.hidden["unsourced"] = p.record(&diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: e.public["Person2"], Object: e.public["Office2"], Restricted: true})
	e.hidden["topic"] = p.record(&diplomacy.Statement{Predicate: diplomacy.Discussed, Subject: e.public["Event1"], Object: e.public["Topic2"], Restricted: true})
	twins := e.statement(*diplomacy.RuleOf(diplomacy.MemberOf), "1", "1")
	twins.Subject, twins.Restricted = e.public["Person1"], true
	e.hidden["the twin's membership"] = p.record(twins)
	e.hidden["issued"] = p.record(&diplomacy.Statement{Predicate: diplomacy.IssuedBy, Subject: e.hidden["source1"], Object: e.public["Person1"]})
	e.hidden["discussed"] = p.record(&diplomacy.Statement{Predicate: diplomacy.Discussed, Subject: e.public["Event1"], Object: e.hidden["source1"]})
	e.hidden["succeeds"] = p.record(&diplomacy.Statement{Predicate: diplomacy.Succeeds, Subject: e.public["Source1"], Object: e.hidden["source1"]})
	e.hidden["same"] = p.record(&diplomacy.Judgement{A: e.public["Source2"], B: e.hidden["source2"], Verdict: "SAME", Reasons: []string{canary}})
	e.hidden["same too"] = p.record(&diplomacy.Judgement{A: e.hidden["source0"], B: e.hidden["source1"], Verdict: "SAME", Reasons: []string{canary}})
}

func (e *embargo) evidence(about, source diplomacy.ID, text string) *diplomacy.Evidence {
	return &diplomacy.Evidence{About: about, Source: source, Part: "TITLE", Asserted: text, Quote: diplomacy.Quote{Exact: text}, Locator: diplomacy.Locator{Page: 1}, AttributedTo: e.public["Person1"]}
}

// links are public statements of every predicate, with public evidence.
func (e *embargo) links(p *putter) {
	for _, rule := range diplomacy.Vocabulary {
		for _, ends := range [][2]string{{"1", "2"}, {"2", "1"}, {"2", "2"}} {
			s := e.statement(rule, ends[0], ends[1])
			if s.Subject == s.Object {
				continue
			}
			if ends[0] == "1" && rule.DatedBy == diplomacy.ByValid {
				s.Valid = diplomacy.MustParseTime("2019") // otherwise that which is restricted says the same
			}
			name := rule.Name + ends[0] + ends[1]
			e.public[name] = p.record(s)
			e.public["evidence for "+name] = p.record(e.evidence(s.ID, e.public["Source2"], "public"))
		}
	}
	twins := e.statement(*diplomacy.RuleOf(diplomacy.MemberOf), "1", "1")
	twins.Subject = e.public["twin"]
	e.public["the twin's membership"] = p.record(twins)
	for _, name := range []string{"namesake", "other"} {
		namesake := named1(diplomacy.KindPerson, name)
		namesake.Base().Names[0].Value = "Namesake"
		e.public[name] = p.record(namesake)
		e.public[name+" in office"] = p.record(&diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: e.public[name], Object: e.public["Office1"]})
	}
	e.public["topic"] = p.record(&diplomacy.Statement{Predicate: diplomacy.Discussed, Subject: e.public["Event1"], Object: e.public["Topic1"]})
	for _, predicate := range []diplomacy.Kind{diplomacy.ReportedBy, diplomacy.Partner} {
		e.public[predicate.String()+"3"] = p.record(&diplomacy.Statement{Predicate: predicate, Subject: e.public["Observation3"], Object: e.public["State2"]})
	}
	e.public["evidence for Person1"] = p.record(e.evidence(e.public["Person1"], e.public["Source1"], "public"))
}

// stray has evidence rest on what is restricted for a while, between two versions
// that do not.
func (e *embargo) stray(t *testing.T) {
	moving := e.evidence(e.public["Person2"], e.public["Source2"], "public")
	for _, rests := range []struct{ on, text string }{{"public", "public"}, {"hidden", canary}, {"public", "public"}} {
		moving.Source, moving.Asserted, moving.Quote.Exact = e.public["Source2"], rests.text, rests.text
		if rests.on == "hidden" {
			moving.Source = e.hidden["source1"]
		}
		next := *moving
		e.write(t, func(p *putter) { e.public["stray"] = p.record(&next) })
		moving.ID = next.ID
	}
}

// restrict restricts what was not, takes out a source, and adds evidence that
// rests on what is restricted to all that is public.
func (e *embargo) restrict(p *putter) {
	for i, rule := range diplomacy.Vocabulary {
		if i%2 == 1 {
			s := e.statement(rule, "1", "2")
			s.ID, s.Restricted, s.EndCause = e.hidden[rule.Name], true, ""
			p.record(s)
		}
	}
	for i := 1; i < 4; i++ {
		source := named1(diplomacy.KindSource, fmt.Sprint(canary, "-", i)).(*diplomacy.Source)
		source.ID, source.Restricted = e.hidden[fmt.Sprint("source", i)], true
		p.record(source)
	}
	for name, about := range e.public {
		if about.Kind().IsEntity() || about.Kind().IsStatement() {
			e.hidden["evidence against "+name] = p.record(e.evidence(about, e.hidden["source1"], canary))
		}
	}
}
