package diplomacy

import "math"

// Instant is a number of seconds since 1970-01-01T00:00:00Z, leap seconds not
// counted.
type Instant int64

// Past and Future are the two infinities: before and behind all instants.
const (
	Past   Instant = math.MinInt64
	Future Instant = math.MaxInt64
)

// Span is what a Time bounds: it started at some instant of [StartMin,
// StartMax) and ended at some instant of [EndMin, EndMax). EDTF has an interval
// begin sometime in its first date and end sometime in its last (level 0, Time
// Interval); a single date is both. Of an open start both bounds are Past, of an
// open end both are Future: there is none. An unknown start may be anywhere
// before the end, an unknown end anywhere behind the start. Qualified is set by
// any of ? ~ %, which leave the bounds and take away the certainty.
type Span struct {
	StartMin, StartMax, EndMin, EndMax Instant
	Qualified                          bool
}

// Window is a half-open span of time asked about.
type Window struct{ From, To Instant }

// Match says which of the three-valued answers counts as yes; what is not
// Certain is read as Possible.
type Match string

// Possible is satisfied by what may be so for all that is known, Certain by
// what is so whatever the uncertainty. What is Certain is Possible too.
const (
	Possible Match = "POSSIBLE"
	Certain  Match = "CERTAIN"
)

// Holds reports whether a state that lasted for the span held in the window:
// certainly throughout it, possibly at some moment of it.
func (s Span) Holds(at Window, m Match) bool {
	return s.overlaps(at) && s.sure(m, s.StartMax <= at.From && s.EndMin >= at.To)
}

// Within reports whether what happened lies in the window: certainly as a
// whole, possibly in part.
func (s Span) Within(w Window, m Match) bool {
	return s.overlaps(w) && s.sure(m, s.StartMin >= w.From && s.EndMax <= w.To)
}

// Starts reports whether the start lies in the window. An open start lies in
// none.
func (s Span) Starts(w Window, m Match) bool {
	return s.StartMin < w.To && s.StartMax > w.From &&
		s.sure(m, s.StartMin >= w.From && s.StartMax <= w.To)
}

// Ends reports whether the end lies in the window. An open end lies in none.
func (s Span) Ends(w Window, m Match) bool {
	return s.EndMin < w.To && s.EndMax > w.From &&
		s.sure(m, s.EndMin >= w.From && s.EndMax <= w.To)
}

// Begun reports whether it had started by the end of the window, when what came
// later was not known yet.
func (s Span) Begun(at Window, m Match) bool {
	return s.StartMin < at.To && s.sure(m, s.StartMax <= at.To)
}

func (s Span) overlaps(w Window) bool { return s.StartMin < w.To && s.EndMax > w.From }

// sure decides about what is possible: Certain needs it to be always so, too.
func (s Span) sure(m Match, always bool) bool {
	return m != Certain || always && !s.Qualified
}
