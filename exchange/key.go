package exchange

import (
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// near returns where to look for a record in the store: a record that it refers to
// and an arc from there. Of the two ends of a statement it is the one with fewer
// links: an event rather than a participant.
func near(r diplomacy.Record) (diplomacy.ID, store.Arc) {
	switch r := r.(type) {
	case *diplomacy.Statement:
		if diplomacy.RuleOf(r.Predicate).DatedBy == diplomacy.ByObject {
			return r.Object, store.Arc{Kind: r.Predicate, Direction: store.In}
		}
		return r.Subject, store.Arc{Kind: r.Predicate, Direction: store.Out}
	case *diplomacy.Evidence:
		return r.About, store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out}
	case *diplomacy.Judgement:
		return r.A, store.Arc{Kind: diplomacy.KindJudgement, Direction: store.Out}
	}
	return 0, store.Arc{}
}

// natural returns the natural key of a record, comparable with ==; nil for entities.
func natural(r diplomacy.Record) any {
	switch r := r.(type) {
	case *diplomacy.Statement:
		return diplomacy.Statement{Predicate: r.Predicate, Subject: r.Subject, Object: r.Object,
			Valid: r.Valid, Role: r.Role, OnBehalfOf: r.OnBehalfOf}
	case *diplomacy.Evidence:
		return diplomacy.Evidence{About: r.About, Source: r.Source, Part: r.Part, Stance: r.Stance,
			Locator: r.Locator, Asserted: r.Asserted}
	case *diplomacy.Judgement:
		return [2]diplomacy.ID{r.A, r.B}
	}
	return nil
}

// whole returns everything that a record says, comparable with ==; nil for entities.
func whole(r diplomacy.Record) any {
	switch r := r.(type) {
	case *diplomacy.Statement:
		said := *r
		said.Head, said.ValueSince = diplomacy.Head{}, 0
		return said
	case *diplomacy.Evidence:
		said := *r
		said.Head, said.Confirmed = diplomacy.Head{}, 0
		return said
	case *diplomacy.Judgement:
		return [4]any{r.A, r.B, r.Verdict, strings.Join(r.Reasons, "\n")}
	}
	return nil
}
