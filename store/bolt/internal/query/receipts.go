package query

import (
	"context"

	"chancery/diplomacy"
)

// Receipt implements store.Reader.
func (v *View) Receipt(ctx context.Context, key string) (diplomacy.TxNumber, []byte, error) {
	type receipt struct {
		of   diplomacy.TxNumber
		text []byte
	}
	found, err := locked(ctx, v, func(r *reader) (receipt, error) {
		of, text, err := r.FindReceipt(key)
		return receipt{of, text}, err
	})
	return found.of, found.text, err
}
