package diplomacy_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"chancery/diplomacy"

	"github.com/shopspring/decimal"
)

// holdProblems compares the problems of a record with a list of "field:
// part of the reason", of which none may be missing and none be left over.
func holdProblems(t *testing.T, record diplomacy.Record, want ...string) {
	t.Helper()
	var problems diplomacy.Problems
	if err := record.Validate(); err != nil && !errors.As(err, &problems) {
		t.Fatalf("%T is no Problems", err)
	}
	if len(problems) != len(want) {
		t.Errorf("%d problems, want %d:\n%v", len(problems), len(want), problems)
		return
	}
	for i, problem := range problems {
		field, reason, _ := strings.Cut(want[i], ": ")
		if problem.Field != field || !strings.Contains(problem.Reason, reason) {
			t.Errorf("problem %q: %q, want %q", problem.Field, problem.Reason, want[i])
		}
		if len(problem.Reason) > 1000 {
			t.Errorf("%s: the reason has %d bytes", field, len(problem.Reason))
		}
	}
}

// good is an entity with nothing wrong.
func good(kind diplomacy.Kind) diplomacy.Entity {
	e := diplomacy.NewEntity(kind)
	e.Base().Slug, e.Base().Names = "one", []diplomacy.Name{{Value: "One", Language: "en"}}
	switch e := e.(type) {
	case *diplomacy.Organization:
		e.Type = "MINISTRY"
	case *diplomacy.Council:
		e.Type = "COUNCIL"
	case *diplomacy.Office:
		e.Type = "CHAIR"
	case *diplomacy.Event:
		e.Type = "MEETING"
	case *diplomacy.Agreement:
		e.Type = "TREATY"
	case *diplomacy.Observation:
		e.Indicator, e.Period, e.Unit = "EXPORTS", diplomacy.MustParseTime("2018"), "USD"
	case *diplomacy.Source:
		e.Type = "BOOK"
	}
	return e
}

func TestMinimalEntitiesAreValidAndEmptyOnesAreNot(t *testing.T) {
	needs := map[diplomacy.Kind][]string{
		diplomacy.KindOrganization: {"kind: is missing; one of INTERGOVERNMENTAL, MINISTRY"},
		diplomacy.KindCouncil:      {"kind: is missing; one of COUNCIL, ASSEMBLY"},
		diplomacy.KindOffice:       {"kind: is missing; one of HEAD_OF_STATE"},
		diplomacy.KindEvent:        {"kind: is missing; one of MEETING"},
		diplomacy.KindAgreement:    {"kind: is missing; one of TREATY"},
		diplomacy.KindObservation:  {"indicator: is missing; one of TRADE", "period: is missing", "unit: neither an ISO 4217"},
		diplomacy.KindSource:       {"kind: is missing; one of NEWS_ARTICLE"},
	}
	for _, kind := range diplomacy.EntityKinds {
		t.Run(kind.String(), func(t *testing.T) {
			holdProblems(t, good(kind))
			empty := append([]string{"slug: want 1 to 120", "names: at least one"}, needs[kind]...)
			holdProblems(t, diplomacy.NewEntity(kind), empty...)
		})
	}
}

