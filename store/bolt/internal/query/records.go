package query

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/mvcc"
)

func (r *reader) records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	found := make([]diplomacy.Record, len(ids))
	l := r.Resolver()
	for i, id := range ids {
		if err := r.interrupted(ctx, i); err != nil {
			return nil, err
		}
		shown, err := l.Resolve(id)
		if err != nil {
			return nil, err
		}
		if shown == 0 && id != 0 {
			l.CountMissing(id)
		}
		if found[i], err = r.HeldRecord(shown); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (r *reader) find(ctx context.Context, wanted []store.Key) ([]diplomacy.ID, error) {
	ids := make([]diplomacy.ID, len(wanted))
	l := r.Resolver()
	for i, key := range wanted {
		err := r.interrupted(ctx, i)
		if err != nil {
			return nil, err
		}
		r.Meter.Work(mvcc.SeekWork)
		if ids[i], err = l.Resolve(r.Holder(key)); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
