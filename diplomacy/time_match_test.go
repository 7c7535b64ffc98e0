package diplomacy_test

import (
	"testing"

	"chancery/diplomacy"
)

// TestHoldsDuringTenures is about two that follow each other in an office.
func TestHoldsDuringTenures(t *testing.T) {
	const first, second = "2004-04-02/2020-07-16", "2020-07-16/.."
	for _, c := range []struct {
		tenure, at        string
		possible, certain bool
	}{
		{first, "2020-04-27", true, true},
		{second, "2020-04-27", false, false},
		{first, "2020-07-16", true, false},
		{second, "2020-07-16", true, false},
		{first, "2020-07-17", false, false},
		{second, "2020-07-17", true, true},
		{first, "2020-07", true, false},
		{second, "2020-07", true, false},
		{"2018/", "2020", true, false},
		{"2018/..", "2020", true, true},
		{"2018?/..", "2020", true, false},
		{"/2018", "2016", true, false},
		{"../2018", "2016", true, true},
		{"", "2016", true, false},
	} {
		s, at := diplomacy.MustParseTime(c.tenure).Span(), diplomacy.MustParseTime(c.at).Window()
		if got := s.Holds(at, diplomacy.Possible); got != c.possible {
			t.Errorf("%s at %s: possible is %v", c.tenure, c.at, got)
		}
		if got := s.Holds(at, diplomacy.Certain); got != c.certain {
			t.Errorf("%s at %s: certain is %v", c.tenure, c.at, got)
		}
	}
}

// TestSpanQuestions asks what the worlds of TestSpanAnswersMatchTheModel are too small for: all
// of time, and windows that are no windows.
func TestSpanQuestions(t *testing.T) {
	always := diplomacy.Window{From: diplomacy.Past, To: diplomacy.Future}
	never := diplomacy.Window{From: diplomacy.Past, To: diplomacy.Past}
	year := diplomacy.MustParseTime("2018").Window()
	for _, c := range []struct {
		time, name        string
		ask               func(diplomacy.Span, diplomacy.Window, diplomacy.Match) bool
		window            diplomacy.Window
		possible, certain bool
	}{
		{"2018", "Within", diplomacy.Span.Within, year, true, true},
		{"2018-06", "Within", diplomacy.Span.Within, year, true, true},
		{"2018-12/2019-01", "Within", diplomacy.Span.Within, year, true, false},
		{"2018-06~", "Within", diplomacy.Span.Within, year, true, false},
		{"201X", "Within", diplomacy.Span.Within, year, true, false},
		{"2018-24", "Within", diplomacy.Span.Within, year, true, false},
		{"2019", "Within", diplomacy.Span.Within, year, false, false},
		{"", "Within", diplomacy.Span.Within, year, true, false},
		{"2018/..", "Within", diplomacy.Span.Within, always, true, true},
		{"2018-03/2019", "Starts", diplomacy.Span.Starts, year, true, true},
		{"2018-03/2019", "Ends", diplomacy.Span.Ends, year, false, false},
		{"2017/2018-03", "Ends", diplomacy.Span.Ends, year, true, true},
		{"/2018-03", "Starts", diplomacy.Span.Starts, year, true, false},
		{"2018/", "Ends", diplomacy.Span.Ends, year, true, false},
		{"../2018", "Starts", diplomacy.Span.Starts, year, false, false},
		{"../2018", "Starts", diplomacy.Span.Starts, always, false, false},
		{"2018/..", "Ends", diplomacy.Span.Ends, year, false, false},
		{"2018/..", "Ends", diplomacy.Span.Ends, always, false, false},
		{"2018", "Begun", diplomacy.Span.Begun, year, true, true},
		{"2018/2020", "Begun", diplomacy.Span.Begun, year, true, true},
		{"2018?/2020", "Begun", diplomacy.Span.Begun, year, true, false},
		{"2018-24", "Begun", diplomacy.Span.Begun, year, true, false},
		{"2019", "Begun", diplomacy.Span.Begun, year, false, false},
		{"../2019", "Begun", diplomacy.Span.Begun, year, true, true},
		{"../2019", "Begun", diplomacy.Span.Begun, never, false, false},
		{"../2019", "Holds", diplomacy.Span.Holds, never, false, false},
	} {
		s := diplomacy.MustParseTime(c.time).Span()
		if got := c.ask(s, c.window, diplomacy.Possible); got != c.possible {
			t.Errorf("%q %s %v: possible is %v", c.time, c.name, c.window, got)
		}
		if got := c.ask(s, c.window, diplomacy.Certain); got != c.certain {
			t.Errorf("%q %s %v: certain is %v", c.time, c.name, c.window, got)
		}
	}
}
