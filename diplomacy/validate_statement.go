package diplomacy

import "slices"

// Validate checks a statement against the row of its predicate.
func (s *Statement) Validate() error {
	var p Problems
	rule := RuleOf(s.Predicate)
	if rule == nil {
		p.add("type", "is no predicate")
		return p
	}
	p.end("subject", s.Subject, rule.Subjects, rule.Name)
	p.end("object", s.Object, rule.Objects, rule.Name)
	p.pair(s, rule)
	p.term("rank", s.Rank, Ranks, true)
	p.fields(s, rule)
	return p.orNil()
}

// end checks that one end is of a type that the predicate allows there.
func (p *Problems) end(field string, id ID, allowed []Kind, predicate string) {
	switch {
	case id == 0:
		p.add(field, "is missing")
	case !slices.Contains(allowed, id.Kind()):
		p.add(field, "%s cannot be the %s of %s; allowed: %s", id.Kind(), field, predicate, list(allowed))
	}
}

func (p *Problems) pair(s *Statement, rule *Rule) {
	if s.Subject == s.Object && s.Subject != 0 {
		p.add("object", "is the subject itself")
	}
	if rule.SameKind && s.Subject.Kind() != s.Object.Kind() {
		p.add("object", "%s links things of one type, not %s and %s", rule.Name, s.Subject.Kind(), s.Object.Kind())
	}
	if rule.Symmetric && s.Object < s.Subject {
		p.add("object", "a symmetric statement keeps the smaller id first")
	}
}

// fields refuses what the predicate does not carry, and terms out of its lists.
func (p *Problems) fields(s *Statement, rule *Rule) {
	if rule.Role != "" {
		p.term(rule.Role, s.Role, rule.Roles, true)
	} else if s.Role != "" {
		p.add("role", "%s has none", rule.Name)
	}
	p.carries("startMode", s.StartMode != "", FieldStartMode, rule)
	p.carries("endCause", s.EndCause != "", FieldEndCause, rule)
	p.carries("onBehalfOf", s.OnBehalfOf != 0, FieldOnBehalfOf, rule)
	p.carries("inCapacityOf", s.InCapacityOf != 0, FieldInCapacityOf, rule)
	p.carries("delegationHead", s.DelegationHead, FieldDelegationHead, rule)
	p.term("startMode", s.StartMode, StartModes, false)
	p.term("endCause", s.EndCause, EndCauses, false)
	p.reference("onBehalfOf", s.OnBehalfOf, Actors)
	p.reference("inCapacityOf", s.InCapacityOf, only(KindOffice))
}

func (p *Problems) carries(field string, given bool, f Fields, rule *Rule) {
	if given && rule.Fields&f == 0 {
		p.add(field, "%s does not carry it", rule.Name)
	}
}

// reference checks the type of an entity that may be left out.
func (p *Problems) reference(field string, id ID, allowed []Kind) {
	if id != 0 && !slices.Contains(allowed, id.Kind()) {
		p.add(field, "is of type %s; allowed: %s", id.Kind(), list(allowed))
	}
}

func list(kinds []Kind) string {
	names := make(Terms, len(kinds))
	for i, k := range kinds {
		names[i] = Term(k.String())
	}
	return names.String()
}

// Validate checks evidence.
func (e *Evidence) Validate() error {
	var p Problems
	if k := e.About.Kind(); !k.IsEntity() && !k.IsStatement() {
		p.add("about", "evidence is about an entity or a statement")
	}
	if e.Source.Kind() != KindSource {
		p.add("source", "is missing or not a Source")
	}
	p.term("part", e.Part, Parts, true)
	p.term("stance", e.Stance, Stances, true)
	p.term("method", e.Method, Methods, true)
	p.reference("attributedTo", e.AttributedTo, Actors)
	p.text("asserted", e.Asserted, MaxName, false)
	p.text("quote.exact", e.Quote.Exact, MaxText, true)
	p.text("quote.prefix", e.Quote.Prefix, MaxName, true)
	p.text("quote.suffix", e.Quote.Suffix, MaxName, true)
	p.locator(e.Locator)
	return p.orNil()
}

func (p *Problems) locator(l Locator) {
	if l.Paragraph < 0 || l.Page < 0 || l.From < 0 || l.To < 0 {
		p.add("locator", "counts from 1")
	}
	if (l.From != 0 || l.To != 0) && (l.From == 0 || l.From >= l.To) {
		p.add("locator", "a character range has a from and a later to")
	}
}

// Validate checks a judgement.
func (j *Judgement) Validate() error {
	var p Problems
	switch {
	case !j.A.Kind().IsEntity() || !j.B.Kind().IsEntity():
		p.add("a", "a judgement is about two entities")
	case j.A.Kind() != j.B.Kind():
		p.add("b", "%s and %s are never the same", j.A.Kind(), j.B.Kind())
	case j.A >= j.B:
		p.add("b", "two different entities, the smaller id first")
	}
	p.term("verdict", j.Verdict, Verdicts, true)
	p.atMost("reasons", len(j.Reasons), MaxReasons)
	for _, reason := range j.Reasons {
		p.text("reasons", reason, MaxName, false)
	}
	return p.orNil()
}
