package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

func (r *reader) histories(ctx context.Context, ids []diplomacy.ID, older diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	if limit > store.MaxPage {
		return nil, fmt.Errorf("%d versions; at most %d: %w", limit, store.MaxPage, store.ErrLimit)
	}
	found := make([][]diplomacy.Record, len(ids))
	for i, id := range ids {
		err := ctx.Err()
		if err != nil {
			return nil, err
		}
		if found[i], err = r.versions(ctx, id, older, limit); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// versions of one record, before a transaction if older is not zero.
func (r *reader) versions(ctx context.Context, id diplomacy.ID, older diplomacy.TxNumber, limit int) ([]diplomacy.Record, error) {
	var found []diplomacy.Record
	if older == 0 || older > r.known {
		older = r.known + 1
	}
	key := recordKey(id)
	if value := r.value(records, key); value != nil && limit > 0 {
		if since := number[diplomacy.TxNumber](value); since < older {
			current, err := decodeRecord(id, value[8:], since, 0)
			if err != nil {
				return nil, err
			}
			found = append(found, current)
		}
	}
	c := r.closed(records).Cursor()
	for k, v := before(c, be(bytes.Clone(key), older)); bytes.HasPrefix(k, key) && len(found) < limit; k, v = c.Prev() {
		if err := interrupted(ctx, len(found)); err != nil {
			return nil, err
		}
		until := number[diplomacy.TxNumber](v)
		if until > r.known {
			until = 0 // this state does not know of it
		}
		closed, err := decodeRecord(id, v[8:], number[diplomacy.TxNumber](k[8:]), until)
		if err != nil {
			return nil, err
		}
		found = append(found, closed)
	}
	return found, nil
}

func (r *reader) byNumber(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	found := make([]*diplomacy.Transaction, len(numbers))
	for i, n := range numbers {
		if err := interrupted(ctx, i); err != nil {
			return nil, err
		}
		data := r.bucket(transactions).Get(be(nil, n))
		if data == nil || n > r.known {
			continue
		}
		found[i] = &diplomacy.Transaction{Number: n}
		if err := decodeSealed(data, found[i]); err != nil {
			return nil, corrupt("transaction %d: %w", n, err)
		}
	}
	return found, nil
}

// changeKey is the place of one change of a transaction.
func changeKey(n diplomacy.TxNumber, position int) []byte {
	return binary.BigEndian.AppendUint32(be(nil, n), uint32(position))
}

func (r *reader) changesOf(ctx context.Context, n diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	var found []diplomacy.Change
	if n > r.known {
		return nil, nil
	}
	prefix := be(nil, n)
	c := r.bucket(changes).Cursor()
	for k, v := c.Seek(changeKey(n, after)); bytes.HasPrefix(k, prefix) && len(found) < limit; k, v = c.Next() {
		if err := interrupted(ctx, len(found)); err != nil {
			return nil, err
		}
		found = append(found, diplomacy.Change{Record: number[diplomacy.ID](v), Action: term(diplomacy.Actions, v[8])})
	}
	return found, nil
}
