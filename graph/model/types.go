package model

import "chancery/diplomacy"

// TypesOf are for each kind the names of its object type and of the interfaces that
// this implements: selections may be made on any of them.
var TypesOf = func() map[diplomacy.Kind][]string {
	types := map[diplomacy.Kind][]string{
		0:                       {"Query"},
		diplomacy.KindEvidence:  {"Evidence", "Node"},
		diplomacy.KindJudgement: {"Judgement", "Node"},
	}
	for _, kind := range diplomacy.EntityKinds {
		types[kind] = []string{kind.String(), "Thing", "Node", "_Entity"}
	}
	for _, kind := range diplomacy.Actors {
		types[kind] = append(types[kind], "Actor")
	}
	for _, rule := range diplomacy.Vocabulary {
		types[rule.Predicate] = []string{rule.Type, "Statement", "Node"}
	}
	return types
}()
