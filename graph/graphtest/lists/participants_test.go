package lists_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// openTalks opens a graph of events with participants: event 1 of a, b and, for c, a person;
// event 2 of a; event 3 of b and c, b's participation being deprecated; event 4 of nobody.
// The state d is merged with a, and took part in event 5.
func openTalks(t *testing.T) store.Store {
	t.Helper()
	s := graphtest.OpenStore(t)
	states, events := map[string]diplomacy.ID{}, []diplomacy.ID{0}
	graphtest.Commit(t, s, func(w store.Writer) error {
		p := graphtest.NewPutter(w)
		for _, slug := range []string{"a", "b", "c", "d"} {
			states[slug] = p.Record(&diplomacy.State{Thing: graphtest.Thing(slug, slug)})
		}
		person := p.Record(&diplomacy.Person{Thing: graphtest.Thing("p", "p")})
		for i := range 5 {
			slug := fmt.Sprint("event-", i+1)
			events = append(events, p.Record(&diplomacy.Event{Thing: graphtest.Thing(slug, slug), Type: "MEETING", Date: diplomacy.MustParseTime(fmt.Sprint(2001 + i))}))
		}
		took := func(actor diplomacy.ID, event int, onBehalf diplomacy.ID, rank diplomacy.Term) {
			p.Record(&diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: actor, Object: events[event], OnBehalfOf: onBehalf, Rank: rank})
		}
		took(states["a"], 1, 0, "")
		took(states["b"], 1, 0, "")
		took(person, 1, states["c"], "")
		took(states["a"], 2, 0, "")
		took(states["b"], 3, 0, "DEPRECATED")
		took(states["c"], 3, 0, "")
		took(states["d"], 5, 0, "")
		p.Record(&diplomacy.Judgement{A: states["a"], B: states["d"], Verdict: "SAME", Reasons: []string{"x"}})
		return p.Err
	})
	return s
}

func TestEventsAreFilteredByParticipants(t *testing.T) {
	h := graphtest.NewHandler(openTalks(t))
	for where, want := range map[string][]string{
		`{participants: {all: ["State/a"]}}`:                                        {"event-1", "event-2", "event-5"},
		`{participants: {all: ["State/d"]}}`:                                        {"event-1", "event-2", "event-5"},
		`{participants: {all: ["State/a", "State/b"]}}`:                             {"event-1"},
		`{participants: {all: ["State/b", "State/c"]}}`:                             {"event-1"},
		`{participants: {any: ["State/b", "State/c"]}}`:                             {"event-1", "event-3"},
		`{participants: {all: ["State/a"], any: ["State/b", "State/c"]}}`:           {"event-1"},
		`{participants: {all: ["Person/p"]}}`:                                       {"event-1"},
		`{participants: {all: [], any: []}}`:                                        {"event-1", "event-2", "event-3", "event-4", "event-5"},
		`{not: {participants: {any: ["State/a", "State/c"]}}}`:                      {"event-4"},
		`{or: [{participants: {all: ["State/c"]}}, {date: {within: "2004"}}]}`:      {"event-1", "event-3", "event-4"},
		`{participants: {all: ["State/a"]}, not: {participants: {all: "State/b"}}}`: {"event-2", "event-5"},
		`{participants: {all: ["State/a"]}, name: {startsWith: "event-2"}}`:         {"event-2"},
	} {
		var answer struct {
			Data struct {
				Events *struct {
					TotalCount int
					Nodes      []struct{ Slug string }
				}
			}
		}
		text := graphtest.Post(t, h, "{ events(where: "+where+", orderBy: OLDEST) { totalCount nodes { slug } } }", nil)
		if err := json.Unmarshal(text, &answer); err != nil || answer.Data.Events == nil {
			t.Errorf("%s: %s", where, text)
			continue
		}
		var got []string
		for _, n := range answer.Data.Events.Nodes {
			got = append(got, n.Slug)
		}
		if !slices.Equal(got, want) || answer.Data.Events.TotalCount != len(want) {
			t.Errorf("%s: got %v of %d, want %v", where, got, answer.Data.Events.TotalCount, want)
		}
	}
	for where, want := range map[string]string{
		`{participants: {all: ["State/nowhere"]}}`:                `where.participants.all[0]: there is no \"State/nowhere\"`,
		`{or: [{not: {participants: {any: ["Event/event-1"]}}}]}`: "where.or[0].not.participants.any[0]: ",
	} {
		if got := string(graphtest.Post(t, h, "{ events(where: "+where+") { totalCount } }", nil)); !strings.Contains(got, want) {
			t.Errorf("%s: got %s, want %s", where, got, want)
		}
	}
}
