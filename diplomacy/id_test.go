package diplomacy_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"

	"pgregory.net/rapid"
)

// everyKind are the kinds that ids can have.
func everyKind() []diplomacy.Kind {
	all := append([]diplomacy.Kind{diplomacy.KindEvidence, diplomacy.KindJudgement}, diplomacy.EntityKinds...)
	for _, rule := range diplomacy.Vocabulary {
		all = append(all, rule.Predicate)
	}
	return all
}

var (
	anyKind  = rapid.SampledFrom(everyKind())
	anyStamp = rapid.Uint64Range(0, 1<<56-1)
)

func TestIDHasOneSpelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind, stamp := anyKind.Draw(t, "kind"), anyStamp.Draw(t, "stamp")
		id := diplomacy.MakeID(kind, stamp)
		if id.Kind() != kind || id.Stamp() != stamp {
			t.Fatalf("%v is of kind %v and stamp %d", id, id.Kind(), id.Stamp())
		}
		back, err := diplomacy.ParseID(id.String())
		if err != nil || back != id {
			t.Fatalf("ParseID(%q) = %v, %v", id.String(), back, err)
		}
	})
}

func TestIDTextsSortAsIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := anyKind.Draw(t, "kind")
		a := diplomacy.MakeID(kind, anyStamp.Draw(t, "a"))
		b := diplomacy.MakeID(kind, anyStamp.Draw(t, "b"))
		if cmp.Compare(a, b) != cmp.Compare(a.String(), b.String()) {
			t.Fatalf("%d and %d sort otherwise than %s and %s", a, b, a, b)
		}
	})
}

func TestStampAtIsMonotonic(t *testing.T) {
	begin := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		moment time.Time
		want   string
	}{
		{begin.AddDate(-50, 0, 0), "state_000000000000"},
		{begin, "state_000000000000"},
		{begin.Add(time.Millisecond - 1), "state_000000000000"},
		{begin.Add(time.Millisecond), "state_000000001000"},
		{begin.Add((1<<41 - 1) * time.Millisecond), "state_1zzzzzzzz000"},
	} {
		id := diplomacy.MakeID(diplomacy.KindState, diplomacy.StampAt(test.moment))
		if id.String() != test.want {
			t.Errorf("the id of %s is %s, want %s", test.moment, id, test.want)
		}
	}
}

func TestParseIDRejectsInvalidText(t *testing.T) {
	for text, reason := range map[string]string{
		"":                            "want a type, an underscore",
		"person":                      "want a type, an underscore",
		"person_":                     "want a type, an underscore",
		"person_00000000001":          "and 12 characters",
		"person_0000000000001":        "and 12 characters",
		"person000000000001":          "want a type, an underscore",
		"_000000000001":               "no type has the prefix",
		"Person_000000000001":         "no type has the prefix",
		"holds_office_000000000001":   "no type has the prefix",
		" person_000000000001":        "no type has the prefix",
		"person_000000000001 ":        "and 12 characters",
		"person_00000000000A":         "are not valid",
		"person_00000000000i":         "are not valid",
		"person_00000000000l":         "are not valid",
		"person_00000000000o":         "are not valid",
		"person_00000000000u":         "are not valid",
		"person_0000000000é":          "are not valid",
		"person_0000000000\x00\xff":   "are not valid",
		"person_200000000000":         "are not valid", // the 57th bit
		"person_zzzzzzzzzzzz":         "are not valid",
		strings.Repeat("person", 1e6): "want a type, an underscore",
	} {
		id, err := diplomacy.ParseID(text)
		if err == nil || id != 0 || !strings.Contains(err.Error(), reason) {
			t.Errorf("ParseID(%s) = %v, %v; want an error saying %q", diplomacy.Shorten(text), id, err, reason)
		} else if len(err.Error()) > 300 {
			t.Errorf("the error of %s has %d bytes", diplomacy.Shorten(text), len(err.Error()))
		}
	}
}

func TestIDTextRoundTrip(t *testing.T) {
	var id diplomacy.ID
	for _, text := range []string{"tenure_00000000000z", ""} {
		if err := id.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if back, err := id.MarshalText(); err != nil || string(back) != text {
			t.Errorf("%q came back as %q, %v", text, back, err)
		}
	}
	if err := id.UnmarshalText([]byte("no id")); err == nil || id != 0 {
		t.Errorf("UnmarshalText parsed \"no id\" as %v", id)
	}
}

func FuzzParseID(f *testing.F) {
	for _, seed := range []string{"", "person_000000000001", "office_of_1zzzzzzzzzzz", "diplomatic_relations_0123456789ab", "_000000000000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if id, err := diplomacy.ParseID(text); err == nil && id.String() != text {
			t.Errorf("ParseID takes %q for %s", text, id)
		}
	})
}

func TestIDBinaryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := diplomacy.ID(rapid.Uint64().Draw(t, "id"))
		data, err := id.MarshalBinary()
		if err != nil || len(data) != 8 && id != 0 {
			t.Fatalf("%d has %d bytes: %v", id, len(data), err)
		}
		back := diplomacy.ID(1)
		if err := back.UnmarshalBinary(data); err != nil || back != id {
			t.Fatalf("%d comes back as %d: %v", id, back, err)
		}
	})
	var id diplomacy.ID
	if err := id.UnmarshalBinary(make([]byte, 7)); err == nil {
		t.Error("7 bytes are read as an id")
	}
}