func TestEntityValidateReportsFields(t *testing.T) {
	at := diplomacy.MustParseTime
	for name, test := range map[string]struct {
		record diplomacy.Record
		change func(diplomacy.Record)
		want   []string
	}{
		"died first":   {good(diplomacy.KindPerson), func(r diplomacy.Record) { p := r.(*diplomacy.Person); p.Born, p.Died = at("1960"), at("1959-12") }, []string{"died: 1959-12 is before 1960"}},
		"died at once": {good(diplomacy.KindPerson), func(r diplomacy.Record) { p := r.(*diplomacy.Person); p.Born, p.Died = at("1960-05-02"), at("1960") }, nil},
		"only died":    {good(diplomacy.KindPerson), func(r diplomacy.Record) { r.(*diplomacy.Person).Died = at("1960") }, nil},
		"state undone": {good(diplomacy.KindState), func(r diplomacy.Record) {
			s := r.(*diplomacy.State)
			s.Founded, s.Dissolved = at("1991-10-18"), at("1991-10-17")
		}, []string{"dissolved: 1991-10-17 is before"}},
		"body undone": {good(diplomacy.KindOrganization), func(r diplomacy.Record) {
			o := r.(*diplomacy.Organization)
			o.Founded, o.Dissolved = at("2009"), at("2008")
		}, []string{"dissolved: is before"}},
		"council undone":   {good(diplomacy.KindCouncil), func(r diplomacy.Record) { c := r.(*diplomacy.Council); c.Founded, c.Dissolved = at("2009"), at("2008") }, []string{"dissolved: is before"}},
		"office undone":    {good(diplomacy.KindOffice), func(r diplomacy.Record) { o := r.(*diplomacy.Office); o.Founded, o.Dissolved = at("2009"), at("2008") }, []string{"dissolved: is before"}},
		"wrong kinds":      {good(diplomacy.KindOrganization), func(r diplomacy.Record) { r.(*diplomacy.Organization).Type = "ministry" }, []string{`kind: "ministry" is not one of INTERGOVERNMENTAL, MINISTRY`}},
		"council kind":     {good(diplomacy.KindCouncil), func(r diplomacy.Record) { r.(*diplomacy.Council).Type = "MINISTRY" }, []string{"kind: is not one of COUNCIL"}},
		"office kind":      {good(diplomacy.KindOffice), func(r diplomacy.Record) { r.(*diplomacy.Office).Type = "COUNCIL" }, []string{"kind: is not one of HEAD"}},
		"agreement kind":   {good(diplomacy.KindAgreement), func(r diplomacy.Record) { r.(*diplomacy.Agreement).Type = "DEAL" }, []string{"kind: is not one of TREATY"}},
		"place kind":       {good(diplomacy.KindPlace), func(r diplomacy.Record) { r.(*diplomacy.Place).Type = "VILLAGE" }, []string{"kind: is not one of CITY"}},
		"source kind":      {good(diplomacy.KindSource), func(r diplomacy.Record) { r.(*diplomacy.Source).Type = "BLOG" }, []string{"kind: is not one of NEWS"}},
		"source language":  {good(diplomacy.KindSource), func(r diplomacy.Record) { r.(*diplomacy.Source).Language = "english" }, []string{"sourceLanguage: not a language tag"}},
		"whole snapshot":   {good(diplomacy.KindSource), func(r diplomacy.Record) { r.(*diplomacy.Source).Snapshot = strings.Repeat("a\n", 2<<20) }, nil},
		"long snapshot":    {good(diplomacy.KindSource), func(r diplomacy.Record) { r.(*diplomacy.Source).Snapshot = strings.Repeat("a\n", 2<<20) + "b" }, []string{"snapshot: has 4194305 bytes"}},
		"outcome in lines": {good(diplomacy.KindEvent), func(r diplomacy.Record) { r.(*diplomacy.Event).Outcome = "One.\n\tTwo." }, nil},
		"outcome rings":    {good(diplomacy.KindEvent), func(r diplomacy.Record) { r.(*diplomacy.Event).Outcome = "\a" }, []string{"outcome: control character"}},
		"facets": {good(diplomacy.KindEvent), func(r diplomacy.Record) {
			e := r.(*diplomacy.Event)
			e.Type, e.Medium, e.Format, e.Level = "CALL", "PHONE", "PAIR", "LOW"
			e.VisitRank, e.SessionType, e.Status = "GRAND", "ODD", "DONE"
		}, []string{"kind: not one of MEETING", "medium: not one of IN_PERSON", "format: not one of BILATERAL", "level: not one of HEADS", "visitRank: not one of STATE", "sessionType: not one of REGULAR", "status: not one of ANNOUNCED"}},
	} {
		t.Run(name, func(t *testing.T) {
			test.change(test.record)
			holdProblems(t, test.record, test.want...)
		})
	}
}

func TestAmountsAreValidated(t *testing.T) {
	for text, want := range map[string][]string{
		"0": nil, "-900000": nil, "3700000": nil, "0.00000000000000000001": nil, "1e20": nil,
		strings.Repeat("9", 40):            nil,
		strings.Repeat("9", 41):            {"amount: out of range"},
		"0.000000000000000000001":          {"amount: out of range"},
		"1e21":                             {"amount: out of range"},
		"1e10000":                          {"amount: out of range"},
		strings.Repeat("9", 20) + ".00001": nil,
	} {
		figure := good(diplomacy.KindObservation).(*diplomacy.Observation)
		figure.Amount = decimal.RequireFromString(text)
		holdProblems(t, figure, want...)
	}
	for _, exponent := range []int32{math.MinInt32, math.MaxInt32} {
		figure := good(diplomacy.KindObservation).(*diplomacy.Observation)
		figure.Amount = decimal.New(1, exponent)
		holdProblems(t, figure, "amount: out of range")
	}
}

func TestUnitsAreValidated(t *testing.T) {
	for unit, ok := range map[string]bool{
		"USD": true, "AZN": true, "KGS": true, "EUR": true, "COUNT": true, "PERCENT": true,
		"MRU": true, "VES": true, "SLE": true, "VED": true, "ZWG": true, "XCG": true, "DEM": true, "vES": false,
		"": false, "usd": false, "US": false, "DOLLAR": false, "ZZZ": false, "count": false, "USD ": false, "U\x00D": false,
	} {
		figure := good(diplomacy.KindObservation).(*diplomacy.Observation)
		figure.Unit = unit
		if ok {
			holdProblems(t, figure)
		} else {
			holdProblems(t, figure, "unit: neither an ISO 4217 currency code nor one of COUNT, PERCENT")
		}
	}
}
