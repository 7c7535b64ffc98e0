package diplomacy

// clock parses a time of day and its zone, as seconds from the beginning of the
// date in UTC. It rejects 24:00:00, which is 00:00:00 of the next day, and leap
// seconds, which an Instant does not count; level 0 has neither.
func (p *parser) clock(d *date) Instant {
	const form = "a time of day is written hh:mm:ss"
	if d.day < 1 {
		p.fail(p.at, "a time of day needs a whole date")
	}
	seconds := 0
	for i, most := range [...]int{23, 59, 59} {
		if !p.take("T::"[i]) {
			p.fail(p.at, form)
		}
		at := p.at
		n := p.number(form)
		if n > most {
			p.fail(at, "there is no such time of day")
		}
		seconds = seconds*60 + n
	}
	return Instant(seconds) - p.zone()
}

// zone parses Z, +hh, +hh:mm, or nothing, which is UTC. It returns the seconds by
// which the clock is ahead of UTC. ISO 8601 allows no minus sign before zero.
func (p *parser) zone() Instant {
	at := p.at
	if p.take('+') {
		return p.shift()
	}
	if p.take('-') {
		shift := p.shift()
		if shift == 0 {
			p.fail(at, "UTC is written Z or +00")
		}
		return -shift
	}
	p.take('Z')
	return 0
}

// shift parses hh or hh:mm. EDTF sets no limit; that of XML Schema (part 2,
// timezoneOffset) has room for all zones.
func (p *parser) shift() Instant {
	const form, most = "a zone is written Z, +hh or +hh:mm", 14 * 60
	at := p.at
	hours, minutes := p.number(form), 0
	if p.take(':') {
		minutes = p.number(form)
	}
	if minutes > 59 || hours*60+minutes > most {
		p.fail(at, "there is no such zone")
	}
	return Instant(hours*60+minutes) * 60
}
