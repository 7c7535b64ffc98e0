package bolt

import (
	"fmt"
	"time"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// format is the version of the layout that this program writes and reads.
const format = 1

// magic tells our files from other programs'.
const magic = "chancery graph"

var stateBucket, stateKey = []byte("meta"), []byte("meta")

// state is where numbers, times and ids go on.
type state struct {
	Magic  string             `cbor:"1,keyasint"`
	Format int                `cbor:"2,keyasint"`
	Last   diplomacy.TxNumber `cbor:"3,keyasint"`
	Time   time.Time          `cbor:"4,keyasint"` // of the last transaction
	Stamp  uint64             `cbor:"5,keyasint"` // the last given to an ID
}

// readState refuses files of others and of the future.
func (b *buckets) readState() (s state, err error) {
	data := b.meta.Get(stateKey)
	if data == nil {
		return s, fmt.Errorf("its head is missing: %w", store.ErrForeign)
	}
	if err := decodeSealed(data, &s); err != nil {
		return s, corrupt("its head: %w", err)
	}
	switch {
	case s.Magic != magic:
		return s, fmt.Errorf("its head says %s: %w", diplomacy.Shorten(s.Magic), store.ErrForeign)
	case s.Format > format:
		return s, fmt.Errorf("its format is %d, this program reads up to %d: %w; upgrade", s.Format, format, store.ErrNewer)
	}
	return s, nil
}

// next is the state after one more transaction, whose time is later than that
// of the last.
func (s state) next(at time.Time, now func() time.Time) state {
	if at.IsZero() {
		at = now()
	}
	at = at.UTC().Truncate(time.Microsecond)
	if s.Last > 0 && !at.After(s.Time) {
		at = s.Time.Add(time.Microsecond)
	}
	s.Last++
	s.Time = at
	return s
}

// putSealed keeps a value with its checksum.
func putSealed(b *bbolt.Bucket, key []byte, value any) error {
	data, err := encodeSealed(value)
	if err != nil {
		return err
	}
	return b.Put(key, data)
}
