package fetch

import (
	"context"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

var identityRows = rows{
	"Thing.mergedFrom":         sameStep{},
	"Statement.alsoRecordedAs": sameStep{},
}

// loadGroups finds out for records which others are the same.
func (o *Operation) loadGroups(ctx context.Context, ids []diplomacy.ID) error {
	var missing []diplomacy.ID
	for _, id := range o.canonicalIDs(ids) {
		if o.groups[id] == nil {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	answers, err := reader.Same(ctx, missing)
	for i, group := range answers {
		put(&o.groups, missing[i], group)
	}
	return err
}

// loadRecorded loads records as they were recorded.
func (o *Operation) loadRecorded(ctx context.Context, ids []diplomacy.ID) error {
	if err := o.load(ctx, ids); err != nil {
		return err
	}
	return o.loadGroups(ctx, o.mergedIDs(ids))
}

// recorded returns a loaded record as it was recorded, even if it was merged into
// another; nil if it is not there.
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

// Recorded returns a record as it was recorded, even if it was merged into another;
// nil if it is not there.
func (o *Operation) Recorded(ctx context.Context, id diplomacy.ID) (diplomacy.Record, error) {
	err := o.loadRecorded(ctx, []diplomacy.ID{id})
	return o.recorded(id), err
}

// SameAs returns the other records that are the same as the one with an id, by
// judgement or, of statements, by what they say: as many as the current field asks for.
func (o *Operation) SameAs(ctx context.Context, id diplomacy.ID) ([]diplomacy.Record, error) {
	first, err := o.firstOfCurrent(ctx)
	if err != nil {
		return nil, err
	}
	err = o.loadGroups(ctx, []diplomacy.ID{id})
	return o.others(id, first), err
}

// others returns the first of the other records of a group that was loaded.
func (o *Operation) others(id diplomacy.ID, first int) []diplomacy.Record {
	var others []diplomacy.Record
	for _, record := range o.groups[o.canonicalID(id)] {
		if record.Header().ID != id && len(others) < first {
			others = append(others, record)
		}
	}
	return others
}

// MergedFrom returns the other records that were merged with an entity.
func MergedFrom[N diplomacy.Entity](ctx context.Context, entity N) ([]N, error) {
	records, err := From(ctx).SameAs(ctx, entity.Header().ID)
	others := []N{}
	for _, record := range records {
		if other, ok := record.(N); ok {
			others = append(others, other)
		}
	}
	return others, err
}

// sameStep fetches the other records that are the same.
type sameStep struct{}

func (sameStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	first, err := o.first(ctx, field.Field)
	if err != nil {
		return err
	}
	if err := o.loadGroups(ctx, of.ids); err != nil {
		return err
	}
	var others []diplomacy.Record
	for _, id := range of.ids {
		others = append(others, o.others(id, first)...)
	}
	return o.walkRecorded(ctx, field.Selections, others)
}
