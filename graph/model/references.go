package model

import (
	"context"
	"maps"
	"strings"

	"chancery/diplomacy"

	"github.com/vektah/gqlparser/v2/ast"
)

// reference finds in a record the id of another that a field leads to.
type reference func(diplomacy.Record) diplomacy.ID

// references are the fields that lead from a record to one other, by its kind.
var references = map[diplomacy.Kind]map[string]reference{
	diplomacy.KindEvidence: {
		"about":        func(r diplomacy.Record) diplomacy.ID { return r.(*diplomacy.Evidence).About },
		"source":       func(r diplomacy.Record) diplomacy.ID { return r.(*diplomacy.Evidence).Source },
		"attributedTo": func(r diplomacy.Record) diplomacy.ID { return r.(*diplomacy.Evidence).AttributedTo },
	},
	diplomacy.KindJudgement: {
		"a": func(r diplomacy.Record) diplomacy.ID { return r.(*diplomacy.Judgement).A },
		"b": func(r diplomacy.Record) diplomacy.ID { return r.(*diplomacy.Judgement).B },
	},
}

// satisfies are for each kind the names of its type and of the interfaces it
// implements, for selections made on any of them.
var satisfies = map[diplomacy.Kind][]string{
	diplomacy.KindEvidence:  {"Evidence", "Node"},
	diplomacy.KindJudgement: {"Judgement", "Node"},
}

// kindOfType finds kinds by the values of the ThingType enum.
var kindOfType = map[diplomacy.Term]diplomacy.Kind{}

func init() {
	for _, kind := range diplomacy.EntityKinds {
		satisfies[kind] = []string{kind.String(), "Thing", "Node", "_Entity"}
		kindOfType[diplomacy.Term(strings.ToUpper(kind.String()))] = kind
	}
	for _, kind := range diplomacy.Actors {
		satisfies[kind] = append(satisfies[kind], "Actor")
	}
	for _, rule := range diplomacy.Vocabulary {
		satisfies[rule.Predicate] = []string{rule.Type, "Statement", "Node"}
		references[rule.Predicate] = map[string]reference{"subject": subject, "object": object}
	}
	also(diplomacy.HoldsOffice, map[string]reference{"person": subject, "office": object})
	also(diplomacy.MemberOf, map[string]reference{"member": subject, "organization": object})
	also(diplomacy.ParticipatedIn, map[string]reference{"participant": subject, "event": object, "onBehalfOf": onBehalfOf, "capacity": inCapacityOf})
	also(diplomacy.Signed, map[string]reference{"onBehalfOf": onBehalfOf, "capacity": inCapacityOf})
}

// also gives a predicate the fields that only its statements have.
func also(predicate diplomacy.Kind, fields map[string]reference) {
	maps.Copy(references[predicate], fields)
}

func subject(r diplomacy.Record) diplomacy.ID      { return r.(*diplomacy.Statement).Subject }
func object(r diplomacy.Record) diplomacy.ID       { return r.(*diplomacy.Statement).Object }
func onBehalfOf(r diplomacy.Record) diplomacy.ID   { return r.(*diplomacy.Statement).OnBehalfOf }
func inCapacityOf(r diplomacy.Record) diplomacy.ID { return r.(*diplomacy.Statement).InCapacityOf }

// dating is the end whose date is a statement's; zero when it has its own.
func dating(r diplomacy.Record) diplomacy.ID {
	s := r.(*diplomacy.Statement)
	switch by := diplomacy.RuleOf(s.Predicate).DatedBy; {
	case !s.Valid.IsZero():
		return 0
	case by == diplomacy.BySubject:
		return s.Subject
	case by == diplomacy.ByObject:
		return s.Object
	}
	return 0
}

// refer gives what the records at hand refer to.
func (o *Operation) refer(refer reference, ids []diplomacy.ID) []diplomacy.ID {
	targets := make([]diplomacy.ID, 0, len(ids))
	for _, id := range ids {
		if record := o.records[id]; record != nil {
			targets = append(targets, refer(record))
		}
	}
	return targets
}

func (o *Operation) aheadReference(ctx context.Context, refer reference, selection ast.SelectionSet, ids []diplomacy.ID) error {
	targets := o.refer(refer, ids)
	if err := o.load(ctx, targets); err != nil {
		return err
	}
	return o.ahead(ctx, selection, targets)
}

// writers are the transactions that wrote the records at hand.
func (o *Operation) writers(ids []diplomacy.ID) []diplomacy.TxNumber {
	var numbers []diplomacy.TxNumber
	for _, id := range ids {
		if record := o.records[id]; record != nil {
			numbers = append(numbers, record.Header().From)
		}
	}
	return numbers
}
