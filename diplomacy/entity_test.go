package diplomacy_test

import (
	"testing"

	"chancery/diplomacy"
)

func TestEntitiesAreDatedByTheirDate(t *testing.T) {
	day := diplomacy.MustParseTime("2020-04-27")
	for _, entity := range []diplomacy.Entity{
		&diplomacy.Person{Born: day}, &diplomacy.State{Lifetime: diplomacy.Lifetime{Founded: day}},
		&diplomacy.Organization{Lifetime: diplomacy.Lifetime{Founded: day}}, &diplomacy.Council{Lifetime: diplomacy.Lifetime{Founded: day}},
		&diplomacy.Office{Lifetime: diplomacy.Lifetime{Founded: day}}, &diplomacy.Event{Date: day}, &diplomacy.Agreement{Date: day},
		&diplomacy.Observation{Period: day}, &diplomacy.Source{Published: day},
	} {
		if entity.Dated() != day {
			t.Errorf("a %s is dated %q", entity.Kind(), entity.Dated())
		}
	}
	if !(&diplomacy.Topic{}).Dated().IsZero() || !(&diplomacy.Place{}).Dated().IsZero() {
		t.Error("a topic or place has a date")
	}
}

// TestFacetsDrawFromTheirLists fills each facet that a kind has with the first
// term of its list and wants a record that is allowed.
func TestFacetsDrawFromTheirLists(t *testing.T) {
	event := good(diplomacy.KindEvent).(*diplomacy.Event)
	fields := []*diplomacy.Term{&event.Type, &event.Medium, &event.Format, &event.Level, &event.VisitRank, &event.SessionType, &event.Status}
	if len(fields) != int(diplomacy.FacetCount) {
		t.Fatalf("an event has %d facets", diplomacy.FacetCount)
	}
	for facet, field := range fields {
		*field = diplomacy.FacetTerms(diplomacy.KindEvent, diplomacy.Facet(facet))[0]
		if event.Facets()[facet] != *field {
			t.Errorf("facet %d is %s, want %s", facet, event.Facets()[facet], *field)
		}
	}
	holdProblems(t, event)
	for _, kind := range diplomacy.EntityKinds {
		entity := good(kind)
		for facet, term := range entity.Facets() {
			if list := diplomacy.FacetTerms(kind, diplomacy.Facet(facet)); term != "" && !list.Has(term) {
				t.Errorf("a %s has facet %d %s, of %s", kind, facet, term, list)
			}
		}
	}
}

func TestIdentifierTextRoundTrip(t *testing.T) {
	state := &diplomacy.State{}
	for _, text := range []string{"wikidata:Q227", "iso3166-1-alpha-2:AZ", "iso3166-1-alpha-3:AZE", "iso3166-1-numeric:031", "url:https://example.org:80/"} {
		var i diplomacy.Identifier
		if err := i.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if back, err := i.MarshalText(); err != nil || string(back) != text {
			t.Errorf("%s came back as %s, %v", text, back, err)
		}
		state.Identifiers = append(state.Identifiers, i)
	}
	if got := [...]string{state.Wikidata(), state.ISOAlpha2(), state.ISOAlpha3(), state.ISONumeric(), state.Identifier("url"), state.Identifier("gnd")}; got != [...]string{"Q227", "AZ", "AZE", "031", "https://example.org:80/", ""} {
		t.Errorf("the identifiers are %q", got)
	}
	for _, text := range []string{"", ":", "Q227", "wikidata:", ":Q227"} {
		if i, err := diplomacy.ParseIdentifier(text); err == nil {
			t.Errorf("%q is taken for %v", text, i)
		}
	}
}

func TestKnownAt(t *testing.T) {
	for _, test := range []struct {
		head diplomacy.Head
		at   diplomacy.TxNumber
		want bool
	}{
		{diplomacy.Head{From: 3}, 2, false},
		{diplomacy.Head{From: 3}, 3, true},
		{diplomacy.Head{From: 3}, 99, true},
		{diplomacy.Head{From: 3, Until: 5}, 4, true},
		{diplomacy.Head{From: 3, Until: 5}, 5, false},
	} {
		if got := test.head.KnownAt(test.at); got != test.want {
			t.Errorf("%+v known at %d: %v", test.head, test.at, got)
		}
	}
}

func TestSnapshotSHA256(t *testing.T) {
	// The digest of "abc" is the first example of FIPS 180-4.
	for snapshot, want := range map[string]string{"": "", "abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"} {
		if got := (&diplomacy.Source{Snapshot: snapshot}).SnapshotSHA256(); got != want {
			t.Errorf("the digest of %q is %s", snapshot, got)
		}
	}
}
