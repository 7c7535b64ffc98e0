package diplomacy

import "strings"

// Evidence says that a source backs, or contradicts, a part of a statement or
// of an entity's literal facts (Wikibase references, Web Annotation selectors).
type Evidence struct {
	Head
	// About is the statement or entity; Source the source.
	About  ID `json:"-" cbor:"1,keyasint"`
	Source ID `json:"-" cbor:"2,keyasint"`
	// Part says what of it is backed.
	Part   Term `json:"part,omitempty" cbor:"3,keyasint,omitempty"`
	Stance Term `json:"stance,omitempty" cbor:"4,keyasint,omitempty"`
	// Locator and Quote say where in the source.
	Locator Locator `json:"locator,omitzero" cbor:"5,keyasint,omitzero"`
	Quote   Quote   `json:"quote,omitzero" cbor:"6,keyasint,omitzero"`
	// Asserted is the value as the source wrote it, right or wrong.
	Asserted string `json:"asserted,omitempty" cbor:"7,keyasint,omitempty"`
	// AttributedTo is the actor that the source names as having said it.
	AttributedTo ID   `json:"-" cbor:"8,keyasint,omitempty"`
	Method       Term `json:"method,omitempty" cbor:"9,keyasint,omitempty"`
	Retrieved    Time `json:"retrieved,omitzero" cbor:"10,keyasint,omitzero"`
	// Confirmed is the last transaction in which a curator compared the evidence
	// with the value; at first the transaction that recorded it. The store sets it.
	Confirmed TxNumber `json:"-" cbor:"11,keyasint,omitempty"`
}

// Locator points into a source; zero fields are not given. Counting is from 1,
// characters are Unicode code points, To is exclusive.
type Locator struct {
	Paragraph int `json:"paragraph,omitempty" cbor:"1,keyasint,omitempty"`
	Page      int `json:"page,omitempty" cbor:"2,keyasint,omitempty"`
	From      int `json:"from,omitempty" cbor:"3,keyasint,omitempty"`
	To        int `json:"to,omitempty" cbor:"4,keyasint,omitempty"`
}

// Quote selects text by itself and its surroundings (W3C Web Annotation,
// TextQuoteSelector).
type Quote struct {
	Exact  string `json:"exact,omitempty" cbor:"1,keyasint,omitempty"`
	Prefix string `json:"prefix,omitempty" cbor:"2,keyasint,omitempty"`
	Suffix string `json:"suffix,omitempty" cbor:"3,keyasint,omitempty"`
}

// Kind returns KindEvidence.
func (*Evidence) Kind() Kind { return KindEvidence }

// QuoteState reports whether the source's snapshot contains the quote: FOUND,
// NOT_FOUND, or UNCHECKED if there is no quote or no snapshot.
func (e *Evidence) QuoteState(source *Source) Term {
	if e.Quote.Exact == "" || source == nil || source.Snapshot == "" {
		return "UNCHECKED"
	}
	if strings.Contains(source.Snapshot, e.Quote.Prefix+e.Quote.Exact+e.Quote.Suffix) {
		return "FOUND"
	}
	return "NOT_FOUND"
}

// Stale reports whether the value of the statement has changed since the evidence
// was recorded or confirmed.
func (e *Evidence) Stale(about Record) bool {
	statement, ok := about.(*Statement)
	return ok && e.Confirmed < statement.ValueSince
}

// Doubts returns what is doubtful about evidence, as terms: LATER_THAN_SOURCE if
// the asserted date is later than the source, DIFFERS if the asserted title is not
// among the office's names, STALE, QUOTE_NOT_FOUND. The office may be nil.
func (e *Evidence) Doubts(about Record, source *Source, office *Office) []Term {
	var doubts []Term
	if source != nil && e.laterThan(source) {
		doubts = append(doubts, "LATER_THAN_SOURCE")
	}
	if office != nil && e.Part == "TITLE" && e.Asserted != "" && !office.isCalled(e.Asserted) {
		doubts = append(doubts, "DIFFERS")
	}
	if e.Stale(about) {
		doubts = append(doubts, "STALE")
	}
	if e.QuoteState(source) == "NOT_FOUND" {
		doubts = append(doubts, "QUOTE_NOT_FOUND")
	}
	return doubts
}

// laterThan reports whether the asserted text is a date that begins after the
// source was published.
func (e *Evidence) laterThan(source *Source) bool {
	if e.Part != "START" && e.Part != "END" || source.Published.IsZero() || e.Asserted == "" {
		return false
	}
	asserted, err := ParseTime(e.Asserted)
	return err == nil && asserted.Span().StartMin >= source.Published.Span().EndMax
}

// isCalled reports whether a title is a name of the office, case aside.
func (o *Office) isCalled(title string) bool {
	for _, n := range o.Names {
		if strings.EqualFold(n.Value, title) {
			return true
		}
	}
	return false
}

// Normalize sets defaults: part WHOLE, stance SUPPORTS, method MANUAL.
func (e *Evidence) Normalize() {
	if e.Part == "" {
		e.Part = "WHOLE"
	}
	if e.Stance == "" {
		e.Stance = "SUPPORTS"
	}
	if e.Method == "" {
		e.Method = "MANUAL"
	}
}
