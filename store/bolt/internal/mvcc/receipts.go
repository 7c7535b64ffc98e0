package mvcc

import (
	"chancery/diplomacy"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
)

// FindReceipt returns the transaction that has a key, zero for none, and a copy of its
// receipt.
func (r *Reader) FindReceipt(key string) (diplomacy.TxNumber, []byte, error) {
	value := r.Bucket(layout.Receipts).Get([]byte(key))
	if value == nil {
		return 0, nil, nil
	}
	of, text, err := layout.DecodeReceipt([]byte(key), value)
	if err != nil {
		return 0, nil, corrupt.Errorf("receipt %q: %w", key, err)
	}
	if of > r.Known {
		return 0, nil, nil
	}
	return of, append([]byte{}, text...), nil
}
