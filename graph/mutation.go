package graph

import (
	"context"

	"chancery/access"
	"chancery/graph/fetch"
	"chancery/graph/model"
	"chancery/graph/mutation"
	"chancery/store"
)

// mutationResolver resolves the fields of Mutation, which run one after another.
type mutationResolver struct{}

func (mutationResolver) Commit(ctx context.Context, input model.Input) (*mutation.CommitPayload, error) {
	return mutation.Commit(ctx, freshStore(ctx), access.PrincipalFrom(ctx).Name, input)
}

func (mutationResolver) Judge(ctx context.Context, input model.Input) (*mutation.JudgementPayload, error) {
	return mutation.Judge(ctx, freshStore(ctx), access.PrincipalFrom(ctx).Name, input)
}

func (mutationResolver) UndoJudgement(ctx context.Context, input model.Input) (*mutation.JudgementPayload, error) {
	return mutation.Undo(ctx, freshStore(ctx), access.PrincipalFrom(ctx).Name, input)
}

func (mutationResolver) Revert(ctx context.Context, input model.Input) (*mutation.CommitPayload, error) {
	return mutation.Revert(ctx, freshStore(ctx), access.PrincipalFrom(ctx).Name, input)
}

// freshStore returns the store to write to. The operation forgets what it has read, so that
// the payload shows what was written.
func freshStore(ctx context.Context) store.Store {
	o := fetch.From(ctx)
	o.Renew()
	return o.Store()
}
