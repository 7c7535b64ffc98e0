package diplomacy_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chancery/diplomacy"

	"github.com/google/go-cmp/cmp"
)

// TestTimesOfTheSpecification parses every line of the table.
func TestTimesOfTheSpecification(t *testing.T) {
	for _, c := range table(t) {
		t.Run(c.text, func(t *testing.T) {
			got, err := diplomacy.ParseTime(c.text)
			if diff := cmp.Diff(c.refused, timeError(err)); diff != "" {
				t.Fatalf("line %d: the refusal is not as wanted (-want +got):\n%s", c.line, diff)
			}
			if c.refused != nil {
				return
			}
			if diff := cmp.Diff(c.span, got.Span()); diff != "" {
				t.Errorf("line %d: the bounds are not as wanted (-want +got):\n%s", c.line, diff)
			}
			if got.String() != c.text {
				t.Errorf("line %d: it became %q", c.line, got)
			}
		})
	}
}

func timeError(err error) *diplomacy.TimeError {
	var found *diplomacy.TimeError
	errors.As(err, &found)
	return found
}

func TestZeroTimeIsUnknown(t *testing.T) {
	none, err := diplomacy.ParseTime("")
	if err != nil || none != (diplomacy.Time{}) || !none.IsZero() || none.String() != "" {
		t.Errorf("ParseTime of nothing gives %#v, %v", none, err)
	}
	want := diplomacy.Span{
		StartMin: diplomacy.Past, StartMax: diplomacy.Future,
		EndMin: diplomacy.Past, EndMax: diplomacy.Future,
	}
	if none.Span() != want {
		t.Errorf("it bounds %v", none.Span())
	}
}

func TestEqualTextsAreEqualTimes(t *testing.T) {
	a, b := diplomacy.MustParseTime("2004-06"), diplomacy.MustParseTime("2004-06")
	if a != b {
		t.Error("the same text gives two times")
	}
	if a == diplomacy.MustParseTime("2004-06-XX") {
		t.Error("two texts with the same bounds give one time")
	}
}

func TestTimeWindow(t *testing.T) {
	got := diplomacy.MustParseTime("2004-06/2006").Window()
	if want := (diplomacy.Window{From: bound(t, "2004-06-01"), To: bound(t, "2007-01-01")}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDayOf(t *testing.T) {
	for want, moment := range map[string]time.Time{
		"2020-04-27": time.Date(2020, 4, 27, 23, 59, 59, 999, time.UTC),
		"2020-04-28": time.Date(2020, 4, 27, 23, 0, 0, 0, time.FixedZone("", -3600)),
		"0000-01-01": time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		if got := diplomacy.DayOf(moment); got != diplomacy.MustParseTime(want) {
			t.Errorf("%v is of %v, want %s", moment, got, want)
		}
	}
	for _, moment := range []time.Time{time.Date(-1, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if got := diplomacy.DayOf(moment); !got.IsZero() {
			t.Errorf("%v is of %v", moment, got)
		}
	}
}

func TestTimeTextRoundTrip(t *testing.T) {
	type record struct {
		When diplomacy.Time `json:"when,omitzero"`
	}
	for _, text := range []string{`{}`, `{"when":"2018?/.."}`, `{"when":"/2004-06-11"}`} {
		var r record
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(r); err != nil || string(got) != text {
			t.Errorf("%s became %s, %v", text, got, err)
		}
	}
	err := json.Unmarshal([]byte(`{"when":"2018-13"}`), new(record))
	if found := timeError(err); found == nil || found.Pos != 6 {
		t.Errorf("a wrong date gives %v", err)
	}
}

// TestTimeErrorsAreShort feeds what no one wants to see again in a message.
func TestTimeErrorsAreShort(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("2", 1<<20),
		strings.Repeat("\xff", 1<<20),
		"2004-06-11/" + strings.Repeat("\x00", 54),
		"2004\xc3",
		strings.Repeat("é", 32),
	} {
		_, err := diplomacy.ParseTime(text)
		if err == nil {
			t.Errorf("%.10q… was read", text)
			continue
		}
		if message := err.Error(); len(message) > 300 || !utf8.ValidString(message) {
			t.Errorf("%.10q… gives a message of %d bytes: %.300q", text, len(message), message)
		}
	}
	_, err := diplomacy.ParseTime(strings.Repeat("2", 1<<20))
	if found := timeError(err); found.Pos != 65 {
		t.Errorf("a text that is too long is refused at %d: %s", found.Pos, found.Reason)
	}
}

func TestMustParseTimePanics(t *testing.T) {
	defer func() {
		if err, _ := recover().(error); timeError(err) == nil {
			t.Errorf("it panicked with %v", err)
		}
	}()
	diplomacy.MustParseTime("yesterday")
}

func TestParseTimeDoesNotAllocate(t *testing.T) {
	for _, c := range table(t) {
		if c.refused != nil {
			continue
		}
		if n := testing.AllocsPerRun(10, func() { sink, _ = diplomacy.ParseTime(c.text) }); n > 0 {
			t.Errorf("%s: %v allocations", c.text, n)
		}
	}
}

var sink diplomacy.Time

func BenchmarkParseTime(b *testing.B) {
	for name, text := range map[string]string{
		"year": "2004", "day": "2004-06-11", "open": "2004-06-11/..", "days": "2004-04-02/2020-07-16",
		"moment": "2004-06-11T23:20:30+04:30",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink, _ = diplomacy.ParseTime(text)
			}
		})
	}
}
