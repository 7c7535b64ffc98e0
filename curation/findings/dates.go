package findings

import (
	"slices"

	"chancery/diplomacy"
)

// laterThanSource compares dates with when their sources were published.
func laterThanSource(n *neighbourhood) []doubt {
	doubts := n.assertedLater(n.id, n.name(n.id), n.evidence[n.id])
	if e, ok := n.entity.(*diplomacy.Event); ok && e.Status == "HELD" && n.laterThanAll(e.Date, n.allEvidence()) {
		doubts = append(doubts, doubtOf(ids(n.id), "%s is dated %s, later than all of its sources, such as %s.", n.name(n.id), e.Date, n.example(n.allEvidence())))
	}
	for _, f := range n.facts {
		if f.Rank == "DEPRECATED" {
			continue
		}
		doubts = append(doubts, n.assertedLater(f.id, n.say(f), f.evidence)...)
		if n.laterThanAll(f.Valid, f.evidence) {
			doubts = append(doubts, doubtOf(ids(f.id), "%s begins %s, later than all of its sources, such as %s.", n.say(f), f.Valid, n.example(f.evidence)))
		}
	}
	return doubts
}

// assertedLater finds evidence that asserts a date later than its source.
func (n *neighbourhood) assertedLater(id diplomacy.ID, what string, evidence []support) []doubt {
	for _, e := range evidence {
		if slices.Contains(e.Doubts(nil, e.source, nil), "LATER_THAN_SOURCE") {
			return []doubt{doubtOf(ids(id, e.ID), "%s of %s dates %s %s.", n.name(n.canonical(e.Source)), e.source.Published, what, diplomacy.Shorten(e.Asserted))}
		}
	}
	return nil
}

// allEvidence returns the evidence of an event and of who took part.
func (n *neighbourhood) allEvidence() []support {
	all := slices.Clone(n.evidence[n.id])
	for _, f := range n.facts {
		if f.Predicate == diplomacy.ParticipatedIn {
			all = append(all, f.evidence...)
		}
	}
	return all
}

// laterThanAll reports whether a time certainly begins after the latest date of every
// source that supports it. A source that is not dated may be later than any time.
func (n *neighbourhood) laterThanAll(t diplomacy.Time, evidence []support) bool {
	found := false
	for _, e := range evidence {
		if e.Stance != "SUPPORTS" {
			continue
		}
		if e.source == nil || e.source.Published.IsZero() || !begunAfter(t, e.source.Published) {
			return false
		}
		if !e.Retrieved.IsZero() && e.Retrieved.Span().EndMax > t.Span().StartMin {
			return false
		}
		found = true
	}
	return found
}

// example names one of the sources with its date.
func (n *neighbourhood) example(evidence []support) string {
	for _, e := range evidence {
		if e.Stance == "SUPPORTS" {
			return n.name(n.canonical(e.Source)) + " of " + e.source.Published.String()
		}
	}
	return ""
}
