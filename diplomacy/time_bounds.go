package diplomacy

import "time"

// date is a date as read: a year, or some year of several, and perhaps a month
// (or one of its kin) and a day.
type date struct {
	year, next int // the first year it may be, and the one behind the last
	month, day int
}

// A month or day that was not written, or written XX.
const (
	absent      = 0
	unspecified = -1
)

// setYears takes a year and how many years it may be: 201X is 10 from 2010.
// Before year zero they count downwards, and as no -0000 is written, no X of
// -000X stands for it.
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

// from is the first instant of the date. EDTF leaves open of which hemisphere a
// season (21-24) is, and it is not guessed: it lies somewhere in its year, or of a
// summer or winter up to the end of the next February.
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

// to is the first instant behind the date.
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

// instant counts a date of the proleptic Gregorian calendar, which has a year
// zero; months and days beyond their range carry over.
func instant(year, month, day int) Instant {
	return Instant(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix())
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
