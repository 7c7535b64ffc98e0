package model

import "chancery/diplomacy"

// Node is a record with a global id: an entity, a Statement, an *Evidence or a
// *Judgement.
type Node interface{ Header() *diplomacy.Head }

// Linking is a record that makes a link: a Statement or an *Evidence.
type Linking interface {
	Node
	Kind() diplomacy.Kind
}

// NodeOf returns a record with its GraphQL type; nil for nil.
func NodeOf(record diplomacy.Record) Node {
	switch r := record.(type) {
	case nil:
		return nil
	case *diplomacy.Evidence:
		return &Evidence{r}
	case *diplomacy.Judgement:
		return &Judgement{r}
	case *diplomacy.Statement:
		return statementOf(r)
	case diplomacy.Entity:
		return r
	}
	return nil
}
