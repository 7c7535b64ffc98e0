package history_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// openWithPast opens a graph whose facts change in valid and in recorded time: a state is
// renamed in 2010; transactions add a minister, correct the name, add a successor, move
// a session by a year, end a membership, withdraw a participation, change a slug, and
// withdraw the council's link to the organization.
func openWithPast(t *testing.T) store.Store {
	t.Helper()
	s := graphtest.OpenStore(t)
	ids := map[string]diplomacy.ID{}
	note := func(name string, r diplomacy.Record) diplomacy.Record {
		r.Header().ID = ids[name]
		return r
	}
	write := func(records map[string]diplomacy.Record, order ...string) {
		t.Helper()
		graphtest.Commit(t, s, func(w store.Writer) error {
			for _, name := range order {
				if err := w.Put(t.Context(), note(name, records[name])); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				ids[name] = records[name].Header().ID
			}
			return nil
		})
	}
	time := diplomacy.MustParseTime
	called := func(slug string, names ...diplomacy.Name) diplomacy.Thing {
		return diplomacy.Thing{Slug: slug, Names: names}
	}
	word := func(value string) diplomacy.Name { return diplomacy.Name{Value: value, Language: "en"} }
	link := func(predicate diplomacy.Kind, subject, object, valid string) *diplomacy.Statement {
		return &diplomacy.Statement{Predicate: predicate, Subject: ids[subject], Object: ids[object], Valid: time(valid)}
	}
	session := func(date string) *diplomacy.Event {
		return &diplomacy.Event{Thing: called("session", word("Session")), Type: "SESSION", Date: time(date)}
	}
	write(map[string]diplomacy.Record{
		"land": &diplomacy.State{Thing: called("land", diplomacy.Name{Value: "Oldland", Language: "en", Valid: time("../2009")},
			diplomacy.Name{Value: "Newland", Language: "en", Valid: time("2010/..")})},
		"office": &diplomacy.Office{Thing: called("minister", word("Minister")), Type: "MINISTER"},
		"first":  &diplomacy.Person{Thing: called("first", word("Petros"))}, "second": &diplomacy.Person{Thing: called("second", word("Anna"))},
		"union":   &diplomacy.Organization{Thing: called("union", word("Union")), Type: "INTERGOVERNMENTAL"},
		"council": &diplomacy.Council{Thing: called("council", word("Council")), Type: "COUNCIL"}, "session": session("2012"),
		"source": &diplomacy.Source{Thing: called("source", word("Source")), Type: "BOOK"},
	}, "land", "office", "first", "second", "union", "council", "session", "source")
	write(map[string]diplomacy.Record{
		"of": link(diplomacy.OfficeOf, "office", "land", "1990/.."), "tenure": link(diplomacy.HoldsOffice, "first", "office", "2010/2015"),
		"member": link(diplomacy.MemberOf, "land", "union", "2005/.."), "part": link(diplomacy.PartOf, "council", "union", "2000/.."),
		"sat": link(diplomacy.SessionOf, "session", "council", ""), "came": link(diplomacy.ParticipatedIn, "first", "session", ""),
	}, "of", "tenure", "member", "part", "sat", "came")
	write(map[string]diplomacy.Record{"says": &diplomacy.Evidence{About: ids["tenure"], Source: ids["source"], Part: "END", Asserted: "2015"}}, "says")
	write(map[string]diplomacy.Record{"first": &diplomacy.Person{Thing: called("first", word("Peter"))}, "next": link(diplomacy.HoldsOffice, "second", "office", "2015/..")}, "first", "next")
	write(map[string]diplomacy.Record{"tenure": link(diplomacy.HoldsOffice, "first", "office", "2010/2014"), "session": session("2013"), "member": link(diplomacy.MemberOf, "land", "union", "2005/2018")}, "tenure", "session", "member")
	graphtest.Commit(t, s, func(w store.Writer) error { return w.Retract(t.Context(), ids["came"]) })
	write(map[string]diplomacy.Record{"first": &diplomacy.Person{Thing: called("peter", word("Peter"))}}, "first")
	graphtest.Commit(t, s, func(w store.Writer) error { return w.Retract(t.Context(), ids["part"]) })
	return s
}

// The transactions of openPast.
const (
	things = 1 + iota
	links
	evidence
	renamed
	learned
	takenBack
	moved
	closed
)

