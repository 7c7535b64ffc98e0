package bolt

import (
	"bytes"
	"context"
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
		if id, err = r.shown(id); err != nil {
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
		if hidden, err := r.hiddenVersion(closed); err != nil {
			return nil, err
		} else if !hidden {
			found = append(found, closed)
		}
	}
	return found, nil
}
