package model

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// canonicalID is the id under which the store answers for a record at hand: one
// for all that are held to be the same. What was fetched of a record is kept
// under it, since statements and clients may name any of them.
func (o *Operation) canonicalID(id diplomacy.ID) diplomacy.ID {
	if record := o.records[id]; record != nil {
		return record.Header().ID
	}
	return id
}

func (o *Operation) canonical(ids []diplomacy.ID) []diplomacy.ID {
	canonical := make([]diplomacy.ID, len(ids))
	for i, id := range ids {
		canonical[i] = o.canonicalID(id)
	}
	return canonical
}

// merged are those of the ids for which another answers.
func (o *Operation) merged(ids []diplomacy.ID) []diplomacy.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id diplomacy.ID) bool { return o.canonicalID(id) == id })
}

// loadGroups finds those of which it is not known yet what is held to be the same.
func (o *Operation) loadGroups(ctx context.Context, ids []diplomacy.ID) error {
	missing := slices.DeleteFunc(o.canonical(ids), func(id diplomacy.ID) bool { return o.groups[id] != nil })
	if len(missing) == 0 {
		return nil
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	answers, err := reader.Same(ctx, missing)
	for i, group := range answers {
		o.groups[missing[i]] = group
	}
	return err
}

// recorded is a record at hand as it was recorded, not the one that answers for
// it.
func (o *Operation) recorded(id diplomacy.ID) diplomacy.Record {
	canonical := o.records[id]
	if canonical == nil || canonical.Header().ID == id {
		return canonical
	}
	for _, record := range o.groups[canonical.Header().ID] {
		if record.Header().ID == id {
			return record
		}
	}
	return nil
}

// SameAs gives the other records that are held to be the same.
func SameAs[N Node](ctx context.Context, id diplomacy.ID) ([]N, error) {
	o := From(ctx)
	err := o.loadGroups(ctx, []diplomacy.ID{id})
	others := []N{}
	for _, record := range o.groups[o.canonicalID(id)] {
		if other, ok := NodeOf(record).(N); ok && record.Header().ID != id {
			others = append(others, other)
		}
	}
	return others, err
}

// aheadGroups fetches what records are held to be the same, and what is selected
// of them.
func (o *Operation) aheadGroups(ctx context.Context, selection ast.SelectionSet, ids []diplomacy.ID) error {
	if err := o.loadGroups(ctx, ids); err != nil {
		return err
	}
	var others []diplomacy.Record
	for _, id := range ids {
		for _, record := range o.groups[o.canonicalID(id)] {
			if record.Header().ID != id {
				others = append(others, record)
			}
		}
	}
	return o.aheadRecords(ctx, selection, others)
}

// aheadRecords fetches what a selection wants of records that may be other than
// those at hand under their ids: earlier versions, or ones for which another
// answers. What they refer to is theirs, as is their history; what links to them
// is what the store shows now.
func (o *Operation) aheadRecords(ctx context.Context, selection ast.SelectionSet, records []diplomacy.Record) error {
	ids := make([]diplomacy.ID, len(records))
	for i, record := range records {
		ids[i] = record.Header().ID
	}
	if len(selection) == 0 || len(ids) == 0 {
		return nil
	}
	if err := o.load(ctx, ids); err != nil {
		return err
	}
	for kind, group := range byKind(ids) {
		for _, field := range graphql.CollectFields(graphql.GetOperationContext(ctx), selection, satisfies[kind]) {
			if err := o.aheadRecordsField(ctx, kind, field, group, records); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *Operation) aheadRecordsField(ctx context.Context, kind diplomacy.Kind, field graphql.CollectedField, ids []diplomacy.ID, records []diplomacy.Record) error {
	refer, refers := references[kind][field.Name]
	if !refers && field.Name != "transaction" {
		if field.Name != "history" {
			ids = slices.Compact(slices.Sorted(slices.Values(o.canonical(ids))))
		}
		return o.aheadField(ctx, kind, field, ids)
	}
	var targets []diplomacy.ID
	var numbers []diplomacy.TxNumber
	for _, record := range records {
		switch {
		case record.Kind() != kind:
		case refers:
			targets = append(targets, refer(record))
		default:
			numbers = append(numbers, record.Header().From)
		}
	}
	if refers {
		return o.Ahead(ctx, targets, field.Selections)
	}
	return o.aheadTransactions(ctx, field.Selections, numbers)
}

// RedirectedFrom is the id of the record that the field above asked for, where
// that is another than the one that answers; nil otherwise.
func RedirectedFrom(ctx context.Context, entity diplomacy.Entity) (*diplomacy.ID, error) {
	asked, err := From(ctx).askedFor(ctx, entity)
	if err != nil || asked == 0 || asked == entity.Header().ID {
		return nil, err
	}
	return &asked, nil
}

// askedFor reads from the field of Query above which record it names; zero where
// the thing was found otherwise.
func (o *Operation) askedFor(ctx context.Context, entity diplomacy.Entity) (diplomacy.ID, error) {
	above, index := graphql.GetFieldContext(ctx).Parent, 0
	if above != nil && above.Index != nil {
		above, index = above.Parent, *above.Index
	}
	if above == nil || above.Object != "Query" {
		return 0, nil
	}
	raw := rawArgs(ctx, above.Field)
	switch above.Field.Name {
	case "node":
		return UnmarshalID(raw["id"])
	case "nodes":
		return UnmarshalID(Elements(raw["ids"])[index])
	case "_entities":
		return o.representedBy(ctx, entity, Elements(raw["representations"])[index])
	}
	if raw["by"] == nil {
		return 0, nil
	}
	return o.holderOf(ctx, entity, raw["by"])
}

// holderOf is which of the records that are held to be the same has a key.
func (o *Operation) holderOf(ctx context.Context, entity diplomacy.Entity, by any) (diplomacy.ID, error) {
	name, value := oneOf(by)
	if name == "id" {
		return UnmarshalID(value)
	}
	key, err := keyOf(entity.Kind(), name, value)
	if err != nil {
		return 0, err
	}
	return o.holderOfKey(ctx, entity, key)
}

func (o *Operation) holderOfKey(ctx context.Context, entity diplomacy.Entity, key store.Key) (diplomacy.ID, error) {
	if holds(entity, key) {
		return 0, nil
	}
	err := o.loadGroups(ctx, []diplomacy.ID{entity.Header().ID})
	for _, record := range o.groups[entity.Header().ID] {
		if other, ok := record.(diplomacy.Entity); ok && holds(other, key) {
			return other.Header().ID, err
		}
	}
	return 0, err
}

// holds reports whether a key is an entity's own.
func holds(entity diplomacy.Entity, key store.Key) bool {
	if key.Scheme == store.SchemeSlug {
		return entity.Base().Slug == key.Value
	}
	return slices.Contains(entity.Base().Identifiers, diplomacy.Identifier{Scheme: key.Scheme, Value: key.Value})
}
