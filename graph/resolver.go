package graph

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/fetch"
	"chancery/graph/model"
)

// resolver is the root of all resolvers. It has no fields: resolvers use the operation in
// their context.
type resolver struct{}

// thingResolver resolves the fields that entities of every type have.
type thingResolver[T diplomacy.Entity] struct{}

func (thingResolver[T]) Name(ctx context.Context, obj T, language *string) (string, error) {
	return labelOf(ctx, obj, language).Value, nil
}

func (thingResolver[T]) Label(ctx context.Context, obj T, language *string) (*diplomacy.Name, error) {
	name := labelOf(ctx, obj, language)
	return &name, nil
}

func labelOf(ctx context.Context, obj diplomacy.Entity, language *string) diplomacy.Name {
	tag := ""
	if language != nil {
		tag = *language
	}
	return obj.Base().Label(tag, fetch.From(ctx).Period(diplomacy.Time{}))
}

func (thingResolver[T]) Evidence(ctx context.Context, obj T) ([]*model.Evidence, error) {
	return fetch.From(ctx).Evidence(ctx, obj.Header().ID)
}

func (thingResolver[T]) Judgements(ctx context.Context, obj T) ([]*model.Judgement, error) {
	return fetch.From(ctx).Judgements(ctx, obj.Header().ID)
}

func (thingResolver[T]) Transaction(ctx context.Context, obj T) (*diplomacy.Transaction, error) {
	return fetch.From(ctx).Transaction(ctx, obj.Header().From)
}

func (thingResolver[T]) History(ctx context.Context, obj T) (*model.VersionConnection, error) {
	return fetch.From(ctx).History(ctx, obj.Header().ID)
}

func (thingResolver[T]) MergedFrom(ctx context.Context, obj T) ([]T, error) {
	return fetch.MergedFrom(ctx, obj)
}

func (thingResolver[T]) RedirectedFrom(ctx context.Context, obj T) (*diplomacy.ID, error) {
	return fetch.RedirectedFrom(ctx, obj)
}

func (sourceResolver) Restricted(ctx context.Context, obj *diplomacy.Source) (bool, error) {
	return fetch.From(ctx).Restricted(ctx, obj)
}

func (officeResolver) Holder(ctx context.Context, obj *diplomacy.Office, _ *diplomacy.Time) (*diplomacy.Person, error) {
	holding, err := fetch.Holding(ctx, obj)
	if err != nil {
		return nil, err
	}
	return holding.Holder(ctx)
}

func (officeResolver) Holding(ctx context.Context, obj *diplomacy.Office, _ *diplomacy.Time) (*model.OfficeHolding, error) {
	return fetch.Holding(ctx, obj)
}

func (observationResolver) Checks(ctx context.Context, obj *diplomacy.Observation) ([]*model.ObservationCheck, error) {
	return fetch.From(ctx).Checks(ctx, obj)
}

// transactionResolver resolves the fields of Transaction that lead to other records.
type transactionResolver struct{}

func (transactionResolver) Reverts(ctx context.Context, obj *diplomacy.Transaction) (*diplomacy.Transaction, error) {
	return fetch.From(ctx).Transaction(ctx, obj.Reverts)
}

func (transactionResolver) Changes(ctx context.Context, obj *diplomacy.Transaction) (*model.ChangeConnection, error) {
	return fetch.Changes(ctx, obj)
}
