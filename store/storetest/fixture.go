package storetest

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

func person(slug string) *diplomacy.Person { return &diplomacy.Person{Thing: thing(slug)} }
func state(slug string) *diplomacy.State   { return &diplomacy.State{Thing: thing(slug)} }
func topic(slug string) *diplomacy.Topic   { return &diplomacy.Topic{Thing: thing(slug)} }

func organization(slug string) *diplomacy.Organization {
	return &diplomacy.Organization{Thing: thing(slug), Type: "INTERGOVERNMENTAL"}
}

func council(slug string) *diplomacy.Council {
	return &diplomacy.Council{Thing: thing(slug), Type: "COUNCIL"}
}

func office(slug string) *diplomacy.Office {
	return &diplomacy.Office{Thing: thing(slug), Type: "MINISTER"}
}

// event takes its date as EDTF, or none.
func event(slug, date string) *diplomacy.Event {
	return &diplomacy.Event{Thing: thing(slug), Type: "MEETING", Date: edtf(date)}
}

func source(slug string) *diplomacy.Source {
	return &diplomacy.Source{Thing: thing(slug), Type: "NEWS_ARTICLE"}
}

func edtf(text string) diplomacy.Time {
	if text == "" {
		return diplomacy.Time{}
	}
	return diplomacy.MustParseTime(text)
}

// statement links two records that have ids, with a valid time or none.
func statement(predicate diplomacy.Kind, subject, object diplomacy.Record, valid string) *diplomacy.Statement {
	s := &diplomacy.Statement{
		Predicate: predicate, Valid: edtf(valid),
		Subject: subject.Header().ID, Object: object.Header().ID,
	}
	s.Normalize()
	return s
}

func evidence(about, source diplomacy.Record) *diplomacy.Evidence {
	e := &diplomacy.Evidence{About: about.Header().ID, Source: source.Header().ID}
	e.Normalize()
	return e
}

func judgement(a, b diplomacy.Record, verdict diplomacy.Term) *diplomacy.Judgement {
	return &diplomacy.Judgement{A: a.Header().ID, B: b.Header().ID, Verdict: verdict}
}

func slug(kind diplomacy.Kind, value string) store.Key {
	return store.Key{Kind: kind, Scheme: store.SchemeSlug, Value: value}
}

func wikidata(value string) store.Key {
	return store.Key{Scheme: diplomacy.SchemeWikidata, Value: value}
}

func out(kind diplomacy.Kind) store.Arc { return store.Arc{Kind: kind, Direction: store.Out} }
func in(kind diplomacy.Kind) store.Arc  { return store.Arc{Kind: kind, Direction: store.In} }

// whole asks for all there is of a short list.
var whole = store.Page{Limit: store.MaxPage}

// along asks for all links of one record along the arcs.
func along(of diplomacy.Record, arcs ...store.Arc) store.LinkQuery {
	return store.LinkQuery{Of: []diplomacy.ID{of.Header().ID}, Along: arcs, Page: whole}
}

// slugOf and seconds spare the tests some conversions.
func slugOf(n uint64) string      { return fmt.Sprintf("s%d", n) }
func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
func organizationAt(stamp uint64) *diplomacy.Organization {
	o := organization("nothing")
	o.ID = diplomacy.MakeID(diplomacy.KindOrganization, stamp)
	return o
}

func sourceAt(stamp uint64) *diplomacy.Source {
	s := source("nothing")
	s.ID = diplomacy.MakeID(diplomacy.KindSource, stamp)
	return s
}
