package diplomacy_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"chancery/diplomacy"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestDifferences(t *testing.T) {
	person, office := diplomacy.MakeID(diplomacy.KindPerson, 1), diplomacy.MakeID(diplomacy.KindOffice, 2)
	tenure := func(valid string, capacity diplomacy.Term) *diplomacy.Statement {
		return &diplomacy.Statement{Head: diplomacy.Head{Revision: uint32(len(valid))}, Predicate: diplomacy.HoldsOffice, Subject: person,
			Object: office, Valid: diplomacy.MustParseTime(valid), Rank: "NORMAL", Role: capacity, ValueSince: diplomacy.TxNumber(len(valid))}
	}
	named := func(slug string, names ...string) *diplomacy.Person {
		p := &diplomacy.Person{Thing: diplomacy.Thing{Slug: slug}}
		for _, n := range names {
			p.Names = append(p.Names, diplomacy.Name{Value: n, Language: "en"})
		}
		return p
	}
	evidence := func(confirmed diplomacy.TxNumber, asserted string) *diplomacy.Evidence {
		return &diplomacy.Evidence{About: person, Source: office, Part: "TITLE", Asserted: asserted, Confirmed: confirmed}
	}
	for _, c := range []struct {
		name          string
		before, after diplomacy.Record
		want          []diplomacy.Difference
	}{
		{"nothing of nothing", nil, nil, nil},
		{"what the store keeps", tenure("2019", "ACTING"), tenure("2019", "ACTING"), nil},
		{"a changed date", tenure("2019", "ACTING"), tenure("2019/2020", "ACTING"), []diplomacy.Difference{{"valid", `"2019"`, `"2019/2020"`}}},
		{"a role by its name", tenure("2019", "ACTING"), tenure("2019", "SUBSTANTIVE"), []diplomacy.Difference{{"capacity", `"ACTING"`, `"SUBSTANTIVE"`}}},
		{"a date taken away", tenure("2019", "ACTING"), tenure("", "ACTING"), []diplomacy.Difference{{"valid", `"2019"`, ""}}},
		{"a list as a whole, unescaped", named("a", "A & B"), named("a", "A & B", "C"), []diplomacy.Difference{
			{"names", `[{"value":"A & B","language":"en"}]`, `[{"value":"A & B","language":"en"},{"value":"C","language":"en"}]`}}},
		{"created", nil, named("a"), []diplomacy.Difference{{"slug", "", `"a"`}}},
		{"closed", named("a"), nil, []diplomacy.Difference{{"slug", `"a"`, ""}}},
		{"created, with its ends", nil, tenure("2019", "ACTING"), []diplomacy.Difference{
			{"subject", "", `"` + person.String() + `"`}, {"object", "", `"` + office.String() + `"`},
			{"valid", "", `"2019"`}, {"rank", "", `"NORMAL"`}, {"capacity", "", `"ACTING"`}}},
		{"confirmed", evidence(3, "Minister"), evidence(7, "Minister"), []diplomacy.Difference{{"confirmed", "3", "7"}}},
		{"evidence is recorded, not confirmed", nil, evidence(3, ""), []diplomacy.Difference{
			{"about", "", `"` + person.String() + `"`}, {"source", "", `"` + office.String() + `"`}, {"part", "", `"TITLE"`}}},
		{"a judgement", &diplomacy.Judgement{A: person, Verdict: "SAME"}, &diplomacy.Judgement{A: person, Verdict: "UNSURE", Reasons: []string{"why"}}, []diplomacy.Difference{
			{"verdict", `"SAME"`, `"UNSURE"`}, {"reasons", "", `["why"]`}}},
		{"lifted", &diplomacy.Source{Restricted: true}, &diplomacy.Source{}, []diplomacy.Difference{{"restricted", "true", ""}}},
		{"no more and no less", &diplomacy.Observation{Amount: decimal.New(0, 0)}, &diplomacy.Observation{Amount: decimal.New(25, -1)}, []diplomacy.Difference{{"amount", `"0"`, `"2.5"`}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, diplomacy.Differences(c.before, c.after)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestApplyingDifferencesGivesTheNextVersion compares Differences with what
// encoding/json writes of two records: applied to the first they give the second, and
// no difference is empty.
func TestApplyingDifferencesGivesTheNextVersion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := anything(t)
		after := another(before)
		fillAny(t, reflect.ValueOf(after).Elem())
		rule := rapid.SampledFrom(diplomacy.Vocabulary).Draw(t, "rule")
		before, after = sober(before, rule.Predicate), sober(after, rule.Predicate)
		if rapid.Bool().Draw(t, "only a field") {
			after = withOneFieldOf(t, before, after)
		}
		fields := spelled(t, before)
		for _, d := range diplomacy.Differences(before, after) {
			if d.Before == d.After {
				t.Fatalf("%s is reported but is the same", d.Field)
			}
			if d.After == "" {
				delete(fields, d.Field)
			} else {
				fields[d.Field] = decoded(t, d.After)
			}
		}
		if diff := cmp.Diff(spelled(t, after), fields); diff != "" {
			t.Fatalf("(-after +before with the differences):\n%s", diff)
		}
		if d := diplomacy.Differences(before, before); d != nil {
			t.Fatalf("of itself: %v", d)
		}
	})
}

// sober removes from a record what stored ones do not have, and amounts that take too
// long to write.
func sober(r diplomacy.Record, predicate diplomacy.Kind) diplomacy.Record {
	switch r := r.(type) {
	case *diplomacy.Observation:
		r.Amount = decimal.New(r.Amount.CoefficientInt64()%1000, r.Amount.Exponent()%9)
	case *diplomacy.Statement:
		r.Predicate = predicate
		if diplomacy.RuleOf(predicate).Role == "" {
			r.Role = ""
		}
	}
	return r
}

// another is an empty record of the same type.
func another(r diplomacy.Record) diplomacy.Record {
	return reflect.New(reflect.TypeOf(r).Elem()).Interface().(diplomacy.Record)
}

// withOneFieldOf is a copy of the first with one field of the second.
func withOneFieldOf(t *rapid.T, first, second diplomacy.Record) diplomacy.Record {
	mixed := another(first)
	v := reflect.ValueOf(mixed).Elem()
	v.Set(reflect.ValueOf(first).Elem())
	i := rapid.IntRange(0, v.NumField()-1).Draw(t, "field")
	v.Field(i).Set(reflect.ValueOf(second).Elem().Field(i))
	return mixed
}

// spelled returns a record as encoding/json writes it, with the fields that files
// spell otherwise.
func spelled(t *rapid.T, r diplomacy.Record) map[string]any {
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	fields := decoded(t, string(text)).(map[string]any)
	delete(fields, "id")
	more := map[string]any{}
	for ref := range diplomacy.References(r) {
		more[ref.Name] = *ref.ID
	}
	switch r := r.(type) {
	case *diplomacy.Statement:
		more[diplomacy.RuleOf(r.Predicate).Role] = r.Role
	case *diplomacy.Evidence:
		more["confirmed"] = r.Confirmed
	}
	for name, v := range more {
		if !reflect.ValueOf(v).IsZero() || name == "confirmed" {
			text, _ := json.Marshal(v)
			fields[name] = decoded(t, string(text))
		}
	}
	return fields
}

func decoded(t *rapid.T, text string) (v any) {
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}
