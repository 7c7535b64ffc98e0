package model

import (
	"strings"
	"time"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

// Moment is an instant, or a day, month or year in UTC. Its bounds are the first and the
// last instant of it.
type Moment struct{ First, Last time.Time }

// momentLayouts are the accepted texts, and what lies between the first instant of one
// and the first instant of the next.
var momentLayouts = []struct {
	layout       string
	years, month int
	days         int
}{
	{layout: time.DateOnly, days: 1},
	{layout: "2006-01", month: 1},
	{layout: "2006", years: 1},
}

// ParseMoment reads a day, month or year, or an instant as in RFC 3339.
func ParseMoment(text string) (Moment, error) {
	for _, l := range momentLayouts {
		if first, err := time.Parse(l.layout, text); err == nil {
			return Moment{first, first.AddDate(l.years, l.month, l.days).Add(-1)}, nil
		}
	}
	at, err := time.Parse(time.RFC3339Nano, strings.ToUpper(text))
	if err != nil {
		return Moment{}, BadInput("%s is neither a day, such as 2020-04-27, nor a moment, such as 2020-04-27T10:00:00Z", diplomacy.Shorten(text))
	}
	return Moment{at.UTC(), at.UTC()}, nil
}

// MarshalMoment writes the first instant; moments are arguments only.
func MarshalMoment(m Moment) graphql.Marshaler { return MarshalDateTime(m.First) }

// UnmarshalMoment reads a moment.
func UnmarshalMoment(v any) (Moment, error) {
	given, err := text(v)
	if err != nil {
		return Moment{}, err
	}
	return ParseMoment(given)
}
