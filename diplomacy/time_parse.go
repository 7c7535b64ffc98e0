package diplomacy

// parser reads one EDTF text. It stops at the first fault and remembers where.
type parser struct {
	text   string
	at     int
	failed int
	reason string
}

// fail notes a fault at a position.
func (p *parser) fail(at int, reason string) bool {
	p.failed, p.reason = at, reason
	return false
}

func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *parser) take(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

// parse reads a date or an interval.
func (p *parser) parse() (Span, bool) {
	if len(p.text) > MaxTime {
		return Span{}, p.fail(MaxTime, "it goes on; no date is longer")
	}
	first, ok := p.end(true)
	if !ok {
		return Span{}, false
	}
	if first.kind == dated && p.at == len(p.text) {
		return Span{first.from, first.to, first.from, first.to, first.qualified}, true
	}
	if !p.take('/') {
		return Span{}, p.fail(p.at, "a date should end, or / begin the end of an interval")
	}
	second, ok := p.end(false)
	if !ok {
		return Span{}, false
	}
	if p.at != len(p.text) {
		return Span{}, p.fail(p.at, "an interval should end")
	}
	return p.interval(first, second)
}

// interval joins two ends.
func (p *parser) interval(a, b end) (Span, bool) {
	if a.kind != dated && b.kind != dated {
		return Span{}, p.fail(0, "an interval needs a date at one end")
	}
	s := Span{Qualified: a.qualified || b.qualified}
	s.StartMin, s.StartMax = a.from, a.to
	s.EndMin, s.EndMax = b.from, b.to
	switch {
	case a.kind == open:
		s.StartMin, s.StartMax = Past, Past
	case a.kind == unknown:
		s.StartMin, s.StartMax = Past, b.to
	}
	switch {
	case b.kind == open:
		s.EndMin, s.EndMax = Future, Future
	case b.kind == unknown:
		s.EndMin, s.EndMax = a.from, Future
	}
	if s.EndMax <= s.StartMin {
		return Span{}, p.fail(0, "the interval ends before it begins")
	}
	return s, true
}

// end is one end of an interval, or a whole date.
type end struct {
	kind      endKind
	from, to  Instant
	qualified bool
}

type endKind uint8

const (
	dated endKind = iota
	open
	unknown
)

// end reads a date, .. or nothing.
func (p *parser) end(first bool) (end, bool) {
	if p.take('.') {
		if !p.take('.') {
			return end{}, p.fail(p.at, "an open end is written ..")
		}
		return end{kind: open}, true
	}
	if (first && p.peek() == '/') || (!first && p.at == len(p.text)) {
		return end{kind: unknown}, true
	}
	return p.date()
}

// date reads a date or date-time with its qualifier.
func (p *parser) date() (end, bool) {
	d := date{month: absent, day: absent}
	if !p.year(&d) || !p.monthAndDay(&d) {
		return end{}, false
	}
	e := end{from: d.from(), to: d.to()}
	if p.peek() == 'T' {
		return p.clock(&d, e)
	}
	switch p.peek() {
	case '?', '~', '%':
		p.at++
		e.qualified = true
	}
	return e, true
}

func (p *parser) year(d *date) bool {
	negative := p.take('-')
	start := p.at
	for range 4 {
		c := p.peek()
		switch {
		case c == 'X' && p.at > start+1:
			d.decades++
			d.year *= 10
		case c >= '0' && c <= '9' && d.decades == 0:
			d.year = d.year*10 + int(c-'0')
		default:
			return p.fail(p.at, "a year has four digits; the last one or two may be X")
		}
		p.at++
	}
	if negative {
		if d.year == 0 && d.decades == 0 {
			return p.fail(start, "the year zero has no sign")
		}
		d.negate()
	}
	return true
}

func (p *parser) monthAndDay(d *date) bool {
	if !p.take('-') {
		return true
	}
	at := p.at
	var ok bool
	if d.month, ok = p.two("a month has two digits, or XX"); !ok {
		return false
	}
	if d.decades > 0 && d.month != unspecified {
		return p.fail(at, "a month is not known of an unspecified year")
	}
	if !d.validMonth() {
		return p.fail(at, "there is no such month (01-12), season (21-24), quarter (33-36) or half-year (40-41)")
	}
	if !p.take('-') {
		return true
	}
	at = p.at
	if d.month > 12 {
		return p.fail(at-1, "a season, quarter or half-year has no days")
	}
	if d.day, ok = p.two("a day has two digits, or XX"); !ok {
		return false
	}
	if d.month == unspecified && d.day != unspecified {
		return p.fail(at, "a day is not known of an unspecified month")
	}
	if d.day != unspecified && (d.day < 1 || d.day > daysIn(d.year, d.month)) {
		return p.fail(at, "the month has no such day")
	}
	return true
}

// two reads two digits or XX.
func (p *parser) two(reason string) (int, bool) {
	if p.take('X') {
		if !p.take('X') {
			return 0, p.fail(p.at, reason)
		}
		return unspecified, true
	}
	return p.number(reason)
}

func (p *parser) number(reason string) (int, bool) {
	n := 0
	for range 2 {
		c := p.peek()
		if c < '0' || c > '9' {
			return 0, p.fail(p.at, reason)
		}
		n = n*10 + int(c-'0')
		p.at++
	}
	return n, true
}

// clock reads a time of day and its zone; the instant is one second long.
func (p *parser) clock(d *date, day end) (end, bool) {
	if d.day < 1 {
		return end{}, p.fail(p.at, "a time of day needs a whole date")
	}
	seconds := 0
	for i, most := range []int{23, 59, 59} {
		if c := "T::"[i]; !p.take(c) {
			return end{}, p.fail(p.at, "a time of day is written hh:mm:ss")
		}
		at := p.at
		n, ok := p.number("a time of day is written hh:mm:ss")
		if !ok {
			return end{}, false
		}
		if n > most {
			return end{}, p.fail(at, "there is no such time of day")
		}
		seconds = seconds*60 + n
	}
	shift, ok := p.zone()
	from := day.from + Instant(seconds) - shift
	return end{from: from, to: from + 1}, ok
}

// zone reads Z, +hh, +hh:mm, or nothing, which is UTC.
func (p *parser) zone() (Instant, bool) {
	if p.take('Z') || (p.peek() != '+' && p.peek() != '-') {
		return 0, true
	}
	sign := Instant(1)
	if p.peek() == '-' {
		sign = -1
	}
	p.at++
	at := p.at
	hours, ok := p.number("a zone is written Z, +hh or +hh:mm")
	if !ok {
		return 0, false
	}
	minutes := 0
	if p.take(':') {
		if minutes, ok = p.number("a zone is written Z, +hh or +hh:mm"); !ok {
			return 0, false
		}
	}
	if hours > 14 || minutes > 59 {
		return 0, p.fail(at, "there is no such zone")
	}
	return sign * Instant(hours*3600+minutes*60), true
}
