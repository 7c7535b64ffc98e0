package mvcc

import (
	"bytes"
	"iter"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
)

// span is the longest span that a writer has added to an arc or list, and the record that
// added it.
type span struct {
	length uint64
	via    diplomacy.ID
}

// Longest returns the length of the longest span of an arc or list, with those that a
// writer has added.
func (b *Tx) Longest(of []byte) (uint64, error) {
	key := layout.LongestKey(of)
	length, _, err := b.storedLongest(key)
	return max(length, b.longest[layout.NewCounterKey(key)].length), err
}

// LongestShown is Longest of what is not restricted, of a reader.
func (b *Tx) LongestShown(of []byte) (uint64, error) {
	if length, found, err := b.storedLongest(layout.LongestShownKey(of)); found || err != nil {
		return length, err
	}
	return b.Longest(of)
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
	key, length, measured := layout.LengthOf(e.Table, e.Key, e.Payload)
	if !measured {
		return
	}
	if noted, found := b.longest[key]; !found || length > noted.length {
		b.longest[key] = span{length, layout.MeasuredVia(e.Table, e.Key)}
	}
}

// applyLongest writes the lengths that grew.
func (b *Tx) applyLongest() error {
	for _, c := range sortedKeys(b.longest) { // see pending
		stored, found, err := b.storedLongest(c.Bytes())
		if err != nil {
			return err
		}
		if length := b.longest[c].length; !found || length > stored {
			if err := b.putLongest(c.Bytes(), length); err != nil {
				return err
			}
		}
	}
	clear(b.longest)
	return nil
}

func sortedKeys[V any](of map[layout.CounterKey]V) []layout.CounterKey {
	return slices.SortedFunc(maps.Keys(of), func(a, b layout.CounterKey) int { return bytes.Compare(a.Bytes(), b.Bytes()) })
}

func (b *Tx) putLongest(key []byte, length uint64) error {
	return b.Put(layout.Counters, key, layout.EncodeLength(key, length))
}

// Lengthened iterates over the arcs and lists to which a writer has added spans, and the
// record that added the longest.
func (b *Tx) Lengthened() iter.Seq2[[]byte, diplomacy.ID] {
	return func(yield func([]byte, diplomacy.ID) bool) {
		for _, c := range sortedKeys(b.longest) {
			if !yield(c.Bytes()[1:], b.longest[c].via) {
				return
			}
		}
	}
}

// GrowLongestShown makes LongestShown of an arc or list at least the longest span that a
// writer has added.
func (b *Tx) GrowLongestShown(of []byte) error {
	added := b.longest[layout.NewCounterKey(layout.LongestKey(of))].length
	key := layout.LongestShownKey(of)
	if stored, found, err := b.storedLongest(key); !found || added <= stored || err != nil {
		return err
	}
	return b.putLongest(key, added)
}

// SetLongestShown sets LongestShown of an arc or list.
func (b *Tx) SetLongestShown(of []byte, length uint64) error {
	key := layout.LongestShownKey(of)
	if longest, err := b.Longest(of); err != nil {
		return err
	} else if length < longest {
		return b.putLongest(key, length)
	}
	if b.Bucket(layout.Counters).Get(key) == nil {
		return nil
	}
	return b.delete(layout.Counters, key)
}