// questions are fields of Query that are read at several times.
var questions = map[string]string{
	"name":          `state(by: {slug: "land"}) { name label { value } names { value } }`,
	"ministers":     `state(by: {slug: "land"}) { ministers(orderBy: OLDEST) { totalCount nodes { person { name } valid holds } } }`,
	"of":            `ministers(of: {slug: "land"}, orderBy: OLDEST) { totalCount nodes { person { slug } } }`,
	"holder":        `office(by: {slug: "minister"}) { holder { name offices { totalCount nodes { slug of { totalCount } } } } holders { totalCount } }`,
	"organizations": `state(by: {slug: "land"}) { organizations { totalCount nodes { slug members { totalCount nodes { name } } } } }`,
	"organization":  `council(by: {slug: "council"}) { organization { slug sessions { totalCount nodes { date } } } }`,
	"sessions":      `council(by: {slug: "council"}) { sessions { totalCount nodes { date people { totalCount nodes { name } } organizations { totalCount nodes { slug } } } } }`,
	"old slug":      `person(by: {slug: "first"}) { revision name history { nodes { revision closedBy { number } } } }`,
	"new slug":      `person(by: {slug: "peter"}) { revision participations { totalCount } }`,
	"events":        `events { totalCount nodes { date } }`,
	"transactions":  `transactions { nodes { number } }`,
	"taken back":    `transaction(number: 6) { changes { nodes { action record { id } before { ... on Participation { participant { slug } } } } } }`,
	"doubts":        `office(by: {slug: "minister"}) { holders(orderBy: OLDEST, first: 1) { nodes { slug } edges { statement { evidence { asserted stale doubts } history { nodes { valid: differences { field before after } } } } } } }`,
}

