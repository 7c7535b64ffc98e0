package mvcc

import (
	"bytes"
	"maps"
	"slices"

	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
)

// Longest returns the length of the longest span of an arc or list, with those that a
// writer has added.
func (b *Tx) Longest(key []byte) (uint64, error) {
	length, _, err := b.storedLongest(key)
	return max(length, b.longest[layout.NewCounterKey(key)]), err
}

func (b *Tx) storedLongest(key []byte) (length uint64, found bool, err error) {
	value := b.Bucket(layout.Counters).Get(key)
	if value == nil {
		return 0, false, nil
	}
	if length, err = layout.DecodeLength(key, value); err != nil {
		return 0, false, corrupt.Errorf("counter %x: %w", key, err)
	}
	return length, true, nil
}

// measure notes the length of the span of an entry that a writer adds.
func (b *Tx) measure(e layout.Entry) {
	if key, length, measured := layout.LengthOf(e.Table, e.Key, e.Payload); measured {
		b.longest[key] = max(b.longest[key], length)
	}
}

// applyLongest writes the lengths that grew.
func (b *Tx) applyLongest() error {
	order := slices.SortedFunc(maps.Keys(b.longest), func(a, b layout.CounterKey) int { return bytes.Compare(a.Bytes(), b.Bytes()) })
	for _, c := range order { // see pending
		stored, found, err := b.storedLongest(c.Bytes())
		if err != nil {
			return err
		}
		if length := b.longest[c]; !found || length > stored {
			if err := b.Put(layout.Counters, c.Bytes(), layout.EncodeLength(c.Bytes(), length)); err != nil {
				return err
			}
		}
	}
	clear(b.longest)
	return nil
}
