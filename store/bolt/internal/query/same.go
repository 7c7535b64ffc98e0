package query

import (
	"context"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/overlay"
)

func (r *reader) same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	joining := r.View
	joining.Merges = true
	l := overlay.NewResolver(&joining)
	found := make([][]diplomacy.Record, len(ids))
	for i, id := range ids {
		if err := r.interrupted(ctx, i); err != nil {
			return nil, err
		}
		all, err := l.Members(id)
		if err != nil {
			return nil, err
		}
		for j, id := range all {
			if err := r.interrupted(ctx, j); err != nil {
				return nil, err
			}
			r, err := l.HeldRecord(id)
			if err != nil {
				return nil, err
			}
			if r != nil {
				found[i] = append(found[i], r)
			}
		}
	}
	return found, nil
}
