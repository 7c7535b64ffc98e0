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

	"pgregory.net/rapid"
)

// openEvents opens a graph of events that differ in every field that filters test, in all
// combinations.
func openEvents(t *testing.T) (store.Store, []*diplomacy.Event) {
	t.Helper()
	s := graphtest.OpenStore(t)
	var events []*diplomacy.Event
	for _, date := range []string{"", "2018-04-27", "2018?", "2018/2019", "2019-06"} {
		for _, kind := range []diplomacy.Term{"MEETING", "VISIT"} {
			for _, medium := range []diplomacy.Term{"", "TELEPHONE"} {
				slug := fmt.Sprintf("event-%d", len(events))
				e := &diplomacy.Event{Thing: graphtest.Thing(slug, []string{"Talks", "Call"}[len(events)%2]), Type: kind, Medium: medium, Date: diplomacy.MustParseTime(date)}
				if len(events)%3 == 0 {
					e.Identifiers = []diplomacy.Identifier{{Scheme: "wikidata", Value: fmt.Sprint("Q", len(events)+1)}}
				}
				events = append(events, e)
			}
		}
	}
	graphtest.Commit(t, s, func(w store.Writer) error {
		for _, e := range events {
			if err := w.Put(t.Context(), e); err != nil {
				return err
			}
		}
		return nil
	})
	return s, events
}

// eventTest says of an event whether it passes a condition.
type eventTest func(e *diplomacy.Event, negated bool) bool

// TestNestedFiltersPassWhatAPlainEvaluationPasses draws filters with not, or and isNull.
func TestNestedFiltersPassWhatAPlainEvaluationPasses(t *testing.T) {
	s, events := openEvents(t)
	h := graphtest.NewHandler(s)
	rapid.Check(t, func(r *rapid.T) {
		where, passes := drawEventFilter(r, 3)
		var want []string
		for _, e := range events {
			if passes(e, false) {
				want = append(want, e.Slug)
			}
		}
		var answer struct {
			Data struct {
				Events *struct {
					TotalCount int
					Nodes      []struct{ Slug string }
				}
			}
		}
		text := graphtest.Post(t, h, "query($where: EventFilter) { events(where: $where, orderBy: RECORDED, first: 500) { totalCount nodes { slug } } }", map[string]any{"where": where})
		if err := json.Unmarshal(text, &answer); err != nil || answer.Data.Events == nil {
			r.Fatalf("%s", text)
		}
		var got []string
		for _, n := range answer.Data.Events.Nodes {
			got = append(got, n.Slug)
		}
		if !slices.Equal(got, want) || answer.Data.Events.TotalCount != len(want) {
			r.Fatalf("where %v: got %v (of %d), want %v", where, got, answer.Data.Events.TotalCount, want)
		}
	})
}

// drawEventFilter draws conditions, never none, with others nested to a depth.
func drawEventFilter(r *rapid.T, depth int) (map[string]any, eventTest) {
	where, tests := map[string]any{}, []eventTest{}
	for len(tests) == 0 {
		if kind := rapid.SampledFrom([]diplomacy.Term{"", "MEETING", "VISIT"}).Draw(r, "kind"); kind != "" {
			where["kind"] = []diplomacy.Term{kind}
			tests = append(tests, func(e *diplomacy.Event, _ bool) bool { return e.Type == kind })
		}
		if rapid.IntRange(0, 3).Draw(r, "by medium") == 0 {
			where["medium"] = "TELEPHONE"
			tests = append(tests, func(e *diplomacy.Event, _ bool) bool { return e.Medium == "TELEPHONE" })
		}
		if rapid.IntRange(0, 3).Draw(r, "by name") == 0 {
			where["name"] = map[string]any{"startsWith": "tal"}
			tests = append(tests, func(e *diplomacy.Event, _ bool) bool { return e.Names[0].Value == "Talks" })
		}
		if rapid.IntRange(0, 3).Draw(r, "by scheme") == 0 {
			where["identifier"] = map[string]any{"scheme": []string{"wikidata", "viaf"}}
			tests = append(tests, func(e *diplomacy.Event, _ bool) bool { return len(e.Identifiers) > 0 })
		}
		if rapid.Bool().Draw(r, "by date") {
			date, test := drawDateFilter(r)
			where["date"], tests = date, append(tests, test)
		}
		if depth > 0 && rapid.Bool().Draw(r, "negated") {
			not, test := drawEventFilter(r, depth-1)
			where["not"], tests = not, append(tests, func(e *diplomacy.Event, negated bool) bool { return !test(e, !negated) })
		}
		if depth > 0 && rapid.Bool().Draw(r, "alternatives") {
			or, test := drawAlternatives(r, depth)
			where["or"], tests = or, append(tests, test)
		}
	}
	return where, func(e *diplomacy.Event, negated bool) bool {
		return !slices.ContainsFunc(tests, func(test eventTest) bool { return !test(e, negated) })
	}
}

