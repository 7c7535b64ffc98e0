package findings

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// owned are for each kind of entity the arcs of the statements that it owns: those of
// which it is the subject; or the object, for statements dated by their object, of
// which an actor may have hundreds of thousands. A rule sees them from their owner.
// Judgements and evidence are no statements.
var owned = arcsByKind(func(rule *diplomacy.Rule) ([]diplomacy.Kind, diplomacy.Direction) {
	if rule.DatedBy == diplomacy.ByObject {
		return rule.Objects, store.In
	}
	return rule.Subjects, store.Out
})

// seen are statements that rules see from their other end too.
var seen = map[diplomacy.Kind][]store.Arc{
	diplomacy.KindOffice: {{Kind: diplomacy.HoldsOffice, Direction: store.In}},
}

// leading are for each kind of entity the arcs along which others own, or see, statements
// that lead to it: what rules say of them depends on it.
var leading = func() map[diplomacy.Kind][]store.Arc {
	arcs := arcsByKind(func(rule *diplomacy.Rule) ([]diplomacy.Kind, diplomacy.Direction) {
		switch {
		case rule.DatedBy == diplomacy.ByObject:
			return rule.Subjects, store.Out
		case rule.Symmetric:
			return rule.Objects, store.Out
		}
		return rule.Objects, store.In
	})
	arcs[diplomacy.KindPerson] = append(arcs[diplomacy.KindPerson], store.Arc{Kind: diplomacy.HoldsOffice, Direction: store.Out})
	for i := range diplomacy.Vocabulary {
		rule := &diplomacy.Vocabulary[i]
		if rule.Fields&diplomacy.FieldOnBehalfOf != 0 {
			for _, kind := range diplomacy.Actors {
				arcs[kind] = append(arcs[kind], store.Arc{Kind: rule.Predicate, Direction: store.Behalf})
			}
		}
		if rule.Fields&diplomacy.FieldInCapacityOf != 0 {
			arcs[diplomacy.KindOffice] = append(arcs[diplomacy.KindOffice], store.Arc{Kind: rule.Predicate, Direction: store.Capacity})
		}
	}
	return arcs
}()

func arcsByKind(end func(*diplomacy.Rule) ([]diplomacy.Kind, diplomacy.Direction)) map[diplomacy.Kind][]store.Arc {
	arcs := map[diplomacy.Kind][]store.Arc{}
	for i := range diplomacy.Vocabulary {
		rule := &diplomacy.Vocabulary[i]
		kinds, direction := end(rule)
		for _, kind := range kinds {
			arcs[kind] = append(arcs[kind], store.Arc{Kind: rule.Predicate, Direction: direction})
		}
	}
	return arcs
}

// ownerOf returns the end of a statement that owns it.
func ownerOf(s *diplomacy.Statement) diplomacy.ID {
	if diplomacy.RuleOf(s.Predicate).DatedBy == diplomacy.ByObject {
		return s.Object
	}
	return s.Subject
}

// examinedFrom returns the entities from which rules see a statement. Of a symmetric
// one that is the end with the smaller canonical id, which may be either.
func examinedFrom(s *diplomacy.Statement) []diplomacy.ID {
	from := []diplomacy.ID{ownerOf(s)}
	if diplomacy.RuleOf(s.Predicate).Symmetric || slices.ContainsFunc(seen[s.Object.Kind()], func(a store.Arc) bool { return a.Kind == s.Predicate }) {
		from = append(from, s.Object)
	}
	return from
}
