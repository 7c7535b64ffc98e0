package query

import (
	"bytes"
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

func (r *reader) histories(ctx context.Context, ids []diplomacy.ID, older diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	if limit > store.MaxPage {
		return nil, fmt.Errorf("%d versions; at most %d: %w", limit, store.MaxPage, store.ErrLimit)
	}
	found := make([][]diplomacy.Record, len(ids))
	for i, id := range ids {
		if err := r.interrupted(ctx, i); err != nil {
			return nil, err
		}
		hidden, err := r.HiddenNow(id)
		if err != nil {
			return nil, err
		}
		if hidden {
			continue
		}
		if found[i], err = r.versions(ctx, id, older, limit); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// versions returns the versions of a record, the newest first, written before a
// transaction, or all if older is zero.
func (r *reader) versions(ctx context.Context, id diplomacy.ID, older diplomacy.TxNumber, limit int) ([]diplomacy.Record, error) {
	var found []diplomacy.Record
	if older == 0 || older > r.Known {
		older = r.Known + 1
	}
	key := layout.RecordKey(id)
	if value := r.Value(layout.Records, key); value != nil && limit > 0 {
		if since := layout.TxNumber(value); since < older {
			current, err := layout.DecodeRecord(id, value[8:], since, 0)
			if err != nil {
				return nil, err
			}
			r.CountVersion(len(value))
			found = append(found, current)
		}
	}
	c := r.Closed(layout.Records).Cursor()
	for k, v := mvcc.SeekBefore(c, layout.AppendUint64(bytes.Clone(key), older)); bytes.HasPrefix(k, key) && len(found) < limit; k, v = c.Prev() {
		if err := r.interrupted(ctx, len(found)); err != nil {
			return nil, err
		}
		until := layout.TxNumber(v)
		if until > r.Known {
			until = 0 // it was closed after this state
		}
		closed, err := layout.DecodeRecord(id, v[8:], layout.TxNumber(k[8:]), until)
		if err != nil {
			return nil, err
		}
		if hidden, err := r.VersionHidden(closed); err != nil {
			return nil, err
		} else if !hidden {
			r.CountVersion(len(v))
			found = append(found, closed)
		}
	}
	return found, nil
}
