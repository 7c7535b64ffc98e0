package diplomacy

// date parses a date or date-time with its qualifier.
func (p *parser) date() end {
	var d date
	p.year(&d)
	p.month(&d)
	p.day(&d)
	e := end{from: d.from(), to: d.to()}
	switch p.peek() {
	case 'T':
		e.from += p.clock(&d)
		e.to = e.from + 1
	case '?', '~', '%':
		p.at++
		e.qualified = true
	}
	return e
}

func (p *parser) year(d *date) {
	negative := p.take('-')
	start := p.at
	year, width := 0, 1
	for range 4 {
		c := p.peek()
		switch {
		case c == 'X' && p.at > start+1:
			p.x = p.at
			year, width = year*10, width*10
		case isDigit(c) && width == 1:
			year = year*10 + int(c-'0')
		default:
			p.fail(p.at, "a year has four digits; the last one or two may be X")
			return
		}
		p.at++
	}
	if negative && year+width == 1 {
		p.fail(start, "the year zero has no sign")
	}
	d.setYears(year, width, negative)
}

func (p *parser) month(d *date) {
	if !p.take('-') {
		return
	}
	at := p.at
	if d.next-d.year > 1 {
		p.fail(at, "a month is not known of an unspecified year")
	}
	d.month = p.pair("a month has two digits, or XX")
	if !d.validMonth() {
		p.fail(at, "there is no such month (01-12), season (21-24), quarter (33-36) or half-year (40-41)")
	}
}

func (p *parser) day(d *date) {
	if !p.take('-') {
		return
	}
	at := p.at
	if d.month > 12 {
		p.fail(at-1, "a season, quarter or half-year has no days")
	}
	d.day = p.pair("a day has two digits, or XX")
	switch {
	case d.day == unspecified:
	case d.month == unspecified:
		p.fail(at, "a day is not known of an unspecified month")
	case d.day < 1 || d.day > daysIn(d.year, d.month):
		p.fail(at, "the month has no such day")
	}
}

// pair parses two digits or XX.
func (p *parser) pair(reason string) int {
	if p.peek() != 'X' {
		return p.number(reason)
	}
	p.x = p.at
	p.at++
	if !p.take('X') {
		p.fail(p.at, reason)
	}
	return unspecified
}

// number parses two digits.
func (p *parser) number(reason string) int {
	n := 0
	for range 2 {
		c := p.peek()
		if !isDigit(c) {
			p.fail(p.at, reason)
			return n
		}
		n = n*10 + int(c-'0')
		p.at++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
