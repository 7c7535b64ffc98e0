package storetest

import (
	"context"
	"errors"

	"chancery/diplomacy"
)

var errUnbuilt = errors.New("not built yet")

// Same implements store.Reader.
func (v *view) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	return nil, errUnbuilt
}
