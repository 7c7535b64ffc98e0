package findings

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// WithoutEvidence returns which of the statements have no evidence; ids without a
// current record are left out.
func WithoutEvidence(ctx context.Context, r store.Reader, ids []diplomacy.ID) (map[diplomacy.ID]bool, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	records, err := r.Records(ctx, ids)
	if err != nil {
		return nil, err
	}
	counts, err := r.CountLinks(ctx, store.LinkQuery{Of: ids, Along: []store.Arc{{Kind: diplomacy.KindEvidence, Direction: store.Out}}})
	if err != nil {
		return nil, err
	}
	bare := map[diplomacy.ID]bool{}
	for i, id := range ids {
		if records[i] != nil && counts[i].N == 0 {
			bare[id] = true
		}
	}
	return bare, nil
}
