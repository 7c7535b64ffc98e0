package diplomacy

import "time"

// date is a date as read: a year, of which the last digits may be unspecified,
// and perhaps a month (or one of its kin) and a day.
type date struct {
	year, month, day int
	decades          int // how many digits of the year are X
	back             bool
}

// A month or day that was not written, or written XX.
const (
	absent      = -1
	unspecified = 0
)

// negate turns the year into one before year zero.
func (d *date) negate() { d.year, d.back = -d.year, true }

func (d *date) validMonth() bool {
	m := d.month
	return m == unspecified || 1 <= m && m <= 12 || 21 <= m && m <= 24 || 33 <= m && m <= 36 || 40 <= m && m <= 41
}

// from is the first instant of the date. EDTF leaves open of which hemisphere a
// season (21-24) is: it lies somewhere in its year, or of a winter up to the end
// of the next February.
func (d *date) from() Instant {
	year, _ := d.years()
	switch m := d.month; {
	case 1 <= m && m <= 12:
		return instant(year, m, max(d.day, 1))
	case 33 <= m && m <= 36:
		return instant(year, (m-33)*3+1, 1)
	case 40 <= m && m <= 41:
		return instant(year, (m-40)*6+1, 1)
	}
	return instant(year, 1, 1)
}

// to is the first instant behind the date.
func (d *date) to() Instant {
	year, next := d.years()
	switch m := d.month; {
	case 1 <= m && m <= 12 && d.day > 0:
		return instant(year, m, d.day+1)
	case 1 <= m && m <= 12:
		return instant(year, m+1, 1)
	case m == 24:
		return instant(year+1, 3, 1)
	case 33 <= m && m <= 36:
		return instant(year, (m-33)*3+4, 1)
	case 40 <= m && m <= 41:
		return instant(year, (m-40)*6+7, 1)
	}
	return instant(next, 1, 1)
}

// years are the first year and the one behind the last: 201X is 2010 to 2020.
func (d *date) years() (first, next int) {
	width := 1
	for range d.decades {
		width *= 10
	}
	if d.back && d.decades > 0 {
		return d.year - width + 1, d.year + 1
	}
	return d.year, d.year + width
}

// instant counts a date of the proleptic Gregorian calendar; months and days
// beyond their range carry over.
func instant(year, month, day int) Instant {
	return Instant(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix())
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
