package diplomacy

import "time"

// date is a parsed date: a year or a range of years, and perhaps a month (or a
// season, quarter or half-year) and a day.
type date struct {
	year, next int // the first year it may be, and the one behind the last
	month, day int
}

// A month or day that was not written, or written XX.
const (
	absent      = 0
	unspecified = -1
)

// setYears sets the range of years: 201X is 10 years from 2010. Before year zero
// they count downwards; since -0000 is not valid, -000X does not include it.
func (d *date) setYears(year, width int, negative bool) {
	d.year, d.next = year, year+width
	if negative {
		d.year, d.next = 1-d.next, min(1-d.year, 0)
	}
}

func (d *date) validMonth() bool {
	m := d.month
	return m == unspecified || 1 <= m && m <= 12 || 21 <= m && m <= 24 || 33 <= m && m <= 36 || 40 <= m && m <= 41
}

// from returns the first instant of the date. EDTF leaves open which hemisphere a
// season (21-24) belongs to, and it is not guessed: the season is anywhere in its
// year, a summer or winter up to the end of the next February.
func (d *date) from() Instant {
	switch m := d.month; {
	case 1 <= m && m <= 12:
		return instant(d.year, m, max(d.day, 1))
	case 33 <= m && m <= 36:
		return instant(d.year, (m-33)*3+1, 1)
	case 40 <= m && m <= 41:
		return instant(d.year, (m-40)*6+1, 1)
	}
	return instant(d.year, 1, 1)
}

// to returns the first instant after the date.
func (d *date) to() Instant {
	switch m := d.month; {
	case 1 <= m && m <= 12 && d.day > 0:
		return instant(d.year, m, d.day+1)
	case 1 <= m && m <= 12:
		return instant(d.year, m+1, 1)
	case m == 22, m == 24:
		return instant(d.year+1, 3, 1)
	case 33 <= m && m <= 36:
		return instant(d.year, (m-33)*3+4, 1)
	case 40 <= m && m <= 41:
		return instant(d.year, (m-40)*6+7, 1)
	}
	return instant(d.next, 1, 1)
}

// instant returns the start of a date in the proleptic Gregorian calendar, which has
// a year zero; months and days out of range carry over.
func instant(year, month, day int) Instant {
	return Instant(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix())
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
