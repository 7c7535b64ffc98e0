package model

import (
	"context"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Judgement is the GraphQL type of diplomacy.Judgement.
type Judgement struct{ *diplomacy.Judgement }

// A is the one thing, as it was recorded: what answers for it may be the other.
func (j *Judgement) A(ctx context.Context) (diplomacy.Entity, error) {
	return From(ctx).judged(ctx, j.Judgement.A)
}

// B is the other.
func (j *Judgement) B(ctx context.Context) (diplomacy.Entity, error) {
	return From(ctx).judged(ctx, j.Judgement.B)
}

// Transaction is the one that wrote it as it stands.
func (j *Judgement) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return TransactionOf(ctx, j.From)
}

// History is every version there was. Its arguments are read from the document.
func (j *Judgement) History(ctx context.Context, first *int, after *string, last *int, before *string) (*VersionConnection, error) {
	return History(ctx, j.ID)
}

// JudgementsOf gives what was judged of a thing and of those held to be the same,
// by the other thing of each.
func JudgementsOf(ctx context.Context, id diplomacy.ID) ([]*Judgement, error) {
	o := From(ctx)
	here := kindAbout{diplomacy.KindJudgement, o.canonicalID(id)}
	if err := o.loadAbout(ctx, here.kind, []diplomacy.ID{here.id}); err != nil {
		return nil, err
	}
	list := make([]*Judgement, 0, len(o.about[here]))
	for _, j := range o.about[here] {
		if record, ok := o.records[j].(*diplomacy.Judgement); ok {
			list = append(list, &Judgement{record})
		}
	}
	return list, nil
}

// Canonical is the thing that answers for one. Nil when there is none.
func Canonical(ctx context.Context, id diplomacy.ID) (diplomacy.Entity, error) {
	entity, err := get[diplomacy.Entity](ctx, id)
	if err != nil || entity == nil {
		return nil, err
	}
	return entity, From(ctx).ahead(ctx, graphql.GetFieldContext(ctx).Field.Selections, []diplomacy.ID{entity.Header().ID})
}

// judged is a thing as it was recorded; nil when it is not there.
func (o *Operation) judged(ctx context.Context, id diplomacy.ID) (diplomacy.Entity, error) {
	if err := o.loadRecorded(ctx, []diplomacy.ID{id}); err != nil {
		return nil, err
	}
	entity, _ := o.recorded(id).(diplomacy.Entity)
	return entity, nil
}

// loadRecorded fetches records as they were recorded.
func (o *Operation) loadRecorded(ctx context.Context, ids []diplomacy.ID) error {
	if err := o.load(ctx, ids); err != nil {
		return err
	}
	return o.loadGroups(ctx, o.merged(ids))
}

// aheadJudged fetches the things that judgements are about, and what is selected
// of them.
func (o *Operation) aheadJudged(ctx context.Context, refer reference, selection ast.SelectionSet, ids []diplomacy.ID) error {
	targets := o.refer(refer, ids)
	if err := o.loadRecorded(ctx, targets); err != nil {
		return err
	}
	var records []diplomacy.Record
	for _, id := range targets {
		if record := o.recorded(id); record != nil {
			records = append(records, record)
		}
	}
	return o.aheadRecords(ctx, selection, records)
}
