package diplomacy

import "math"

// Instant is a number of seconds since 1970-01-01T00:00:00Z.
type Instant int64

// Past and Future are the two infinities.
const (
	Past   Instant = math.MinInt64
	Future Instant = math.MaxInt64
)

// Span is what a Time bounds: it started at some instant of [StartMin,
// StartMax) and ended at some instant of [EndMin, EndMax). EDTF has an interval
// begin sometime in its first date and end sometime in its last; a single date
// is both. An open start is Past, an open end Future: it has no bound. An
// unknown one may be anywhere. Qualified is set by any of ? ~ %, which leave the
// bounds and take away the certainty.
type Span struct {
	StartMin, StartMax, EndMin, EndMax Instant
	Qualified                          bool
}

// Window is a half-open span of time asked about.
type Window struct{ From, To Instant }

// Match says which of the three-valued answers counts as yes.
type Match string

// Possible is satisfied by what may be so for all that is known, Certain by
// what is so whatever the uncertainty.
const (
	Possible Match = "POSSIBLE"
	Certain  Match = "CERTAIN"
)

// Holds reports whether a state that lasted for the span held in the window:
// certainly throughout it, possibly at some moment of it.
func (s Span) Holds(at Window, m Match) bool {
	if m == Certain {
		return !s.Qualified && s.StartMax <= at.From && s.EndMin >= at.To
	}
	return s.StartMin < at.To && s.EndMax > at.From
}

// Within reports whether what happened lies in the window: certainly as a
// whole, possibly in part.
func (s Span) Within(w Window, m Match) bool {
	if m == Certain {
		return !s.Qualified && s.StartMin >= w.From && s.EndMax <= w.To && s.StartMin < w.To
	}
	return s.StartMin < w.To && s.EndMax > w.From
}

// Starts reports whether the start lies in the window.
func (s Span) Starts(w Window, m Match) bool { return s.bound(s.StartMin, s.StartMax, w, m) }

// Ends reports whether the end lies in the window.
func (s Span) Ends(w Window, m Match) bool { return s.bound(s.EndMin, s.EndMax, w, m) }

// bound holds one end against the window. An open end lies in no window.
func (s Span) bound(least, most Instant, w Window, m Match) bool {
	if least == most {
		return false
	}
	if m == Certain {
		return !s.Qualified && least >= w.From && most <= w.To
	}
	return least < w.To && most > w.From
}

// Begun reports whether it had started by the end of the window.
func (s Span) Begun(at Window, m Match) bool {
	if m == Certain {
		return !s.Qualified && s.StartMax <= at.To
	}
	return s.StartMin < at.To
}
