package model

import (
	"context"

	"chancery/diplomacy"
)

// Judgement is the GraphQL type of diplomacy.Judgement.
type Judgement struct{ *diplomacy.Judgement }

// A returns the first of the two entities as it was recorded, even if it was
// merged into the other.
func (j *Judgement) A(ctx context.Context) (diplomacy.Entity, error) {
	return recordedEntity(ctx, j.Judgement.A)
}

// B returns the second of the two entities as it was recorded.
func (j *Judgement) B(ctx context.Context) (diplomacy.Entity, error) {
	return recordedEntity(ctx, j.Judgement.B)
}

// Transaction returns the transaction that wrote this version.
func (j *Judgement) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return FetcherFrom(ctx).Transaction(ctx, j.From)
}

// History returns a page of its versions. Package fetch decodes the arguments; gqlgen binds by their names.
func (j *Judgement) History(ctx context.Context, first *int, after *string, last *int, before *string) (*VersionConnection, error) {
	return FetcherFrom(ctx).History(ctx, j.ID)
}

func recordedEntity(ctx context.Context, id diplomacy.ID) (diplomacy.Entity, error) {
	found, err := FetcherFrom(ctx).Recorded(ctx, id)
	entity, _ := found.(diplomacy.Entity)
	return entity, err
}
