package graph

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/model"
)

// resolver is the root of all resolvers. It holds nothing: what a resolver needs
// is in the operation of its context.
type resolver struct{}

// thingResolver resolves what entities of every type have.
type thingResolver[T diplomacy.Entity] struct{}

func (thingResolver[T]) Name(ctx context.Context, obj T, language *string) (string, error) {
	return labelOf(ctx, obj, language).Value, nil
}

func (thingResolver[T]) Label(ctx context.Context, obj T, language *string) (*diplomacy.Name, error) {
	name := labelOf(ctx, obj, language)
	return &name, nil
}

func labelOf(ctx context.Context, obj diplomacy.Entity, language *string) diplomacy.Name {
	wanted := ""
	if language != nil {
		wanted = *language
	}
	return obj.Base().Label(wanted, model.From(ctx).Window())
}

func (thingResolver[T]) Evidence(ctx context.Context, obj T) ([]*model.Evidence, error) {
	return model.EvidenceAbout(ctx, obj.Header().ID)
}

func (thingResolver[T]) Judgements(ctx context.Context, obj T) ([]*model.Judgement, error) {
	return model.JudgementsOf(ctx, obj.Header().ID)
}

func (thingResolver[T]) Transaction(ctx context.Context, obj T) (*diplomacy.Transaction, error) {
	return model.TransactionOf(ctx, obj.Header().From)
}

func (thingResolver[T]) History(ctx context.Context, obj T, _ *int, _ *string, _ *int, _ *string) (*model.VersionConnection, error) {
	return model.History(ctx, obj.Header().ID)
}

func (thingResolver[T]) MergedFrom(ctx context.Context, obj T) ([]T, error) {
	return model.SameAs[T](ctx, obj.Header().ID)
}

func (thingResolver[T]) RedirectedFrom(ctx context.Context, obj T) (*diplomacy.ID, error) {
	return model.RedirectedFrom(ctx, obj)
}

func (observationResolver) Checks(ctx context.Context, obj *diplomacy.Observation) ([]*model.ObservationCheck, error) {
	return model.ChecksOf(ctx, obj)
}

// transactionResolver resolves what a transaction does not hold itself.
type transactionResolver struct{}

func (transactionResolver) Reverts(ctx context.Context, obj *diplomacy.Transaction) (*diplomacy.Transaction, error) {
	return model.TransactionOf(ctx, obj.Reverts)
}

func (transactionResolver) Changes(ctx context.Context, obj *diplomacy.Transaction, _ *int, _ *string, _ *int, _ *string) (*model.ChangeConnection, error) {
	return model.Changes(ctx, obj)
}
