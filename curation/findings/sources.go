package findings

import (
	"maps"
	"slices"

	"chancery/diplomacy"
)

// sourcesContradict finds what different sources say differently.
func sourcesContradict(n *neighbourhood) []doubt {
	doubts := n.contradicted(n.id, n.name(n.id), n.evidence[n.id])
	for _, f := range n.facts {
		if f.Rank != "DEPRECATED" {
			doubts = append(doubts, n.contradicted(f.id, n.say(f), f.evidence)...)
		}
	}
	for _, p := range n.overlapping() {
		if p.a.Valid != p.b.Valid && disjoint(p.a.evidence, p.b.evidence) {
			doubts = append(doubts, doubtOf(ids(p.a.id, p.b.id), "%s holds %s %s according to %s, but %s according to %s.",
				n.name(n.id), n.name(p.a.object), p.a.Valid, n.firstSource(p.a), p.b.Valid, n.firstSource(p.b)))
		}
	}
	return doubts
}

func (n *neighbourhood) firstSource(f *fact) string { return n.name(n.canonical(f.evidence[0].Source)) }

// contradicted compares the evidence of one record: one source supports what another
// contradicts, or two assert dates of one part that cannot both be true.
func (n *neighbourhood) contradicted(id diplomacy.ID, what string, evidence []support) []doubt {
	for i, a := range evidence {
		for _, b := range evidence[:i] {
			switch {
			case a.Source == b.Source || a.Part != b.Part && a.Part != "WHOLE" && b.Part != "WHOLE":
			case a.Stance != b.Stance:
				if a.Stance == "CONTRADICTS" {
					a, b = b, a
				}
				return []doubt{doubtOf(ids(id, b.ID, a.ID), "%s supports %s, and %s contradicts it.", n.sourceOf(a), what, n.sourceOf(b))}
			case a.Part == b.Part && a.datesOtherwise(b):
				return []doubt{doubtOf(ids(id, a.ID, b.ID), "%s dates the %s of %s %s, and %s dates it %s.", n.sourceOf(b), a.Part, what, b.Asserted, n.sourceOf(a), a.Asserted)}
			}
		}
	}
	return nil
}

func (n *neighbourhood) sourceOf(e support) string { return n.name(n.canonical(e.Source)) }

// datesOtherwise reports whether two sources assert dates (EDTF) that cannot both be
// true. Dates in words are not compared.
func (s support) datesOtherwise(o support) bool {
	if s.Part != "START" && s.Part != "END" || s.Asserted == o.Asserted {
		return false
	}
	a, errA := diplomacy.ParseTime(s.Asserted)
	b, errB := diplomacy.ParseTime(o.Asserted)
	return errA == nil && errB == nil && (endedBefore(a, b) || endedBefore(b, a))
}

// singleSourced finds the statements of the entity that one source alone supports: one
// finding for each source.
func singleSourced(n *neighbourhood) []doubt {
	const most = 20 // records of a finding
	bySource := map[diplomacy.ID][]*fact{}
	for _, f := range n.facts {
		if sources := n.supporting(f.evidence); len(sources) == 1 && f.Rank != "DEPRECATED" && f.Predicate != diplomacy.IssuedBy {
			bySource[sources[0]] = append(bySource[sources[0]], f)
		}
	}
	var doubts []doubt
	for _, source := range slices.Sorted(maps.Keys(bySource)) {
		facts := bySource[source]
		var records []diplomacy.ID
		for _, f := range facts[:min(len(facts), most)] {
			records = append(records, f.id)
		}
		more := ""
		if len(facts) > 1 {
			more = " and others"
		}
		doubts = append(doubts, doubtOf(records, "%s%s: %s is the only source.", n.say(facts[0]), more, n.name(source)))
	}
	return doubts
}

// oneSided finds events whose sources were all issued by one of several sides.
func oneSided(n *neighbourhood) []doubt {
	sides := n.sides[n.id]
	var issuer diplomacy.ID
	for _, e := range n.allEvidence() {
		if e.Stance != "SUPPORTS" {
			continue
		}
		issuers := n.issuers[n.canonical(e.Source)]
		if len(issuers) != 1 || !slices.Contains(sides, issuers[0]) || issuer != 0 && issuer != issuers[0] {
			return nil
		}
		issuer = issuers[0]
	}
	if issuer == 0 || len(sides) < 2 {
		return nil
	}
	return []doubt{doubtOf(ids(n.id), "All sources of %s were issued by %s, one of its %d sides.", n.name(n.id), n.name(issuer), len(sides))}
}
