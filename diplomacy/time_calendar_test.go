package diplomacy_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"chancery/diplomacy"

	"pgregory.net/rapid"
)

const day = 24 * 60 * 60

// drawn is a date and which days it may mean.
type drawn struct {
	text   string
	year   int
	spread int // how far from the year the days may be, in years
	means  func(time.Time) bool
}

func yearText(year int) string {
	if year < 0 {
		return fmt.Sprintf("-%04d", -year)
	}
	return fmt.Sprintf("%04d", year)
}

// groups are the months of a year, counted on into the next, that a number in
// place of a month may mean.
var groups = map[int][2]int{
	21: {1, 12}, 22: {1, 14}, 23: {1, 12}, 24: {1, 14},
	33: {1, 3}, 34: {4, 6}, 35: {7, 9}, 36: {10, 12}, 40: {1, 6}, 41: {7, 12},
}

// drawDate draws a date of the precision of a day or less, without a qualifier.
func drawDate(t *rapid.T) drawn {
	year := rapid.IntRange(-9999, 9999).Draw(t, "year")
	switch rapid.SampledFrom([]string{"year", "X", "month", "group", "day"}).Draw(t, "precision") {
	case "year":
		suffix := rapid.SampledFrom([]string{"", "-XX", "-XX-XX"}).Draw(t, "suffix")
		return drawn{yearText(year) + suffix, year, 1, func(d time.Time) bool { return d.Year() == year }}
	case "X":
		return drawYears(t, year)
	case "month":
		month := rapid.IntRange(1, 12).Draw(t, "month")
		text := fmt.Sprintf("%s-%02d%s", yearText(year), month, rapid.SampledFrom([]string{"", "-XX"}).Draw(t, "suffix"))
		return drawn{text, year, 1, func(d time.Time) bool { return d.Year() == year && int(d.Month()) == month }}
	case "group":
		return drawGroup(t, year)
	}
	when := time.Date(year, 1, 1+rapid.IntRange(0, 364).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
	return drawn{yearText(year) + when.Format("-01-02"), year, 1, when.Equal}
}

func drawYears(t *rapid.T, year int) drawn {
	text := yearText(year)
	known := text[:len(text)-rapid.IntRange(1, 2).Draw(t, "X")]
	xs := "XX"[:len(text)-len(known)]
	return drawn{known + xs, year, 100, func(d time.Time) bool {
		other := yearText(d.Year())
		return len(other) == len(text) && other[:len(known)] == known
	}}
}

func drawGroup(t *rapid.T, year int) drawn {
	group := rapid.SampledFrom([]int{21, 22, 23, 24, 33, 34, 35, 36, 40, 41}).Draw(t, "group")
	return drawn{fmt.Sprintf("%s-%d", yearText(year), group), year, 2, func(d time.Time) bool {
		month := int(d.Month()) + 12*(d.Year()-year)
		return groups[group][0] <= month && month <= groups[group][1]
	}}
}

// TestTimeBoundsMatchTheCalendar walks over all days near a date and collects those
// it may mean: they must be the bounds, without a hole.
func TestTimeBoundsMatchTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t)
		var days []int64
		first := time.Date(d.year-d.spread, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
		last := time.Date(d.year+d.spread+1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
		for at := first; at < last; at += day {
			if d.means(time.Unix(at, 0).UTC()) {
				days = append(days, at)
			}
		}
		parsed, err := diplomacy.ParseTime(d.text)
		if err != nil {
			t.Fatal(err)
		}
		from, to := diplomacy.Instant(days[0]), diplomacy.Instant(days[len(days)-1]+day)
		if want := (diplomacy.Span{StartMin: from, StartMax: to, EndMin: from, EndMax: to}); parsed.Span() != want {
			t.Errorf("%s is %v, want %v", d.text, parsed.Span(), want)
		}
		if int64(to-from) != int64(len(days))*day {
			t.Errorf("%s means days that do not follow each other", d.text)
		}
	})
}

