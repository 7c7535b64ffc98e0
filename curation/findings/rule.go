package findings

import (
	"fmt"
	"slices"

	"chancery/diplomacy"
)

// Rule is a row of the table of rules.
type Rule struct {
	// Code names the rule for programs. It is never changed or used for another rule.
	Code diplomacy.Term
	// Severity is one of Severities.
	Severity diplomacy.Term
	// Explanation says what is doubtful about all findings of the rule, Suggestion what
	// to change; both in one or two sentences.
	Explanation, Suggestion string
	// Of are the kinds of the entities that the rule examines; empty for all.
	Of []diplomacy.Kind
	// find returns what is doubtful about an entity and what surrounds it.
	find func(*neighbourhood) []doubt
}

// applies reports whether the rule examines entities of a kind.
func (r *Rule) applies(kind diplomacy.Kind) bool {
	return len(r.Of) == 0 || slices.Contains(r.Of, kind)
}

// RuleByCode returns the rule with a code; nil for none.
func RuleByCode(code diplomacy.Term) *Rule {
	at := slices.IndexFunc(Rules, func(r Rule) bool { return r.Code == code })
	if at < 0 {
		return nil
	}
	return &Rules[at]
}

// doubt is what a rule finds.
type doubt struct {
	message string
	records []diplomacy.ID
	// owner is the entity under which it is listed, if another than the one examined:
	// that of the records of which it is found from each.
	owner diplomacy.ID
}

// doubtOf returns a doubt about some records, the one that is probably wrong first.
func doubtOf(records []diplomacy.ID, format string, args ...any) doubt {
	return doubt{message: fmt.Sprintf(format, args...), records: records}
}

// ownedBy returns the doubt, listed under another entity.
func (d doubt) ownedBy(owner diplomacy.ID) doubt {
	d.owner = owner
	return d
}

func ids(of ...diplomacy.ID) []diplomacy.ID { return of }

// eachFact returns a rule's function that looks at each statement which the entity
// owns and which is not deprecated.
func eachFact(find func(*neighbourhood, *fact) []doubt) func(*neighbourhood) []doubt {
	return func(n *neighbourhood) []doubt {
		var doubts []doubt
		for _, f := range n.facts {
			if f.Rank != "DEPRECATED" {
				doubts = append(doubts, find(n, f)...)
			}
		}
		return doubts
	}
}