func TestAsOfReadsBothTimes(t *testing.T) {
	h := graphtest.NewHandler(openWithPast(t))
	for _, c := range asOfCases {
		t.Run(fmt.Sprintf("%s at %s known at %d", c.question, c.validAt, c.knownAt), func(t *testing.T) {
			got := asOf(t, h, questions[c.question], c.validAt, c.knownAt)
			if begins, whole := strings.CutSuffix(c.want, "…"); got != c.want && !(whole && strings.HasPrefix(got, begins)) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// asOf reads one field of Query at two times; empty and zero mean the defaults.
func asOf(t *testing.T, h http.Handler, question, validAt string, knownAt int) string {
	t.Helper()
	times := map[string]any{}
	if validAt != "" {
		times["at"] = validAt
	}
	if knownAt > 0 {
		times["known"] = knownAt
	}
	var answer struct {
		Data   struct{ Answer json.RawMessage }
		Errors json.RawMessage
	}
	text := graphtest.Post(t, h, "query($at: EDTF, $known: Int) @asOf(validAt: $at, knownAt: $known) { answer: "+question+" }", times)
	if err := json.Unmarshal(text, &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%s", text)
	}
	return string(answer.Data.Answer)
}

// asOfCases are questions at a valid time and a revision, with their answers.
var asOfCases = []struct {
	validAt  string
	knownAt  int
	question string
	want     string
}{
	{"2005", 0, "name", `{"name":"Oldland","label":{"value":"Oldland"},"names":[{"value":"Oldland"},{"value":"Newland"}]}`},
	{"2012", things, "name", `{"name":"Newland","label":{"value":"Newland"},"names":[{"value":"Oldland"},{"value":"Newland"}]}`},
	{"", 0, "name", `{"name":"Newland","label":{"value":"Newland"},"names":[{"value":"Oldland"},{"value":"Newland"}]}`},

	{"", things, "ministers", `{"ministers":{"totalCount":0,"nodes":[]}}`},
	{"", links, "ministers", `{"ministers":{"totalCount":1,"nodes":[{"person":{"name":"Petros"},"valid":"2010/2015","holds":null}]}}`},
	{"2012", links, "ministers", `{"ministers":{"totalCount":1,"nodes":[{"person":{"name":"Petros"},"valid":"2010/2015","holds":"CERTAIN"}]}}`},
	{"2015-06", renamed, "ministers", `{"ministers":{"totalCount":2,"nodes":[{"person":{"name":"Peter"},"valid":"2010/2015","holds":"POSSIBLE"},{"person":{"name":"Anna"},"valid":"2015/..","holds":"POSSIBLE"}]}}`},
	{"2015-06", 0, "ministers", `{"ministers":{"totalCount":1,"nodes":[{"person":{"name":"Anna"},"valid":"2015/..","holds":"POSSIBLE"}]}}`},
	{"1985", 0, "ministers", `{"ministers":{"totalCount":0,"nodes":[]}}`},
	{"2012", 0, "of", `{"totalCount":1,"nodes":[{"person":{"slug":"peter"}}]}`},
	{"2012", learned, "of", `{"totalCount":1,"nodes":[{"person":{"slug":"first"}}]}`},
	{"", 0, "of", `{"totalCount":2,"nodes":[{"person":{"slug":"peter"}},{"person":{"slug":"second"}}]}`},

	{"", links, "holder", `{"holder":null,"holders":{"totalCount":1}}`},
	{"2012", links, "holder", `{"holder":{"name":"Petros","offices":{"totalCount":1,"nodes":[{"slug":"minister","of":{"totalCount":1}}]}},"holders":{"totalCount":1}}`},
	{"", 0, "holder", `{"holder":{"name":"Anna","offices":{"totalCount":1,"nodes":[{"slug":"minister","of":{"totalCount":1}}]}},"holders":{"totalCount":2}}`},
	{"2012", 0, "holder", `{"holder":{"name":"Peter","offices":{"totalCount":1,"nodes":[{"slug":"minister","of":{"totalCount":1}}]}},"holders":{"totalCount":1}}`},

	{"2019", renamed, "organizations", `{"organizations":{"totalCount":1,"nodes":[{"slug":"union","members":{"totalCount":1,"nodes":[{"name":"Newland"}]}}]}}`},
	{"2019", 0, "organizations", `{"organizations":{"totalCount":0,"nodes":[]}}`},
	{"2006", 0, "organizations", `{"organizations":{"totalCount":1,"nodes":[{"slug":"union","members":{"totalCount":1,"nodes":[{"name":"Oldland"}]}}]}}`},
	{"2001", 0, "organizations", `{"organizations":{"totalCount":0,"nodes":[]}}`},

	{"", moved, "organization", `{"organization":{"slug":"union","sessions":{"totalCount":1,"nodes":[{"date":"2013"}]}}}`},
	{"2012", links, "organization", `{"organization":{"slug":"union","sessions":{"totalCount":1,"nodes":[{"date":"2012"}]}}}`},
	{"2012", learned, "organization", `{"organization":{"slug":"union","sessions":{"totalCount":0,"nodes":[]}}}`},
	{"1999", links, "organization", `{"organization":null}`},
	{"2012", 0, "organization", `{"organization":null}`},

	{"2012", links, "sessions", `{"sessions":{"totalCount":1,"nodes":[{"date":"2012","people":{"totalCount":1,"nodes":[{"name":"Petros"}]},"organizations":{"totalCount":1,"nodes":[{"slug":"union"}]}}]}}`},
	{"2012", learned, "sessions", `{"sessions":{"totalCount":0,"nodes":[]}}`},
	{"2014", learned, "sessions", `{"sessions":{"totalCount":1,"nodes":[{"date":"2013","people":{"totalCount":1,"nodes":[{"name":"Peter"}]},"organizations":{"totalCount":1,"nodes":[{"slug":"union"}]}}]}}`},
	{"2014", takenBack, "sessions", `{"sessions":{"totalCount":1,"nodes":[{"date":"2013","people":{"totalCount":0,"nodes":[]},"organizations":{"totalCount":1,"nodes":[{"slug":"union"}]}}]}}`},
	{"", 0, "sessions", `{"sessions":{"totalCount":1,"nodes":[{"date":"2013","people":{"totalCount":0,"nodes":[]},"organizations":{"totalCount":0,"nodes":[]}}]}}`},

	{"", evidence, "old slug", `{"revision":1,"name":"Petros","history":{"nodes":[{"revision":1,"closedBy":null}]}}`},
	{"", takenBack, "old slug", `{"revision":2,"name":"Peter","history":{"nodes":[{"revision":2,"closedBy":null},{"revision":1,"closedBy":{"number":4}}]}}`},
	{"", 0, "old slug", `null`},
	{"", takenBack, "new slug", `null`},
	{"", 0, "new slug", `{"revision":3,"participations":{"totalCount":0}}`},

	{"2012", links, "events", `{"totalCount":1,"nodes":[{"date":"2012"}]}`},
	{"2012", 0, "events", `{"totalCount":0,"nodes":[]}`},
	{"", 0, "events", `{"totalCount":1,"nodes":[{"date":"2013"}]}`},

	{"2012", links, "transactions", `{"nodes":[{"number":2},{"number":1}]}`},
	{"", learned, "taken back", `null`},
	{"", takenBack, "taken back", `{"changes":{"nodes":[{"action":"CLOSED","record":null,"before":{"participant":{"slug":"first"}}}]}}`},
	{"", 0, "taken back", `{"changes":{"nodes":[{"action":"CLOSED","record":null,"before":{"participant":{"slug":"peter"}}}]}}`},

	{"", links, "doubts", `{"holders":{"nodes":[{"slug":"first"}],"edges":[{"statement":{"evidence":[],"history":{"nodes":[{"valid":[{"field":"subject"…`},
	{"", renamed, "doubts", `{"holders":{"nodes":[{"slug":"first"}],"edges":[{"statement":{"evidence":[{"asserted":"2015","stale":false,"doubts":[]}],"history":{"nodes":[{"valid":[{"field":"subject"…`},
	{"", 0, "doubts", `{"holders":{"nodes":[{"slug":"peter"}],"edges":[{"statement":{"evidence":[{"asserted":"2015","stale":true,"doubts":["STALE"]}],"history":{"nodes":[{"valid":[{"field":"valid","before":"\"2010/2015\"","after":"\"2010/2014\""}]},{"valid":[{"field":"subject"…`},
}
