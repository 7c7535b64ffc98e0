package layout

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"

	"chancery/diplomacy"
	"chancery/store"
)

// Beside its counter, an arc of an entity or a kind of entity has the length of the longest
// span that began at a known time, in seconds. A walk along the starts uses it to leave out
// what ended before a time. It only grows: it covers withdrawn records and past states too.
//
// A client who may not see the longest span must not learn of it from what a walk costs. So
// an arc with restricted links has the length of the longest of the others besides.

// The first bytes of its keys in the bucket Counters. Before CounterKeys of links and lists,
// they have a size of their own.
const (
	LongestSpan      = 'w'
	LongestShownSpan = 's' // without restricted records; absent if it is the same
)

// Endless is the length of a span without an end.
const Endless = math.MaxUint64

// LongestKey returns the key of an arc, or of the kind of a list.
func LongestKey(of []byte) []byte { return append([]byte{LongestSpan}, of...) }

// LongestShownKey is LongestKey without restricted records.
func LongestShownKey(of []byte) []byte { return append([]byte{LongestShownSpan}, of...) }

// IsLongestKey reports whether a key in the bucket Counters is a LongestKey or a
// LongestShownKey.
func IsLongestKey(key []byte) bool {
	return (key[0] == LongestSpan || key[0] == LongestShownSpan) && (len(key) == 2 || len(key) == 1+ArcSize)
}

// LengthOf returns the LongestKey of an entry and the length of its span; false if none
// depends on the entry.
func LengthOf(t Table, key, payload []byte) (CounterKey, uint64, bool) {
	var of []byte
	switch {
	case t == Links:
		of = key[:ArcSize]
	case t == Lists && key[1] == byte(store.ByDate):
		of = key[:1]
	default:
		return CounterKey{}, 0, false
	}
	span := Facts(payload).Span()
	end := max(span.StartMax, span.EndMax)
	switch {
	case span.StartMin == diplomacy.Past:
		return CounterKey{}, 0, false
	case end == diplomacy.Future:
		return NewCounterKey(LongestKey(of)), Endless, true
	}
	return NewCounterKey(LongestKey(of)), uint64(end - span.StartMin), true
}

// Measured returns the table of the entries of an arc or list that LengthOf measures, and the
// prefix of their keys.
func Measured(of []byte) (Table, []byte) {
	if len(of) == ArcSize {
		return Links, of
	}
	return Lists, ListKey(diplomacy.Kind(of[0]), store.ByDate)
}

// MeasuredVia returns the record that added an entry which LengthOf measures, from its key.
func MeasuredVia(t Table, key []byte) diplomacy.ID {
	if t == Links {
		return LinkVia(key)
	}
	return ID(key[2+8:])
}

// EncodeLength returns a length behind a checksum, also over its key.
func EncodeLength(key []byte, length uint64) []byte {
	return AppendUint64(lengthChecksum(key, length), length)
}

func lengthChecksum(key []byte, length uint64) []byte {
	sum := crc32.Update(crc32.Checksum(key, Castagnoli), Castagnoli, AppendUint64(nil, length))
	return binary.BigEndian.AppendUint32(make([]byte, 0, 12), sum)
}

// DecodeLength verifies and decodes what EncodeLength returned.
func DecodeLength(key, value []byte) (uint64, error) {
	if len(value) != 12 || !bytes.Equal(value[:4], lengthChecksum(key, Uint64(value[4:]))) {
		return 0, errChecksum
	}
	return Uint64(value[4:]), nil
}
