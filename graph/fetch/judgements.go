package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
)

var judgementRows = rows{
	"Thing.judgements": relatedStep{diplomacy.KindJudgement},
	"Judgement.a":      judgedStep{func(j *diplomacy.Judgement) diplomacy.ID { return j.A }},
	"Judgement.b":      judgedStep{func(j *diplomacy.Judgement) diplomacy.ID { return j.B }},
}

// Judgements returns the judgements about an entity and those merged with it, by the
// other entity of each.
func (o *Operation) Judgements(ctx context.Context, about diplomacy.ID) ([]*model.Judgement, error) {
	records, err := relatedRecords[*diplomacy.Judgement](ctx, o, diplomacy.KindJudgement, about)
	list := make([]*model.Judgement, len(records))
	for i, record := range records {
		list[i] = &model.Judgement{Judgement: record}
	}
	return list, err
}

// judgedStep fetches one of the entities that judgements are about, as it was
// recorded.
type judgedStep struct {
	entity func(*diplomacy.Judgement) diplomacy.ID
}

func (s judgedStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	var ids []diplomacy.ID
	for _, record := range of.records(o) {
		ids = append(ids, s.entity(record.(*diplomacy.Judgement)))
	}
	if err := o.loadRecorded(ctx, ids); err != nil {
		return err
	}
	var records []diplomacy.Record
	for _, id := range ids {
		if record := o.recorded(id); record != nil {
			records = append(records, record)
		}
	}
	return o.walkRecorded(ctx, field.Selections, records)
}

// Canonical returns the canonical record of an entity, for a field of the object
// being resolved that is not read ahead; nil if there is none.
func Canonical(ctx context.Context, id diplomacy.ID) (diplomacy.Entity, error) {
	entity, err := get[diplomacy.Entity](ctx, id)
	if err != nil || entity == nil {
		return nil, err
	}
	selection := graphql.GetFieldContext(ctx).Field.Selections
	return entity, From(ctx).walk(ctx, selection, []diplomacy.ID{entity.Header().ID})
}
