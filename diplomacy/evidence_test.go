package diplomacy_test

import (
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"
)

var source = idOf(diplomacy.KindSource, 7)

func TestEvidenceValidateReportsEveryProblem(t *testing.T) {
	goodOne := func() diplomacy.Evidence {
		return diplomacy.Evidence{About: idOf(diplomacy.HoldsOffice, 8), Source: source, Part: "START", Stance: "SUPPORTS", Method: "MANUAL"}
	}
	for name, test := range map[string]struct {
		change func(*diplomacy.Evidence)
		want   []string
	}{
		"good":         {func(e *diplomacy.Evidence) {}, nil},
		"of an entity": {func(e *diplomacy.Evidence) { e.About = event }, nil},
		"full": {func(e *diplomacy.Evidence) {
			e.AttributedTo, e.Retrieved, e.Asserted = state, diplomacy.MustParseTime("2020"), strings.Repeat("a", diplomacy.MaxName)
			e.Quote = diplomacy.Quote{Exact: strings.Repeat("a\n", diplomacy.MaxText/2), Prefix: strings.Repeat("b", diplomacy.MaxName), Suffix: "c\n"}
			e.Locator = diplomacy.Locator{Paragraph: 1, Page: 1, From: 1, To: 2}
		}, nil},
		"empty": {func(e *diplomacy.Evidence) { *e = diplomacy.Evidence{} },
			[]string{"about: is missing", "source: is missing", "part: is missing", "stance: is missing", "method: is missing"}},
		"of evidence":      {func(e *diplomacy.Evidence) { e.About = idOf(diplomacy.KindEvidence, 1) }, []string{"about: is of type Evidence; Evidence allows any entity or statement"}},
		"of a judgement":   {func(e *diplomacy.Evidence) { e.About = idOf(diplomacy.KindJudgement, 1) }, []string{"about: is of type Judgement; Evidence allows any entity or statement"}},
		"from a person":    {func(e *diplomacy.Evidence) { e.Source = person }, []string{"source: is of type Person; Evidence allows Source"}},
		"said by an event": {func(e *diplomacy.Evidence) { e.AttributedTo = event }, []string{"attributedTo: is of type Event; Evidence allows Person, State, Organization, Council"}},
		"terms": {func(e *diplomacy.Evidence) { e.Part, e.Stance, e.Method = "SOME", "DOUBTS", "GUESSED" },
			[]string{`part: "SOME" is not one of WHOLE`, "stance: is not one of SUPPORTS", "method: is not one of MANUAL"}},
		"too long": {func(e *diplomacy.Evidence) {
			e.Asserted = strings.Repeat("a", diplomacy.MaxName+1)
			e.Quote = diplomacy.Quote{Exact: strings.Repeat("a", diplomacy.MaxText+1), Prefix: e.Asserted, Suffix: e.Asserted}
		}, []string{"asserted: has 1001", "quote.exact: has 20001", "quote.prefix: has 1001", "quote.suffix: has 1001"}},
		"two lines asserted": {func(e *diplomacy.Evidence) { e.Asserted = "2108\n2018" }, []string{"asserted: control character"}},
	} {
		e := goodOne()
		test.change(&e)
		t.Run(name, func(t *testing.T) { holdProblems(t, &e, test.want...) })
	}
}

func TestLocatorsAreValidated(t *testing.T) {
	for locator, want := range map[diplomacy.Locator]string{
		{}:                        "",
		{Paragraph: 3}:            "",
		{Page: 12, Paragraph: 3}:  "",
		{From: 1, To: 2}:          "",
		{From: 10, To: 1_000_000}: "",
		{From: 5, To: 5}:          "a later to", // To is exclusive: it would hold nothing
		{From: 5, To: 4}:          "a later to",
		{From: 5}:                 "a later to",
		{To: 5}:                   "a later to",
		{Paragraph: -1}:           "counts from 1",
		{Page: -1}:                "counts from 1",
		{From: -2, To: 3}:         "counts from 1",
	} {
		e := diplomacy.Evidence{About: event, Source: source, Locator: locator}
		e.Normalize()
		if want == "" {
			holdProblems(t, &e)
		} else {
			holdProblems(t, &e, "locator: "+want)
		}
	}
}

func TestQuoteState(t *testing.T) {
	text := &diplomacy.Source{Snapshot: "The ministers spoke by telephone on April 27. They spoke again."}
	for _, test := range []struct {
		source                *diplomacy.Source
		prefix, exact, suffix string
		want                  diplomacy.Term
	}{
		{text, "", "by telephone", "", "FOUND"},
		{text, "spoke ", "by telephone", " on April", "FOUND"},
		{text, "They ", "spoke", "", "FOUND"},
		{text, "We ", "spoke", "", "NOT_FOUND"},
		{text, "", "spoke", " never", "NOT_FOUND"},
		{text, "", "By Telephone", "", "NOT_FOUND"},
		{text, "The", "", "", "UNCHECKED"},
		{&diplomacy.Source{}, "", "spoke", "", "UNCHECKED"},
		{nil, "", "spoke", "", "UNCHECKED"},
	} {
		e := diplomacy.Evidence{Quote: diplomacy.Quote{Exact: test.exact, Prefix: test.prefix, Suffix: test.suffix}}
		if got := e.QuoteState(test.source); got != test.want {
			t.Errorf("%q is %s, want %s", test.prefix+"["+test.exact+"]"+test.suffix, got, test.want)
		}
	}
}

