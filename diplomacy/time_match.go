package diplomacy

import "math"

// Instant is a number of seconds since 1970-01-01T00:00:00Z, leap seconds not
// counted.
type Instant int64

// Past and Future are the two infinities: before and after all other instants.
const (
	Past   Instant = math.MinInt64
	Future Instant = math.MaxInt64
)

// Span holds the bounds of a Time: it started at some instant in [StartMin,
// StartMax) and ended at some instant in [EndMin, EndMax). In EDTF an interval
// begins at some time in its first date and ends at some time in its last (level 0,
// Time Interval); a single date is both. Both bounds of an open start are Past,
// those of an open end Future. An unknown start is anywhere before the end, an
// unknown end anywhere after the start. Qualified is set by ?, ~ and %, which keep
// the bounds but make them uncertain.
type Span struct {
	StartMin, StartMax, EndMin, EndMax Instant
	Qualified                          bool
}

// Window is the half-open period that a question is about.
type Window struct{ From, To Instant }

// Match says which of the three-valued answers count as yes. Any other value than
// Certain means Possible.
type Match string

// Possible accepts what may be true given what is known, Certain only what is true
// in any case. What is Certain is also Possible.
const (
	Possible Match = "POSSIBLE"
	Certain  Match = "CERTAIN"
)

// Holds reports whether a state that lasted for the span held in the window:
// certainly throughout it, possibly at some moment of it.
func (s Span) Holds(at Window, m Match) bool {
	return s.overlaps(at) && s.sure(m, s.StartMax <= at.From && s.EndMin >= at.To)
}

// Within reports whether the span is in the window: certainly as a whole, possibly
// in part.
func (s Span) Within(w Window, m Match) bool {
	return s.overlaps(w) && s.sure(m, s.StartMin >= w.From && s.EndMax <= w.To)
}

// Starts reports whether the start is in the window. An open start is in no window.
func (s Span) Starts(w Window, m Match) bool {
	return s.StartMin < w.To && s.StartMax > w.From &&
		s.sure(m, s.StartMin >= w.From && s.StartMax <= w.To)
}

// Ends reports whether the end is in the window. An open end is in no window.
func (s Span) Ends(w Window, m Match) bool {
	return s.EndMin < w.To && s.EndMax > w.From &&
		s.sure(m, s.EndMin >= w.From && s.EndMax <= w.To)
}

// Begun reports whether the span had started by the end of the window.
func (s Span) Begun(at Window, m Match) bool {
	return s.StartMin < at.To && s.sure(m, s.StartMax <= at.To)
}

// Unknown reports whether neither the start nor the end is known in any way, as when no
// time was given.
func (s Span) Unknown() bool {
	return s.StartMin == Past && s.StartMax == Future && s.EndMin == Past && s.EndMax == Future
}

func (s Span) overlaps(w Window) bool { return s.StartMin < w.To && s.EndMax > w.From }

// sure answers for something possible: with Certain, only if it is always true.
func (s Span) sure(m Match, always bool) bool {
	return m != Certain || always && !s.Qualified
}
