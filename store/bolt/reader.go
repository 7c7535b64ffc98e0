package bolt

import (
	"bytes"
	"context"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// reader reads the state of one transaction. It is all of store.Reader but the
// locking and the panics, which view adds.
type reader struct {
	*buckets
	known diplomacy.TxNumber
	past  bool               // known is not the last, so that closed entries may hold
	last  diplomacy.TxNumber // of all, for a snapshot; what is hidden is as it left it
	joins bool               // what is the same answers as one, and something is
	hides bool               // what is restricted is left out, and something is
	// uncounted is what a writer has not yet added to the counters.
	uncounted map[counterKey]int
}

// get finds what a key holds, and since when; nil for nothing.
func (r *reader) get(t table, key []byte) (payload []byte, since diplomacy.TxNumber) {
	if value := r.value(t, key); value != nil {
		if since = number[diplomacy.TxNumber](value); since <= r.known {
			return value[8:], since
		}
	}
	if !r.past {
		return nil, 0
	}
	closed, value := before(r.closed(t).Cursor(), be(bytes.Clone(key), r.known+1))
	if len(closed) != len(key)+8 || !bytes.HasPrefix(closed, key) || number[diplomacy.TxNumber](value) <= r.known {
		return nil, 0
	}
	return value[8:], number[diplomacy.TxNumber](closed[len(key):])
}

// before moves the cursor to the last key that is less; nil if there is none.
func before(c *bbolt.Cursor, key []byte) (k, v []byte) {
	if k, _ := c.Seek(key); k == nil {
		return c.Last()
	}
	return c.Prev()
}

// record finds a record; nil if there is none.
func (r *reader) record(id diplomacy.ID) (diplomacy.Record, error) {
	payload, since := r.get(records, recordKey(id))
	if payload == nil {
		return nil, nil
	}
	return r.decoded.record(id, payload, since)
}

func (r *reader) records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	found := make([]diplomacy.Record, len(ids))
	l := r.lens()
	for i, id := range ids {
		if err := interrupted(ctx, i); err != nil {
			return nil, err
		}
		id, err := l.answering(id)
		if err != nil {
			return nil, err
		}
		if found[i], err = r.record(id); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (r *reader) find(ctx context.Context, wanted []store.Key) ([]diplomacy.ID, error) {
	ids := make([]diplomacy.ID, len(wanted))
	l := r.lens()
	for i, key := range wanted {
		err := interrupted(ctx, i)
		if err != nil {
			return nil, err
		}
		if ids[i], err = l.answering(r.holder(key)); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// holder is the entity that has a key, or zero.
func (r *reader) holder(key store.Key) diplomacy.ID {
	name := identifierKey(key.Scheme, key.Value)
	if key.Scheme == store.SchemeSlug {
		name = slugKey(key.Kind, key.Value)
	}
	payload, _ := r.get(keys, name)
	if payload == nil {
		return 0
	}
	id := number[diplomacy.ID](payload)
	if key.Kind != diplomacy.KindNone && key.Kind != id.Kind() {
		return 0
	}
	return id
}

// patience is how many steps go by between two looks at the context.
const patience = 256

// interrupted looks at the context at some of the steps.
func interrupted(ctx context.Context, step int) error {
	if step%patience != 0 {
		return nil
	}
	return ctx.Err()
}
