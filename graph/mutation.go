package graph

import (
	"context"

	"chancery/access"
	"chancery/graph/model"
	"chancery/graph/mutation"
	"chancery/store"
)

// mutationResolver resolves the fields of Mutation, which run one after another.
type mutationResolver struct{}

func (mutationResolver) Commit(ctx context.Context, input model.Input) (*mutation.CommitPayload, error) {
	return mutation.Commit(ctx, writing(ctx), access.Of(ctx).Name, input)
}

func (mutationResolver) Judge(ctx context.Context, input model.Input) (*mutation.JudgementPayload, error) {
	return mutation.Judge(ctx, writing(ctx), access.Of(ctx).Name, input)
}

func (mutationResolver) UndoJudgement(ctx context.Context, input model.Input) (*mutation.JudgementPayload, error) {
	return mutation.Undo(ctx, writing(ctx), access.Of(ctx).Name, input)
}

func (mutationResolver) Revert(ctx context.Context, input model.Input) (*mutation.CommitPayload, error) {
	return mutation.Revert(ctx, writing(ctx), access.Of(ctx).Name, input)
}

// writing is where to write. What the operation has read before is forgotten: the
// payload shows what was written.
func writing(ctx context.Context) store.Store {
	o := model.From(ctx)
	o.Renew()
	return o.Store()
}
