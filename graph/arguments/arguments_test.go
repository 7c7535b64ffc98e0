package arguments_test

import (
	"fmt"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/relations"
	"chancery/store"

	"github.com/google/go-cmp/cmp"
)

func TestLinksAreDecoded(t *testing.T) {
	raw := map[string]any{
		"first": int64(3), "after": "AAAA", "orderBy": "OLDEST", "validAt": "2020-04",
		"where": map[string]any{"role": []any{"GUEST"}, "kind": []any{"MEETING"}, "date": map[string]any{"within": "2020", "match": "CERTAIN"}},
	}
	year, month := diplomacy.MustParseTime("2020").Window(), diplomacy.MustParseTime("2020-04").Window()
	asOf := store.TimeTest{Relation: store.AsOf, Window: month, Match: diplomacy.Possible}
	want := &arguments.Links{
		Page: store.Page{Limit: 3, After: "\x00\x00\x00"},
		Where: store.LinkFilter{
			Roles:  []diplomacy.Term{"GUEST"},
			Facets: []store.FacetTest{{Facet: diplomacy.FacetKind, Terms: []diplomacy.Term{"MEETING"}}},
			Times:  []store.TimeTest{{Relation: store.Within, Window: year, Match: diplomacy.Certain}, asOf},
		},
		AsOf: []store.TimeTest{asOf},
	}
	got, err := arguments.ReadLinks(relations.Table["Person.participations"], raw, diplomacy.MustParseTime("1999"))
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v; arguments differ (-want +got):\n%s", err, diff)
	}
}

func TestInvalidArgumentsAreRejected(t *testing.T) {
	for _, c := range []struct {
		raw  map[string]any
		want string
	}{
		{map[string]any{"first": int64(-1)}, "first is -1; want 0 to 500"},
		{map[string]any{"first": int64(1), "last": int64(1)}, "first and last are both given; take from one end"},
		{map[string]any{"before": ""}, `before: "" is no cursor; pass one from an edge or pageInfo of this list`},
		{map[string]any{"validAt": "x"}, `validAt: "x" is not a date (EDTF): at position 1 a year has four digits; the last one or two may be X`},
		{map[string]any{"where": map[string]any{"valid": map[string]any{"at": "x"}}}, `where.valid.at: "x" is not a date (EDTF): at position 1 a year has four digits; the last one or two may be X`},
	} {
		if _, err := arguments.ReadLinks(relations.Table["Person.offices"], c.raw, diplomacy.Time{}); err == nil || err.Error() != c.want {
			t.Errorf("%v: got error %v, want %s", c.raw, err, c.want)
		}
	}
}

func TestInvalidNameFiltersAreRejected(t *testing.T) {
	for text, want := range map[string]string{
		"":                        `where.name.contains: "" has no character to compare; leave the field out to match all names`,
		" \t":                     `where.name.contains: " \t" has no character to compare; leave the field out to match all names`,
		"\u0301":                  "where.name.contains: \"\u0301\" has no character to compare; leave the field out to match all names",
		strings.Repeat("ß", 101):  "where.name.contains: has 202 characters; at most 200 are allowed",
		strings.Repeat("a", 1e6):  "where.name.contains: has 1000000 characters; at most 200 are allowed",
		strings.Repeat("ß", 100):  "",
		strings.Repeat("é ", 100): "",
	} {
		raw := map[string]any{"where": map[string]any{"name": map[string]any{"contains": text}}}
		_, err := arguments.ReadList(diplomacy.KindPerson, raw, diplomacy.Time{}, nil)
		if got := fmt.Sprint(err); want == "" && err != nil || want != "" && got != want {
			t.Errorf("%.20q: got error %v, want %s", text, err, want)
		}
	}
	raw := map[string]any{"where": map[string]any{"name": map[string]any{"equals": nil, "startsWith": "Ł"}}}
	q, err := arguments.ReadList(diplomacy.KindPerson, raw, diplomacy.Time{}, nil)
	if want := (store.NameTest{StartsWith: "Ł"}); err != nil || q.Where.Name != want {
		t.Errorf("got %+v, %v, want %+v", q.Where.Name, err, want)
	}
}

func TestEntitiesAreIdentifiedByIDOrKey(t *testing.T) {
	for _, c := range []struct {
		by   map[string]any
		want arguments.Entity
	}{
		{map[string]any{"slug": "x"}, byKey(diplomacy.KindState, store.SchemeSlug, "x")},
		{map[string]any{"isoAlpha2": "KG"}, byKey(diplomacy.KindState, diplomacy.SchemeISOAlpha2, "KG")},
		{map[string]any{"isoAlpha3": "kgz"}, byKey(diplomacy.KindState, diplomacy.SchemeISOAlpha3, "KGZ")},
		{map[string]any{"identifier": "iso3166-1-alpha-2:kg"}, byKey(diplomacy.KindState, diplomacy.SchemeISOAlpha2, "KG")},
		{map[string]any{"id": "State/x"}, byKey(diplomacy.KindState, store.SchemeSlug, "x")},
		{map[string]any{"id": "wikidata:Q1"}, byKey(diplomacy.KindState, diplomacy.SchemeWikidata, "Q1")},
		{map[string]any{"id": "Person/x"}, arguments.Entity{Kind: diplomacy.KindState}},
		{map[string]any{"id": "person_000000000001"}, arguments.Entity{Kind: diplomacy.KindState}},
		{map[string]any{"id": "state_000000000001"}, arguments.Entity{Kind: diplomacy.KindState, ID: diplomacy.MakeID(diplomacy.KindState, 1)}},
	} {
		if got, err := arguments.ReadBy(diplomacy.KindState, "by", c.by); err != nil || got != c.want {
			t.Errorf("%v: got %v, %v, want %v", c.by, got, err, c.want)
		}
	}
}

func byKey(kind diplomacy.Kind, scheme, value string) arguments.Entity {
	return arguments.Entity{Kind: kind, Key: store.Key{Kind: kind, Scheme: scheme, Value: value}}
}

func TestKeysThatNothingCouldHaveAreRejected(t *testing.T) {
	for _, c := range []struct{ field, value, want string }{
		{"isoAlpha2", "USA", "of.isoAlpha2: USA is an ISO 3166-1 alpha-3 code; use isoAlpha3"},
		{"isoAlpha3", "us", "of.isoAlpha3: us is an ISO 3166-1 alpha-2 code; use isoAlpha2"},
		{"isoAlpha2", "U2", `of.isoAlpha2: "U2" is not an ISO 3166-1 alpha-2 code: want 2 letters`},
		{"isoAlpha3", "", `of.isoAlpha3: "" is not an ISO 3166-1 alpha-3 code: want 3 letters`},
		{"identifier", "nonsense", `of.identifier: "nonsense" is not an identifier: want scheme:value, such as wikidata:Q227`},
		{"id", "nonsense", `of.id: "nonsense" is not a reference: want an id, Type/slug or scheme:value`},
		{"id", "_:a", `of.id: "_:a" is not a reference: want an id, Type/slug or scheme:value`},
		{"id", "", `of.id: "" is not a reference: want an id, Type/slug or scheme:value`},
	} {
		if _, err := arguments.ReadBy(diplomacy.KindState, "of", map[string]any{c.field: c.value}); err == nil || err.Error() != c.want {
			t.Errorf("%s %s: got error %v, want %s", c.field, c.value, err, c.want)
		}
	}
}
