package bolt

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"chancery/diplomacy"
	"chancery/store"
)

// Receipt implements store.Reader.
func (v *view) Receipt(ctx context.Context, key string) (diplomacy.TxNumber, []byte, error) {
	type receipt struct {
		of   diplomacy.TxNumber
		text []byte
	}
	found, err := read(ctx, v, func(r *reader) (receipt, error) {
		of, text, err := r.receipt(key)
		return receipt{of, text}, err
	})
	return found.of, found.text, err
}

// receipt gives a copy, which outlives the view.
func (r *reader) receipt(key string) (diplomacy.TxNumber, []byte, error) {
	value := r.bucket(receipts).Get([]byte(key))
	if value == nil {
		return 0, nil, nil
	}
	of, text, err := openReceipt([]byte(key), value)
	if err != nil {
		return 0, nil, corrupt("receipt %q: %w", key, err)
	}
	if of > r.known {
		return 0, nil, nil
	}
	return of, append([]byte{}, text...), nil
}

// Remember implements store.Writer.
func (w *writer) Remember(ctx context.Context, key string, receipt []byte) error {
	return w.change(ctx, func() error {
		if key == "" || len(key) > store.MaxReceiptKey {
			return fmt.Errorf("remember a key of %d bytes: it has at least one and at most %d", len(key), store.MaxReceiptKey)
		}
		of, _, err := w.receipt(key)
		if err != nil {
			return err
		}
		if of != 0 {
			return fmt.Errorf("remember %q: it is the key of transaction %d: %w; use another", key, of, store.ErrConflict)
		}
		w.remembered = true
		return w.put(receipts, []byte(key), sealReceipt(w.known, []byte(key), receipt))
	})
}

// sealReceipt is checksum(4) number(8) receipt; the checksum is over the key
// too.
func sealReceipt(of diplomacy.TxNumber, key, receipt []byte) []byte {
	value := append(be(make([]byte, 4, 12+len(receipt)), of), receipt...)
	binary.BigEndian.PutUint32(value, receiptSum(key, value))
	return value
}

func openReceipt(key, value []byte) (diplomacy.TxNumber, []byte, error) {
	if len(value) < 12 || binary.BigEndian.Uint32(value) != receiptSum(key, value) {
		return 0, nil, errChecksum
	}
	return number[diplomacy.TxNumber](value[4:]), value[12:], nil
}

func receiptSum(key, value []byte) uint32 {
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value[4:])
}

// checkReceipts holds each against its checksum and looks for its transaction.
func (c *checker) checkReceipts() error {
	cursor := c.bucket(receipts).Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if err := c.step(); err != nil {
			return err
		}
		c.checkWay(receipts, k, v)
		of, _, err := openReceipt(k, v)
		switch {
		case err != nil:
			c.find("receipt %q: %v", k, err)
		case of == 0 || of > c.known || c.bucket(transactions).Get(be(nil, of)) == nil:
			c.find("receipt %q is of transaction %d, which there is not", k, of)
		}
	}
	return nil
}