// TestInvalidDaysAreRejected compares dates of any digits with package time.
func TestInvalidDaysAreRejected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(\d{3}[048]|\d{4}|[0-4]000)-(0\d|1[0-3])-([0-2]\d|3[0-2])`).Draw(t, "date")
		want, wrong := time.Parse(time.DateOnly, text)
		checkMoment(t, text, want, wrong, day)
	})
}

// TestInvalidTimesOfDayAreRejected compares any time of day and zone with package time,
// which allows zones that no one has.
func TestInvalidTimesOfDayAreRejected(t *testing.T) {
	unknownZone := regexp.MustCompile(`-00:00$|[+-](14:(0[1-9]|[1-5])|1[5-9]|2)`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`2004-0[12]-29T[0-2]\d:[0-6]\d:[0-6]\d(Z|[+-][01]\d:[0-5]\d)`).Draw(t, "moment")
		want, wrong := time.Parse(time.RFC3339, text)
		if zone := text[19:]; unknownZone.MatchString(zone) {
			wrong = fmt.Errorf("there is no zone %s", zone)
		}
		checkMoment(t, text, want, wrong, 1)
	})
}

func checkMoment(t *rapid.T, text string, want time.Time, wrong error, length diplomacy.Instant) {
	got, err := diplomacy.ParseTime(text)
	if (err == nil) != (wrong == nil) {
		t.Fatalf("%s: %v, package time: %v", text, err, wrong)
	}
	from := diplomacy.Instant(want.Unix())
	if err == nil && got.Window() != (diplomacy.Window{From: from, To: from + length}) {
		t.Errorf("%s is %v, want %d for %d seconds", text, got.Window(), from, length)
	}
}

// TestConsecutiveDaysHaveNoGap cuts years in all ways: a part ends where the next begins,
// and the parts together are the year.
func TestConsecutiveDaysHaveNoGap(t *testing.T) {
	for _, year := range []int{-9999, -101, -4, -1, 0, 1, 1582, 1900, 2000, 2004, 2026, 9999} {
		whole := diplomacy.MustParseTime(yearText(year)).Window()
		for _, parts := range cuts(year) {
			at := whole.From
			for _, part := range parts {
				w := diplomacy.MustParseTime(part).Window()
				if w.From != at || w.To <= w.From {
					t.Errorf("%s is %v, but should begin at %d", part, w, at)
				}
				at = w.To
			}
			if at != whole.To {
				t.Errorf("%s ends at %d, its year at %d", parts[len(parts)-1], at, whole.To)
			}
		}
	}
}

func cuts(year int) [][]string {
	var months, quarters, halves, days []string
	for month := range 12 {
		months = append(months, fmt.Sprintf("%s-%02d", yearText(year), month+1))
	}
	for quarter := range 4 {
		quarters = append(quarters, fmt.Sprintf("%s-%d", yearText(year), 33+quarter))
	}
	for half := range 2 {
		halves = append(halves, fmt.Sprintf("%s-%d", yearText(year), 40+half))
	}
	for d := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == year; d = d.AddDate(0, 0, 1) {
		days = append(days, yearText(year)+d.Format("-01-02"))
	}
	return [][]string{months, quarters, halves, days}
}

// TestConsecutiveYearsHaveNoGap goes through all years there are, and all decades and centuries
// written with X.
func TestConsecutiveYearsHaveNoGap(t *testing.T) {
	for _, xs := range []string{"", "X", "XX"} {
		var texts []string
		for year := -9999; year <= 9999; year++ {
			text := yearText(year)
			texts = append(texts, text[:len(text)-len(xs)]+xs)
		}
		texts = slices.Compact(texts)
		for i, text := range texts[1:] {
			before, w := diplomacy.MustParseTime(texts[i]).Window(), diplomacy.MustParseTime(text).Window()
			if before.To != w.From {
				t.Errorf("%s ends at %d, %s begins at %d", texts[i], before.To, text, w.From)
			}
		}
	}
}
