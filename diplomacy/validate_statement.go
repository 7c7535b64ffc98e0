package diplomacy

// Validate checks a statement against the row of its predicate.
func (s *Statement) Validate() error {
	var p Problems
	rule := RuleOf(s.Predicate)
	if rule == nil {
		p.add("type", "is not a predicate")
		return p
	}
	p.references(s, rule.Name)
	p.pair(s, rule)
	p.term("rank", s.Rank, Ranks, true)
	p.fields(s, rule)
	return p.orNil()
}

func (p *Problems) pair(s *Statement, rule *Rule) {
	if s.Subject == s.Object && s.Subject != 0 {
		p.add("object", "is the subject itself")
	}
	if rule.SameKind && s.Subject.Kind() != s.Object.Kind() {
		p.add("object", "%s links entities of one type, not %s and %s", rule.Name, s.Subject.Kind(), s.Object.Kind())
	}
	if rule.Symmetric && s.Object < s.Subject {
		p.add("object", "a symmetric statement keeps the smaller id first")
	}
}

// fields rejects fields that the predicate does not carry, and terms that are not
// in their lists.
func (p *Problems) fields(s *Statement, rule *Rule) {
	if rule.Role != "" {
		p.term(rule.Role, s.Role, rule.Roles, true)
	} else if s.Role != "" {
		p.add("role", "%s does not carry it", rule.Name)
	}
	p.carries("startMode", s.StartMode != "", FieldStartMode, rule)
	p.carries("endCause", s.EndCause != "", FieldEndCause, rule)
	p.carries("delegationHead", s.DelegationHead, FieldDelegationHead, rule)
	p.term("startMode", s.StartMode, StartModes, false)
	p.term("endCause", s.EndCause, EndCauses, false)
}

func (p *Problems) carries(field string, given bool, f Fields, rule *Rule) {
	if given && rule.Fields&f == 0 {
		p.add(field, "%s does not carry it", rule.Name)
	}
}

// Validate checks evidence.
func (e *Evidence) Validate() error {
	var p Problems
	p.references(e, "Evidence")
	p.term("part", e.Part, Parts, true)
	p.term("stance", e.Stance, Stances, true)
	p.term("method", e.Method, Methods, true)
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
	p.references(j, "Judgement")
	switch {
	case len(p) > 0:
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