func TestEvidenceIsStaleAfterTheValueChanged(t *testing.T) {
	for _, test := range []struct {
		confirmed diplomacy.TxNumber
		about     diplomacy.Record
		want      bool
	}{
		{3, &diplomacy.Statement{ValueSince: 2}, false},
		{3, &diplomacy.Statement{ValueSince: 3}, false},
		{3, &diplomacy.Statement{ValueSince: 4}, true},
		{3, &diplomacy.Event{Thing: diplomacy.Thing{Head: diplomacy.Head{From: 9}}}, false},
		{3, nil, false},
	} {
		if got := (&diplomacy.Evidence{Confirmed: test.confirmed}).Stale(test.about); got != test.want {
			t.Errorf("confirmed at %d, of %v: stale is %v", test.confirmed, test.about, got)
		}
	}
}

func TestDoubtsAboutEvidence(t *testing.T) {
	article := func(published string) *diplomacy.Source {
		return &diplomacy.Source{Published: diplomacy.MustParseTime(published)}
	}
	minister := &diplomacy.Office{}
	minister.Names = []diplomacy.Name{{Value: "Minister of Foreign Affairs"}, {Value: "Министр иностранных дел"}}
	since := func(n diplomacy.TxNumber) diplomacy.Record { return &diplomacy.Statement{ValueSince: n} }
	for name, test := range map[string]struct {
		evidence diplomacy.Evidence
		about    diplomacy.Record
		source   *diplomacy.Source
		office   *diplomacy.Office
		want     []diplomacy.Term
	}{
		"the visit of 2108":   {diplomacy.Evidence{Part: "START", Asserted: "2108"}, nil, article("2020-04"), nil, []diplomacy.Term{"LATER_THAN_SOURCE"}},
		"an end to come":      {diplomacy.Evidence{Part: "END", Asserted: "2020-05"}, nil, article("2020-04"), nil, []diplomacy.Term{"LATER_THAN_SOURCE"}},
		"doubted itself":      {diplomacy.Evidence{Part: "START", Asserted: "2108?"}, nil, article("2020-04"), nil, []diplomacy.Term{"LATER_THAN_SOURCE"}},
		"the visit of 2016":   {diplomacy.Evidence{Part: "START", Asserted: "2016"}, nil, article("2020-04"), nil, nil},
		"of the same month":   {diplomacy.Evidence{Part: "START", Asserted: "2020-04-30"}, nil, article("2020-04"), nil, nil},
		"of the same year":    {diplomacy.Evidence{Part: "START", Asserted: "2020"}, nil, article("2020-04"), nil, nil},
		"since long":          {diplomacy.Evidence{Part: "START", Asserted: "../2108"}, nil, article("2020-04"), nil, nil},
		"no date":             {diplomacy.Evidence{Part: "START", Asserted: "April 27, 2108"}, nil, article("2020-04"), nil, nil},
		"not of a date":       {diplomacy.Evidence{Part: "VALUE", Asserted: "2108"}, nil, article("2020-04"), nil, nil},
		"who knows when":      {diplomacy.Evidence{Part: "START", Asserted: "2108"}, nil, article(""), nil, nil},
		"still coming out":    {diplomacy.Evidence{Part: "START", Asserted: "2108"}, nil, article("2020/.."), nil, nil},
		"no source":           {diplomacy.Evidence{Part: "START", Asserted: "2108"}, nil, nil, nil, nil},
		"another's title":     {diplomacy.Evidence{Part: "TITLE", Asserted: "Minister of Foreign Affairs and European Integration"}, nil, nil, minister, []diplomacy.Term{"DIFFERS"}},
		"its title":           {diplomacy.Evidence{Part: "TITLE", Asserted: "minister of foreign affairs"}, nil, nil, minister, nil},
		"its other title":     {diplomacy.Evidence{Part: "TITLE", Asserted: "МИНИСТР ИНОСТРАННЫХ ДЕЛ"}, nil, nil, minister, nil},
		"no title":            {diplomacy.Evidence{Part: "TITLE"}, nil, nil, minister, nil},
		"a title of nothing":  {diplomacy.Evidence{Part: "TITLE", Asserted: "King"}, nil, nil, nil, nil},
		"not of the title":    {diplomacy.Evidence{Part: "WHOLE", Asserted: "King"}, nil, nil, minister, nil},
		"of the value before": {diplomacy.Evidence{Confirmed: 1}, since(2), nil, nil, []diplomacy.Term{"STALE"}},
		"misquoted":           {diplomacy.Evidence{Quote: diplomacy.Quote{Exact: "x"}}, nil, &diplomacy.Source{Snapshot: "y"}, nil, []diplomacy.Term{"QUOTE_NOT_FOUND"}},
		"all at once": {diplomacy.Evidence{Part: "START", Asserted: "2108", Quote: diplomacy.Quote{Exact: "x"}}, since(1),
			&diplomacy.Source{Snapshot: "y", Published: diplomacy.MustParseTime("2020")}, minister, []diplomacy.Term{"LATER_THAN_SOURCE", "STALE", "QUOTE_NOT_FOUND"}},
	} {
		if got := test.evidence.Doubts(test.about, test.source, test.office); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
