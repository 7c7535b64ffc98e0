package diplomacy_test

import (
	"testing"

	"chancery/diplomacy"

	"pgregory.net/rapid"
)

// The model of three-valued logic: a Span stands for all courses of things that
// it allows, each with one start and one end. Possible is what is so in one of
// them, Certain what is so in all. Bounds are even and courses go by ones, so
// that between any two bounds there is something.
type course struct{ start, end diplomacy.Instant }

const farPast, farFuture, bounds = -5, 25, 10 // bounds are 0, 2, … 20

// questions are the methods of Span with what they ask of one course; open ends
// lie in no window.
var questions = []struct {
	name string
	ask  func(diplomacy.Span, diplomacy.Window, diplomacy.Match) bool
	some func(course, diplomacy.Window) bool // for Possible
	all  func(course, diplomacy.Window) bool // for Certain
}{
	{"Holds", diplomacy.Span.Holds, meets, covers},
	{"Within", diplomacy.Span.Within, meets, inside},
	{"Starts", diplomacy.Span.Starts, startsIn, startsIn},
	{"Ends", diplomacy.Span.Ends, endsIn, endsIn},
	{"Begun", diplomacy.Span.Begun, begun, begun},
}

func meets(c course, w diplomacy.Window) bool  { return c.start < w.To && w.From <= c.end }
func covers(c course, w diplomacy.Window) bool { return c.start <= w.From && w.To-1 <= c.end }
func begun(c course, w diplomacy.Window) bool  { return c.start < w.To }
func endsIn(c course, w diplomacy.Window) bool { return w.From <= c.end && c.end < w.To }
func inside(c course, w diplomacy.Window) bool {
	return w.From <= c.start && (c.end < w.To || w.To == diplomacy.Future)
}
func startsIn(c course, w diplomacy.Window) bool {
	return c.start != diplomacy.Past && w.From <= c.start && c.start < w.To
}

func TestSpanAnswersMatchTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span, window := drawSpan(t), drawWindow(t)
		all := courses(span)
		for _, q := range questions {
			some, always := false, true
			for _, c := range all {
				some = some || q.some(c, window)
				always = always && q.all(c, window)
			}
			if got := q.ask(span, window, diplomacy.Possible); got != some {
				t.Errorf("%s %v %v: possible is %v", q.name, span, window, got)
			}
			if got := q.ask(span, window, diplomacy.Certain); got != (always && !span.Qualified) {
				t.Errorf("%s %v %v: certain is %v", q.name, span, window, got)
			}
		}
	})
}

// courses are all that a span allows, near the bounds.
func courses(s diplomacy.Span) []course {
	var all []course
	for _, start := range instants(s.StartMin, s.StartMax) {
		for _, end := range instants(s.EndMin, s.EndMax) {
			if start <= end {
				all = append(all, course{start, end})
			}
		}
	}
	return all
}

func instants(from, to diplomacy.Instant) []diplomacy.Instant {
	if from == to {
		return []diplomacy.Instant{from}
	}
	var all []diplomacy.Instant
	for at := max(from, farPast); at < min(to, farFuture); at++ {
		all = append(all, at)
	}
	return all
}

// drawSpan draws what a Time can bound, but neither an interval that may begin
// after its end nor one that may end before its beginning: of these, as of
// 2004/2004-02, the bounds allow more than there is.
func drawSpan(t *rapid.T) diplomacy.Span {
	a, b := drawWindow(t), drawWindow(t)
	a, b = diplomacy.Window{From: min(a.From, b.From), To: min(a.To, b.To)},
		diplomacy.Window{From: max(a.From, b.From), To: max(a.To, b.To)}
	s := diplomacy.Span{StartMin: a.From, StartMax: a.To, EndMin: b.From, EndMax: b.To}
	if a.From == diplomacy.Past && rapid.Bool().Draw(t, "open start") {
		s.StartMax = diplomacy.Past
	}
	if b.To == diplomacy.Future && rapid.Bool().Draw(t, "open end") {
		s.EndMin = diplomacy.Future
	}
	s.Qualified = rapid.IntRange(0, 9).Draw(t, "qualified") == 0
	return s
}

func drawWindow(t *rapid.T) diplomacy.Window {
	from := rapid.IntRange(-2, bounds-1).Draw(t, "from")
	to := rapid.IntRange(max(from, 0)+1, bounds+2).Draw(t, "to")
	w := diplomacy.Window{From: diplomacy.Instant(2 * from), To: diplomacy.Instant(2 * to)}
	if from < 0 {
		w.From = diplomacy.Past
	}
	if to > bounds {
		w.To = diplomacy.Future
	}
	return w
}

// TestCertainIsPossible asks of any times and any windows, the empty, the
// infinite and the impossible too.
func TestCertainIsPossible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := drawTime(t).Span()
		window := diplomacy.Window{From: drawInstant(t, span), To: drawInstant(t, span)}
		for _, q := range questions {
			if q.ask(span, window, diplomacy.Certain) && !q.ask(span, window, diplomacy.Possible) {
				t.Errorf("%s %v %v is certain and not possible", q.name, span, window)
			}
		}
	})
}

func drawInstant(t *rapid.T, s diplomacy.Span) diplomacy.Instant {
	return rapid.OneOf(
		rapid.SampledFrom([]diplomacy.Instant{diplomacy.Past, diplomacy.Future, s.StartMin, s.StartMax, s.EndMin, s.EndMax}),
		rapid.Custom(func(t *rapid.T) diplomacy.Instant { return drawTime(t).Window().From }),
	).Draw(t, "instant")
}

// drawTime draws any time there is, or almost.
func drawTime(t *rapid.T) diplomacy.Time {
	return rapid.Custom(func(t *rapid.T) diplomacy.Time {
		text := drawEnd(t)
		if rapid.Bool().Draw(t, "interval") {
			text += "/" + drawEnd(t)
		}
		parsed, err := diplomacy.ParseTime(text)
		if err != nil {
			t.Skip(err)
		}
		return parsed
	}).Draw(t, "time")
}

func drawEnd(t *rapid.T) string {
	return rapid.OneOf(
		rapid.Just(".."), rapid.Just(""),
		rapid.Custom(func(t *rapid.T) string {
			return drawDate(t).text + rapid.SampledFrom([]string{"", "", "?", "~", "%"}).Draw(t, "qualifier")
		}),
	).Draw(t, "end")
}

func TestEveryTimeHasOrderedBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkSound(t, drawTime(t)) })
}
