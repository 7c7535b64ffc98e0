package graph

import (
	"context"
	"strings"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/graph/fetch"
	"chancery/graph/model"
)

// queryResolver resolves the fields of Query. Those of lists and of entities by key are
// generated.
type queryResolver struct{}

func (queryResolver) Node(ctx context.Context) (model.Node, error) {
	nodes, err := fetch.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

func (queryResolver) Nodes(ctx context.Context) ([]model.Node, error) {
	return fetch.Nodes(ctx)
}

func (queryResolver) Ministers(ctx context.Context) (*model.TenureConnection, error) {
	return fetch.Ministers(ctx)
}

func (queryResolver) Transactions(ctx context.Context) (*model.TransactionConnection, error) {
	return fetch.Transactions(ctx)
}

func (queryResolver) Transaction(ctx context.Context, number int) (*diplomacy.Transaction, error) {
	if number < 1 {
		return nil, nil
	}
	return fetch.From(ctx).Transaction(ctx, diplomacy.TxNumber(number))
}

func (queryResolver) Findings(ctx context.Context) (*model.FindingConnection, error) {
	return fetch.Findings(ctx)
}

func (queryResolver) ImpactOf(ctx context.Context) (*model.ImpactConnection, error) {
	return fetch.ImpactOf(ctx)
}

func (queryResolver) Duplicates(ctx context.Context) (*model.DuplicateConnection, error) {
	return fetch.Duplicates(ctx)
}

func (queryResolver) Viewer(ctx context.Context) (*model.Viewer, error) {
	p := access.PrincipalFrom(ctx)
	return &model.Viewer{Name: p.Name, Role: diplomacy.Term(strings.ToUpper(p.Role.String()))}, nil
}
