package bolt

import (
	"encoding/binary"
	"math/bits"

	"chancery/diplomacy"
	"chancery/store"
)

// be appends a number so that bytes compare as numbers do.
func be[N ~uint64](to []byte, n N) []byte { return binary.BigEndian.AppendUint64(to, uint64(n)) }

// number reads what be wrote.
func number[N ~uint64](from []byte) N { return N(binary.BigEndian.Uint64(from)) }

// recordKey puts the kind first, so that records of a kind stand together, in
// the order in which they were given their ids.
func recordKey(id diplomacy.ID) []byte { return appendRecordKey(make([]byte, 0, 8), id) }

func appendRecordKey(to []byte, id diplomacy.ID) []byte {
	return be(to, bits.RotateLeft64(uint64(id), -8))
}

// recordOf is the inverse of recordKey.
func recordOf(key []byte) diplomacy.ID {
	return diplomacy.ID(bits.RotateLeft64(number[uint64](key), 8))
}

// startKey sorts as the instants do; what is not known is Past, so first.
func startKey(start diplomacy.Instant) uint64 { return uint64(start) ^ 1<<63 }

// The parts of a link's key: what the counters count by, and the place among
// the links of one arc.
const (
	arcSize   = 8 + 1 + 1
	placeSize = 8 + 8 + 8
	groupSize = 8 + 8 // what Distinct leaves one of
)

// arcKey begins the keys of an entity's links along an arc.
func arcKey(to []byte, of diplomacy.ID, arc store.Arc) []byte {
	return append(be(to, of), byte(arc.Kind), byte(arc.Direction))
}

// listKey begins the keys of a list.
func listKey(kind diplomacy.Kind, order store.ListOrder) []byte {
	return []byte{byte(kind), byte(order)}
}

// maxSortName is how much of a folded name sorts, in bytes.
const maxSortName = 64

// nameKey sorts as the name does: the zero byte, which no name has, comes
// before all that could go on.
func nameKey(to []byte, name string) []byte {
	folded := store.FoldName(name)
	return append(append(to, folded[:min(len(folded), maxSortName)]...), 0)
}

// slugKey and identifierKey end in a zero byte, which neither has, so that none
// begins another.
func slugKey(kind diplomacy.Kind, slug string) []byte {
	return append(append([]byte{'s', byte(kind)}, slug...), 0)
}

func identifierKey(scheme, value string) []byte {
	key := append(append([]byte{'i'}, scheme...), 0)
	return append(append(key, value...), 0)
}
