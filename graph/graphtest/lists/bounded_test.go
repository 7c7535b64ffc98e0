package lists_test

import (
	"fmt"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"
)

// TestListsWithoutPagesAreBounded requests lists of 120 elements, which have no pages but
// the argument first: merged records, judgements, evidence and statements of merged
// records.
func TestListsWithoutPagesAreBounded(t *testing.T) {
	const many = 120
	s := graphtest.OpenStore(t)
	graphtest.Commit(t, s, func(w store.Writer) error {
		p := graphtest.NewPutter(w)
		topic := p.Entity(&diplomacy.Topic{}, "topic")
		event := p.Entity(&diplomacy.Event{Type: "MEETING", Date: diplomacy.MustParseTime("2020")}, "event")
		for i := range many + 1 {
			source := p.Entity(&diplomacy.Source{Type: "COMMUNIQUE"}, fmt.Sprint("source-", i))
			p.Record(&diplomacy.Evidence{About: topic, Source: source})
			twin := topic
			if i > 0 {
				twin = p.Entity(&diplomacy.Topic{}, fmt.Sprint("twin-", i))
				p.Record(&diplomacy.Judgement{A: topic, B: twin, Verdict: "SAME"})
			}
			p.Link(source, diplomacy.Discussed, event, twin)
		}
		return p.Err
	})
	h := graphtest.NewHandler(s)
	for field, query := range map[string]string{
		"id":        `{ topic(by: {slug: "topic"}) { list: mergedFrom%s { id } } }`,
		"verdict":   `{ topic(by: {slug: "topic"}) { list: judgements%s { verdict a { name } } } }`,
		"quote":     `{ topic(by: {slug: "topic"}) { list: evidence%s { quote: quoteState source { name } } } }`,
		"predicate": `{ event(by: {slug: "event"}) { topics { edges { statement { list: alsoRecordedAs%s { predicate } } } } } }`,
	} {
		for argument, want := range map[string]int{"": 100, "(first: 3)": 3, "(first: 0)": 0, "(first: 110)": 110, "(first: 500)": many} {
			data, errs := graphtest.PostForErrors(t, h, fmt.Sprintf(query, argument), nil)
			got := strings.Count(fmt.Sprintf("%s", data), `"`+field+`":`)
			if field == "quote" && argument == "(first: 500)" {
				want = many + 1
			}
			if len(errs) > 0 || got != want {
				t.Errorf("%s has %d; want %d: %v", fmt.Sprintf(query, argument), got, want, errs)
			}
		}
		for _, argument := range []string{"(first: -1)", "(first: 501)"} {
			if _, errs := graphtest.PostForErrors(t, h, fmt.Sprintf(query, argument), nil); len(errs) != 1 || errs[0].Extensions.Code != "BAD_USER_INPUT" {
				t.Errorf("%s: %v", fmt.Sprintf(query, argument), errs)
			}
		}
	}
}
