package diplomacy

// maxTime is the length of the longest text that is parsed, in bytes. The longest
// valid text, an interval of two date-times before year zero, has 53.
const maxTime = 64

// parser parses one EDTF text from left to right. It keeps the first fault and
// ignores the rest of the text.
type parser struct {
	text   string
	at     int
	x      int // where the last X stands, or 0: no text begins with one
	fault  int
	reason string // empty as long as there is no fault
}

func (p *parser) fail(at int, reason string) {
	if p.reason == "" {
		p.fault, p.reason = at, reason
	}
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
func (p *parser) parse() Span {
	if len(p.text) > maxTime {
		p.fail(maxTime, "it goes on; no date is longer")
		return Span{}
	}
	first := p.end(Past)
	if first.kind == dated && p.at == len(p.text) {
		return Span{first.from, first.to, first.from, first.to, first.qualified}
	}
	if !p.take('/') {
		p.fail(p.at, "a date should end, or / begin the end of an interval")
	}
	last := p.end(Future)
	if p.at != len(p.text) {
		p.fail(p.at, "an interval should end")
	}
	return p.interval(first, last)
}

// interval joins two ends. It rejects an interval that ends before it begins, also
// if qualified, since qualifiers keep the bounds.
func (p *parser) interval(a, b end) Span {
	if a.kind != dated && b.kind != dated {
		p.fail(0, "an interval needs a date at one end")
	}
	if p.x > 0 {
		p.fail(p.x, "an interval has no X (level 2); for 2004-06-XX write 2004-06")
	}
	s := Span{a.from, a.to, b.from, b.to, a.qualified || b.qualified}
	if a.kind == dated && b.kind == dated { // neither end lies beyond the other
		s.StartMax, s.EndMin = min(a.to, b.to), max(a.from, b.from)
	}
	if a.kind == unknown {
		s.StartMin, s.StartMax = Past, b.to
	}
	if b.kind == unknown {
		s.EndMin, s.EndMax = a.from, Future
	}
	if s.EndMax <= s.StartMin {
		p.fail(0, "the interval ends before it begins")
	}
	return s
}

// end is one end of an interval: a date, open or unknown.
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

// end reads a date, .. (nothing bounds that end: it is infinite) or nothing.
func (p *parser) end(infinity Instant) end {
	if p.take('.') {
		if !p.take('.') {
			p.fail(p.at, "an open end is written ..")
		}
		return end{kind: open, from: infinity, to: infinity}
	}
	if p.peek() == '/' || p.at == len(p.text) {
		return end{kind: unknown}
	}
	return p.date()
}
