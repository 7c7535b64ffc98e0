package storetest

import (
	"context"
	"errors"

	"chancery/diplomacy"
	"chancery/store"
)

var errUnbuilt = errors.New("not built yet")

// Committed implements store.Store.
func (m *Model) Committed() (diplomacy.TxNumber, <-chan struct{}) { panic(errUnbuilt) }

// Same implements store.Reader.
func (v *view) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	return nil, errUnbuilt
}

// Receipt implements store.Reader.
func (v *view) Receipt(ctx context.Context, key string) (diplomacy.TxNumber, []byte, error) {
	return 0, nil, errUnbuilt
}

// Restore implements store.Writer.
func (d *draft) Restore(ctx context.Context, known diplomacy.TxNumber, ids ...diplomacy.ID) error {
	return errUnbuilt
}

// Remember implements store.Writer.
func (d *draft) Remember(ctx context.Context, key string, receipt []byte) error { return errUnbuilt }

var _ store.Writer = (*draft)(nil)
