package findings

import (
	"slices"

	"chancery/diplomacy"
)

// unsourced finds statements without evidence, deprecated ones too.
func unsourced(n *neighbourhood) []doubt {
	var doubts []doubt
	for _, f := range n.facts {
		if len(f.evidence) == 0 {
			doubts = append(doubts, doubtOf(ids(f.id), "%s has no evidence.", n.say(f)))
		}
	}
	return doubts
}

// evidenceDoubts returns a rule's function that reports one of the doubts that evidence
// has by itself (diplomacy.Evidence.Doubts), once for each statement.
func evidenceDoubts(term diplomacy.Term) func(*neighbourhood) []doubt {
	return func(n *neighbourhood) []doubt {
		doubts := n.doubtsOf(term, n.id, n.entity, nil, n.name(n.id), n.evidence[n.id])
		for _, f := range n.facts {
			if f.Rank != "DEPRECATED" {
				doubts = append(doubts, n.doubtsOf(term, f.id, f.Statement, n.office(f), n.say(f), f.evidence)...)
			}
		}
		return doubts
	}
}

// doubtsOf returns the doubt that some of the evidence about a record has.
func (n *neighbourhood) doubtsOf(term diplomacy.Term, id diplomacy.ID, about diplomacy.Record, office *diplomacy.Office, what string, evidence []support) []doubt {
	records := ids(id)
	var example support
	for _, e := range evidence {
		if slices.Contains(e.Doubts(about, e.source, office), term) {
			records, example = append(records, e.ID), e
		}
	}
	if len(records) == 1 {
		return nil
	}
	by := n.name(n.canonical(example.Source))
	switch term {
	case "DIFFERS":
		return []doubt{doubtOf(records, "%s calls the office of %s %s, which is not among its names.", by, what, diplomacy.Shorten(example.Asserted))}
	case "STALE":
		return []doubt{doubtOf(records, "%s changed after %s was recorded as its evidence.", what, by)}
	default:
		return []doubt{doubtOf(records, "The text of %s does not contain the quote that is evidence of %s.", by, what)}
	}
}

// office returns the office whose title a source may give.
func (n *neighbourhood) office(f *fact) *diplomacy.Office {
	id := n.canonical(f.InCapacityOf)
	if f.Predicate == diplomacy.HoldsOffice {
		id = f.object
	}
	office, _ := n.records[id].(*diplomacy.Office)
	return office
}

// supporting returns the sources that support a record, each once, ascending.
func (b *batch) supporting(evidence []support) []diplomacy.ID {
	var sources []diplomacy.ID
	for _, e := range evidence {
		if e.Stance == "SUPPORTS" {
			sources = append(sources, b.canonical(e.Source))
		}
	}
	slices.Sort(sources)
	return slices.Compact(sources)
}

// disjoint reports whether two statements are both supported, and by no source in
// common.
func disjoint(a, b []support) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for _, x := range a {
		for _, y := range b {
			if x.Source == y.Source {
				return false
			}
		}
	}
	return true
}
