package graph

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/model"
)

// queryResolver resolves the fields of Query that need more than a row of a
// table; the others are generated.
type queryResolver struct{}

func (queryResolver) Node(ctx context.Context, id diplomacy.ID) (model.Node, error) {
	nodes, err := model.Nodes(ctx, []diplomacy.ID{id})
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

func (queryResolver) Nodes(ctx context.Context, ids []diplomacy.ID) ([]model.Node, error) {
	return model.Nodes(ctx, ids)
}

func (queryResolver) Ministers(ctx context.Context, _ map[string]any, _ []diplomacy.Term, _ *diplomacy.Time, _ *diplomacy.Match, _ *diplomacy.Term, _ *int, _ *string, _ *int, _ *string) (*model.TenureConnection, error) {
	return model.Ministers(ctx)
}

func (queryResolver) Transactions(ctx context.Context, _ *int, _ *string, _ *int, _ *string) (*model.TransactionConnection, error) {
	return model.Transactions(ctx)
}

func (queryResolver) Transaction(ctx context.Context, number int) (*diplomacy.Transaction, error) {
	if number < 1 {
		return nil, nil
	}
	return model.TransactionOf(ctx, diplomacy.TxNumber(number))
}

func (queryResolver) Findings(ctx context.Context, _ *int, _ *string, _ *int, _ *string) (*model.FindingConnection, error) {
	return model.Findings(ctx)
}

func (queryResolver) Duplicates(ctx context.Context, _ *int, _ *string, _ *int, _ *string) (*model.DuplicateConnection, error) {
	return model.Duplicates(ctx)
}