func drawAlternatives(r *rapid.T, depth int) ([]any, eventTest) {
	var or []any
	var tests []eventTest
	for range rapid.IntRange(1, 3).Draw(r, "number of alternatives") {
		where, test := drawEventFilter(r, depth-1)
		or, tests = append(or, where), append(tests, test)
	}
	return or, func(e *diplomacy.Event, negated bool) bool {
		return slices.ContainsFunc(tests, func(test eventTest) bool { return test(e, negated) })
	}
}

func drawDateFilter(r *rapid.T) (map[string]any, eventTest) {
	if rapid.Bool().Draw(r, "null") {
		null := rapid.Bool().Draw(r, "is null")
		return map[string]any{"isNull": null}, func(e *diplomacy.Event, _ bool) bool { return e.Date.IsZero() == null }
	}
	match := rapid.SampledFrom([]diplomacy.Match{diplomacy.Possible, diplomacy.Certain}).Draw(r, "match")
	text := rapid.SampledFrom([]string{"2018", "2018-04", "2019"}).Draw(r, "period")
	window := diplomacy.MustParseTime(text).Window()
	name := rapid.SampledFrom([]string{"within", "after", "before"}).Draw(r, "relation")
	switch name {
	case "after":
		window = diplomacy.Window{From: window.To, To: diplomacy.Future}
	case "before":
		window = diplomacy.Window{From: diplomacy.Past, To: window.From}
	}
	undated := rapid.Bool().Draw(r, "include undated")
	return map[string]any{name: text, "match": match, "includeUndated": undated}, func(e *diplomacy.Event, negated bool) bool {
		if e.Date.Span().Unknown() {
			return undated != negated // which is no answer, negated or not, unless asked for
		}
		return e.Date.Span().Within(window, match)
	}
}

func TestNestedFiltersAreLimited(t *testing.T) {
	s, _ := openEvents(t)
	h := graphtest.NewHandler(s)
	for where, want := range map[string]string{
		`{not: {}}`:                            "where.not has no condition",
		`{or: [{not: {}}]}`:                    "where.or[0].not has no condition",
		`{not: {or: [{date: {within: "x"}}]}}`: `where.not.or[0].date.within: \"x\" is not a date`,
		strings.Repeat("{not: ", 6) + "{kind: MEETING}" + strings.Repeat("}", 6): "is nested deeper than 5 filters",
		"{or: [" + strings.Repeat("{kind: MEETING} ", 50) + "]}":                 "more than 50 nested filters",
		"{or: [" + strings.Repeat("{kind: MEETING} ", 49) + "]}":                 `"totalCount":10`,
		"{or: []}":   `"totalCount":20`,
		`{or: [{}]}`: `"totalCount":20`,
	} {
		if got := string(graphtest.Post(t, h, "{ events(where: "+where+") { totalCount } }", nil)); !strings.Contains(got, want) {
			t.Errorf("%.60s: got %s, want %s", where, got, want)
		}
	}
}
