package diplomacy

import (
	"fmt"
	"time"
)

// Time is a date, date-time or interval in the Extended Date/Time Format (EDTF;
// Library of Congress, 2019; ISO 8601-2): level 0 in full; of level 1 all but
// years written with Y; of level 2 quarters (33-36) and half-years (40-41).
// As an extension, the ends of an interval may have a time of day. A Time keeps its
// text and the bounds derived from it. The zero Time means that no time was given:
// both ends are unknown. Times compare with ==, as their texts do.
type Time struct {
	text string
	span Span
}

// ParseTime parses an EDTF text; the empty text is the zero Time. A date-time without
// a zone is in UTC. The error is a *TimeError.
func ParseTime(text string) (Time, error) {
	if text == "" {
		return Time{}, nil
	}
	p := parser{text: text}
	span := p.parse()
	if p.reason != "" {
		return Time{}, &TimeError{Text: text, Pos: p.fault + 1, Reason: p.reason}
	}
	return Time{text, span}, nil
}

// MustParseTime is like ParseTime but panics if the text is invalid.
func MustParseTime(text string) Time {
	t, err := ParseTime(text)
	if err != nil {
		panic(err)
	}
	return t
}

// DayOf returns the day of a time in UTC; the zero Time outside the years 0 to 9999.
func DayOf(t time.Time) Time {
	if year := t.UTC().Year(); year < 0 || year > 9999 {
		return Time{}
	}
	return MustParseTime(t.UTC().Format(time.DateOnly))
}

// String returns the text that was parsed.
func (t Time) String() string { return t.text }

// IsZero reports whether no time was given.
func (t Time) IsZero() bool { return t.text == "" }

// Span returns the bounds of the time; the zero Time is unbounded.
func (t Time) Span() Span {
	if t.IsZero() {
		return Span{Past, Future, Past, Future, false}
	}
	return t.span
}

// Window returns the time from the earliest start to the latest end.
func (t Time) Window() Window {
	s := t.Span()
	return Window{s.StartMin, s.EndMax}
}

// MarshalText encodes the time as its text.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.text), nil }

// UnmarshalText decodes the output of MarshalText.
func (t *Time) UnmarshalText(text []byte) (err error) {
	*t, err = ParseTime(string(text))
	return err
}

// TimeError is the error for a text that is not valid EDTF: it has the position and
// the reason.
type TimeError struct {
	Text   string // as given, however long
	Pos    int    // the byte, counted from 1; behind the text where more was needed
	Reason string
}

// Error names the position and the reason, and shows the beginning of the text.
func (e *TimeError) Error() string {
	return fmt.Sprintf("%s is not a date (EDTF): at position %d %s", Shorten(e.Text), e.Pos, e.Reason)
}
