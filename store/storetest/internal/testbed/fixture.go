package testbed

import (
	"fmt"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// The builders make the smallest valid record of a kind, named by its slug.

func thing(slug string) diplomacy.Thing {
	return diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug}}}
}

// Person and the functions below make the smallest valid record of a kind.
func Person(slug string) *diplomacy.Person { return &diplomacy.Person{Thing: thing(slug)} }
func State(slug string) *diplomacy.State   { return &diplomacy.State{Thing: thing(slug)} }
func Topic(slug string) *diplomacy.Topic   { return &diplomacy.Topic{Thing: thing(slug)} }

func Organization(slug string) *diplomacy.Organization {
	return &diplomacy.Organization{Thing: thing(slug), Type: "INTERGOVERNMENTAL"}
}

func council(slug string) *diplomacy.Council {
	return &diplomacy.Council{Thing: thing(slug), Type: "COUNCIL"}
}

func Office(slug string) *diplomacy.Office {
	return &diplomacy.Office{Thing: thing(slug), Type: "MINISTER"}
}

// Event takes its date as EDTF, or none.
func Event(slug, date string) *diplomacy.Event {
	return &diplomacy.Event{Thing: thing(slug), Type: "MEETING", Date: EDTF(date)}
}

func Source(slug string) *diplomacy.Source {
	return &diplomacy.Source{Thing: thing(slug), Type: "NEWS_ARTICLE"}
}

// EDTF parses a date; empty text is no date.
func EDTF(text string) diplomacy.Time {
	if text == "" {
		return diplomacy.Time{}
	}
	return diplomacy.MustParseTime(text)
}

// Statement links two records that have ids, with a valid time or none.
func Statement(predicate diplomacy.Kind, subject, object diplomacy.Record, valid string) *diplomacy.Statement {
	s := &diplomacy.Statement{
		Predicate: predicate, Valid: EDTF(valid),
		Subject: subject.Header().ID, Object: object.Header().ID,
	}
	s.Normalize()
	return s
}

func Evidence(about, source diplomacy.Record) *diplomacy.Evidence {
	e := &diplomacy.Evidence{About: about.Header().ID, Source: source.Header().ID}
	e.Normalize()
	return e
}

func Judgement(a, b diplomacy.Record, verdict diplomacy.Term) *diplomacy.Judgement {
	return &diplomacy.Judgement{A: a.Header().ID, B: b.Header().ID, Verdict: verdict}
}

// Slug returns the key of a slug.
func Slug(kind diplomacy.Kind, value string) store.Key {
	return store.Key{Kind: kind, Scheme: store.SchemeSlug, Value: value}
}

// Wikidata returns the key of an item of Wikidata.
func Wikidata(value string) store.Key {
	return store.Key{Scheme: diplomacy.SchemeWikidata, Value: value}
}

// Out is the arc of a kind as the subject sees it.
func Out(kind diplomacy.Kind) store.Arc { return store.Arc{Kind: kind, Direction: store.Out} }

// In is the arc of a kind as the object sees it.
func In(kind diplomacy.Kind) store.Arc { return store.Arc{Kind: kind, Direction: store.In} }

// Whole asks for all there is of a short list.
var Whole = store.Page{Limit: store.MaxPage}

// Along asks for all links of one record along the arcs.
func Along(of diplomacy.Record, arcs ...store.Arc) store.LinkQuery {
	return store.LinkQuery{Of: []diplomacy.ID{of.Header().ID}, Along: arcs, Page: Whole}
}

// SlugOf and seconds spare the tests some conversions.
func SlugOf(n uint64) string      { return fmt.Sprintf("s%d", n) }
func Seconds(n int) time.Duration { return time.Duration(n) * time.Second }
func OrganizationAt(stamp uint64) *diplomacy.Organization {
	o := Organization("nothing")
	o.ID = diplomacy.MakeID(diplomacy.KindOrganization, stamp)
	return o
}

func SourceAt(stamp uint64) *diplomacy.Source {
	s := Source("nothing")
	s.ID = diplomacy.MakeID(diplomacy.KindSource, stamp)
	return s
}

// Identified gives an entity an identifier.
func Identified[E diplomacy.Entity](e E, scheme, value string) E {
	e.Base().Identifiers = []diplomacy.Identifier{{Scheme: scheme, Value: value}}
	return e
}

// Facet makes a test of one facet.
func Facet(f diplomacy.Facet, terms ...diplomacy.Term) []store.FacetTest {
	return []store.FacetTest{{Facet: f, Terms: terms}}
}

// Times makes a test of time.
func Times(r store.Relation, window string, m diplomacy.Match) []store.TimeTest {
	return []store.TimeTest{{Relation: r, Window: EDTF(window).Window(), Match: m}}
}
