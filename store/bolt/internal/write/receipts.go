package write

import (
	"context"
	"fmt"

	"chancery/store"
	"chancery/store/bolt/internal/layout"
)

// Remember implements store.Writer.
func (w *Writer) Remember(ctx context.Context, key string, receipt []byte) error {
	return w.change(ctx, func() error {
		if key == "" || len(key) > store.MaxReceiptKey {
			return fmt.Errorf("remember a key of %d bytes: it has at least one and at most %d", len(key), store.MaxReceiptKey)
		}
		of, _, err := w.now.FindReceipt(key)
		if err != nil {
			return err
		}
		if of != 0 {
			return fmt.Errorf("remember %q: it is the key of transaction %d: %w; use another", key, of, store.ErrConflict)
		}
		w.remembered = true
		return w.tx.Put(layout.Receipts, []byte(key), layout.EncodeReceipt(w.now.Known, []byte(key), receipt))
	})
}
